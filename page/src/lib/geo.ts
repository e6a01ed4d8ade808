/** The globe on a plane: true ground circles, what a map must show, outlines cut to it. Degrees are WGS84. */
export type Point = [number, number];
export type Box = { west: number; south: number; east: number; north: number };
export type Located = { id: string; name: string; lat: number; lon: number; radius_km: number | null };
/** What `/api/outlines` sends: every ring a polygon of its own. */
export type Outlines = {
  type: 'FeatureCollection';
  notice: string;
  features: { type: 'Feature'; bbox: [number, number, number, number]; properties: { name: string }; geometry: { type: 'MultiPolygon'; coordinates: Point[][][] } }[];
};

const EARTH_KM = 6371.0088;
const KM = 111.195;
/** A place wider than this (a country, a province) is an area: no circle stands for it. */
export const VAST_KM = 120;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;
const deg = (radians: number): number => (radians * 180) / Math.PI;

/** The points at `km` over ground from a middle, as a closed ring; longitudes run on over the date line. */
export function circle(lon: number, lat: number, km: number, points = 64): Point[] {
  const [turn, at] = [Math.min(km / EARTH_KM, Math.PI), rad(lat)];
  const ring: Point[] = [];
  for (let n = 0; n <= points; n++) {
    const bearing = (2 * Math.PI * (n % points)) / points;
    const up = Math.asin(Math.sin(at) * Math.cos(turn) + Math.cos(at) * Math.sin(turn) * Math.cos(bearing));
    const side = Math.atan2(Math.sin(bearing) * Math.sin(turn) * Math.cos(at), Math.cos(turn) - Math.sin(at) * Math.sin(up));
    ring.push([lon + deg(side), deg(up)]);
  }
  return ring;
}

