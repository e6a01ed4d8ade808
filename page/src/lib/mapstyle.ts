/** What the moving map draws: land, radii of uncertainty as true ground circles, spots; in the page's own colours. */
import type { StyleSpecification } from 'maplibre-gl';
import type { FeatureCollection, Point as GeoPoint, Polygon } from 'geojson';
import { circle, VAST_KM, type Outlines, type Point } from './geo';
import type { PlaceLine } from './types';

export type Colours = Record<'sea' | 'land' | 'border' | 'bar' | 'edge' | 'card' | 'accent', string>;
const NAMES = ['sea', 'land', 'border', 'bar', 'edge', 'card', 'accent'] as const;
export const AREA = 'area';
const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The page's colours as they are now, light or dark. */
export function colours(): Colours {
  const now = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, now.getPropertyValue(`--${name}`).trim()])) as Colours;
}

export function style(of: Colours, sources: StyleSpecification['sources'] = {}): StyleSpecification {
  const data = (name: string): StyleSpecification['sources'][string] => sources[name] ?? { type: 'geojson', data: EMPTY, tolerance: 0.2 };
  const chosen = ['==', ['get', 'chosen'], true] as const;
  const area = ['all', ['==', ['get', 'kind'], 'area'], ['!', chosen]];
  const kind = <T>(empty: T, events: T): unknown[] => ['match', ['get', 'kind'], 'events', events, empty];
  return {
    version: 8,
    sources: { land: data('land'), radii: data('radii'), spots: data('spots') },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': of.sea } },
      { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': of.land, 'fill-antialias': false } },
      { id: 'borders', type: 'line', source: 'land', paint: { 'line-color': of.border, 'line-width': 0.8 } },
      { id: 'radii', type: 'fill', source: 'radii', paint: { 'fill-color': of.bar, 'fill-opacity': 0.16 } },
      { id: 'rims', type: 'line', source: 'radii', paint: { 'line-color': of.edge, 'line-width': 1.2, 'line-dasharray': [3, 2] } },
      { id: 'areas', type: 'symbol', source: 'spots', filter: area as never, layout: { 'icon-image': AREA, 'icon-allow-overlap': true } },
      {
        id: 'spots',
        type: 'circle',
        source: 'spots',
        filter: ['!', area] as never,
        paint: {
          'circle-radius': ['case', chosen, 8, 5.5] as never,
          'circle-color': kind(of.card, of.edge) as never,
          'circle-stroke-color': ['case', chosen, of.accent, kind(of.edge, of.card)] as never,
          'circle-stroke-width': ['case', chosen, 3.5, kind(2, 1.5)] as never,
        },
      },
    ],
  };
}

/** The sign for an area: a dashed ring, drawn at twice its size. */
export function areaSign(of: Colours): ImageData | null {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [32, 32];
  const pen = canvas.getContext('2d');
  if (!pen) return null;
  pen.strokeStyle = of.edge;
  pen.lineWidth = 4;
  pen.setLineDash([6, 5]);
  pen.arc(16, 16, 12, 0, 2 * Math.PI);
  pen.stroke();
  return pen.getImageData(0, 0, 32, 32);
}

type Drawn = { spots: FeatureCollection<GeoPoint>; radii: FeatureCollection<Polygon> };

/** Places as points, and a circle around each whose true point may lie elsewhere; an area has none. */
export function places(known: readonly (PlaceLine & { lat: number; lon: number })[], chosen: string | null): Drawn {
  const vast = (each: PlaceLine): boolean => (each.radius_km ?? 0) > VAST_KM;
  return {
    spots: {
      type: 'FeatureCollection',
      // Drawn in this order: the chosen one over all others.
      features: [...known].sort((a, b) => Number(a.id === chosen) - Number(b.id === chosen)).map((each) => ({
        type: 'Feature',
        properties: { id: each.id, kind: vast(each) ? 'area' : each.events ? 'events' : 'empty', chosen: each.id === chosen },
        geometry: { type: 'Point', coordinates: [each.lon, each.lat] },
      })),
    },
    radii: {
      type: 'FeatureCollection',
      features: known.filter((each) => (each.radius_km ?? 0) > 0 && !vast(each)).map((each) => ({
        type: 'Feature',
        properties: { id: each.id },
        geometry: { type: 'Polygon', coordinates: [circle(each.lon, each.lat, each.radius_km ?? 0)] },
      })),
    },
  };
}

/** Where each country's name is put: the middle of its largest ring; the largest country first. */
export function named(world: Outlines): { name: string; at: Point; size: number }[] {
  const found = world.features.map(({ properties, geometry }) => {
    let best = { at: [0, 0] as Point, size: -1 };
    for (const [ring] of geometry.coordinates) {
      const it = ring ? middle(ring) : null;
      if (it && it.size > best.size) best = it;
    }
    return { name: properties.name, ...best };
  });
  return found.sort((a, b) => b.size - a.size);
}

/** The centre of area of a ring and its size in square degrees, narrowed as they are at its latitude. */
export function middle(ring: readonly Point[]): { at: Point; size: number } | null {
  let [doubled, x, y] = [0, 0, 0];
  for (let n = 0; n + 1 < ring.length; n++) {
    const [[ax, ay], [bx, by]] = [ring[n] as Point, ring[n + 1] as Point];
    const cross = ax * by - bx * ay;
    doubled += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  if (!doubled) return null;
  const at: Point = [x / doubled / 3, y / doubled / 3];
  return { at, size: (Math.abs(doubled) / 2) * Math.cos((at[1] * Math.PI) / 180) };
}