/** Kilometres over ground between two points. */
export function distance(a: Point, b: Point): number {
  const half = Math.sin(rad(b[1] - a[1]) / 2) ** 2 + Math.cos(rad(a[1])) * Math.cos(rad(b[1])) * Math.sin(rad(b[0] - a[0]) / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}

/** Places that have coordinates. */
export function located<T extends { lat: number | null; lon: number | null }>(places: readonly T[]): (T & { lat: number; lon: number })[] {
  return places.filter((each): each is T & { lat: number; lon: number } => each.lat !== null && each.lon !== null);
}

/** A box around places and their radii, no less than 120 km wide; the shorter way where they lie around the date line. */
export function around(places: readonly Located[]): Box | null {
  if (!places.length) return null;
  const lons = places.map((each) => each.lon);
  const turned = Math.max(...lons) - Math.min(...lons) > 180 ? lons.map((lon) => (lon < 0 ? lon + 360 : lon)) : lons;
  const over = Math.max(...turned) - Math.min(...turned) < Math.max(...lons) - Math.min(...lons) ? turned : lons;
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  places.forEach((each, n) => {
    const reach = Math.max(Math.min(each.radius_km ?? 0, VAST_KM) * 1.3, 60) / KM;
    const wide = reach / Math.max(0.05, Math.cos(rad(each.lat)));
    const lon = over[n] ?? each.lon;
    box.west = Math.min(box.west, lon - wide);
    box.east = Math.max(box.east, lon + wide);
    box.south = Math.max(-85, Math.min(box.south, each.lat - reach));
    box.north = Math.min(85, Math.max(box.north, each.lat + reach));
  });
  return box;
}

/** Places around the one that all mentions lie nearest to, three times as far as the core of them: far ones are one click away. */
export function core<T extends Located & { mentions: number }>(places: readonly T[], most = 200): T[] {
  const told = [...places].sort((a, b) => b.mentions - a.mentions).slice(0, most);
  const weight = (each: T): number => Math.max(1, each.mentions);
  const at = (each: T): Point => [each.lon, each.lat];
  let [middle, least] = [told[0], Infinity];
  for (const one of told) {
    const sum = told.reduce((total, other) => total + distance(at(one), at(other)) * weight(other), 0);
    if (sum < least) [middle, least] = [one, sum];
  }
  if (!middle) return [];
  const from = at(middle);
  const ranked = told.map((each) => ({ each, km: distance(from, at(each)) })).sort((a, b) => a.km - b.km);
  const total = told.reduce((sum, each) => sum + weight(each), 0);
  let [taken, reach] = [0, 400];
  for (const { each, km } of ranked) {
    taken += weight(each);
    reach = Math.max(reach, 3 * km);
    if (taken >= 0.4 * total) break;
  }
  return ranked.filter(({ km }) => km <= reach).map(({ each }) => each);
}

/** A box of the drawing's proportions around another, and how degrees fall onto the drawing. */
export class Frame {
  readonly box: Box;
  readonly #narrow: number;

  constructor(
    inner: Box,
    readonly width: number,
    readonly height: number,
  ) {
    const middle = (inner.south + inner.north) / 2;
    this.#narrow = Math.max(0.05, Math.cos(rad(middle)));
    const wide = Math.max((inner.east - inner.west) * this.#narrow, ((inner.north - inner.south) * width) / height) * 1.1;
    const [x, high] = [(inner.west + inner.east) / 2, (wide * height) / width];
    this.box = { west: x - wide / this.#narrow / 2, east: x + wide / this.#narrow / 2, south: middle - high / 2, north: middle + high / 2 };
  }

  point([lon, lat]: Point): Point {
    const { west, east, south, north } = this.box;
    return [((lon - west) / (east - west)) * this.width, ((north - lat) / (north - south)) * this.height];
  }

  /** A longitude turned about the globe until it is in the frame, where it can be. */
  turned(lon: number): number {
    const middle = (this.box.west + this.box.east) / 2;
    return lon + 360 * Math.round((middle - lon) / 360);
  }

  /** Kilometres over ground that the drawing is wide, along its middle. */
  get km(): number {
    return (this.box.east - this.box.west) * KM * this.#narrow;
  }

  /** A ring as an SVG path; points nearer than a pixel to the last are left out. */
  path(ring: readonly Point[], turn = 0): string {
    let [x0, y0] = [Infinity, Infinity];
    let made = '';
    for (const [lon, lat] of ring) {
      const [x, y] = this.point([lon + turn, lat]);
      if (Math.abs(x - x0) + Math.abs(y - y0) < 1) continue;
      made += `${made ? 'L' : 'M'}${x.toFixed(1)},${y.toFixed(1)}`;
      [x0, y0] = [x, y];
    }
    return made && `${made}Z`;
  }

  /** The paths of all countries that meet the frame. */
  land(outlines: Outlines): { name: string; d: string }[] {
    const found: { name: string; d: string }[] = [];
    for (const { bbox, properties, geometry } of outlines.features) {
      let d = '';
      for (const turn of [-360, 0, 360]) {
        if (!this.#meets(bbox[0] + turn, bbox[1], bbox[2] + turn, bbox[3])) continue;
        for (const [ring] of geometry.coordinates) if (ring && this.#seen(ring, turn)) d += this.path(ring, turn);
      }
      if (d) found.push({ name: properties.name, d });
    }
    return found;
  }

  #seen(ring: readonly Point[], turn: number): boolean {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [lon, lat] of ring) {
      if (lon < west) west = lon;
      if (lon > east) east = lon;
      if (lat < south) south = lat;
      if (lat > north) north = lat;
    }
    return this.#meets(west + turn, south, east + turn, north);
  }

  #meets(west: number, south: number, east: number, north: number): boolean {
    return west <= this.box.east && east >= this.box.west && south <= this.box.north && north >= this.box.south;
  }
}

/** A round length of at most a fifth of the width, for a bar of scale. */
export function scale(km: number): number {
  const rough = km / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  return Math.max(...[1, 2, 5].map((n) => n * power).filter((each) => each <= rough));
}

export type Room = { x0: number; y0: number; x1: number; y1: number };
/** Whether there is room for a box among those taken; if so it is taken. */
export function claim(taken: Room[], wanted: Room): boolean {
  if (taken.some((each) => each.x0 < wanted.x1 && wanted.x0 < each.x1 && each.y0 < wanted.y1 && wanted.y0 < each.y1)) return false;
  taken.push(wanted);
  return true;
}
