import { describe, expect, it } from 'vitest';
import { around, circle, claim, core, distance, Frame, located, scale, type Outlines, type Point } from '../src/lib/geo';

const place = (id: string, lon: number, lat: number, radius_km: number | null = 1, mentions = 1) => ({ id, name: id, lon, lat, radius_km, mentions });

describe('a circle of uncertainty', () => {
  it.each([[0, 0, 10], [171.2, -42.4, 11], [25, 69, 50], [-179.9, 10, 100], [10, 89, 60]])('around %f, %f is %f km over ground, all around', (lon, lat, km) => {
    const ring = circle(lon, lat, km);
    expect(ring[0]).toEqual(ring.at(-1));
    for (const point of ring) expect(distance([lon, lat], point)).toBeCloseTo(km, 3);
  });
  it('runs on over the date line instead of jumping round the globe', () => {
    const lons = circle(179.9, 0, 100).map(([lon]) => lon);
    expect(Math.max(...lons)).toBeGreaterThan(180);
    expect(Math.max(...lons) - Math.min(...lons)).toBeLessThan(3);
  });
  it('is wider in degrees the nearer to a pole', () => {
    const wide = (lat: number): number => Math.max(...circle(0, lat, 50).map(([lon]) => lon));
    expect(wide(70)).toBeGreaterThan(2 * wide(0));
  });
});

describe('what a map must show', () => {
  it('is nothing without places', () => {
    expect(around([])).toBeNull();
    expect(core([])).toEqual([]);
  });
  it('holds every place with its radius', () => {
    const box = around([place('a', 10, 50, 20), place('b', 12, 51, 5)]);
    for (const [lon, lat] of circle(10, 50, 20)) {
      expect(lon).toBeGreaterThan(box?.west ?? 99);
      expect(lat).toBeGreaterThan(box?.south ?? 99);
    }
  });
  it('takes the short way about the globe', () => {
    const box = around([place('fiji', 178, -17), place('samoa', -172, -13)]);
    expect((box?.east ?? 0) - (box?.west ?? 0)).toBeLessThan(20);
  });
  it('leaves far places to a click, and none that is near', () => {
    const near = [place('a', 10, 50, 1, 5), place('b', 10.5, 50, 1, 3), place('c', 11, 50.2)];
    expect(core([...near, place('far', -77, -12)]).map((each) => each.id).sort()).toEqual(['a', 'b', 'c']);
  });
  it('leaves out what has no coordinates, and keeps a zero', () => {
    expect(located([{ lat: null, lon: 3 }, { lat: 0, lon: 0 }])).toEqual([{ lat: 0, lon: 0 }]);
  });
});

describe('a still map', () => {
  const frame = new Frame({ west: 9, south: 49, east: 11, north: 51 }, 880, 560);
  it('has north above, and its middle in the middle', () => {
    const [x, y] = frame.point([10, 50]);
    expect([Math.round(x), Math.round(y)]).toEqual([440, 280]);
    expect(frame.point([10, 50.5])[1]).toBeLessThan(280);
  });
  it('draws a ground circle as wide as it is high', () => {
    const points = circle(10, 50, 20).map((each) => frame.point(each));
    const span = (n: 0 | 1): number => Math.max(...points.map((p) => p[n])) - Math.min(...points.map((p) => p[n]));
    expect(span(0) / span(1)).toBeCloseTo(1, 1);
    expect(span(0)).toBeCloseTo((40 / frame.km) * 880, -1);
  });
  it('draws only countries that meet it, also turned about the globe', () => {
    const square = (lon: number, lat: number): Point[] => [[lon, lat], [lon + 1, lat], [lon + 1, lat + 1], [lon, lat + 1], [lon, lat]];
    const country = (name: string, lon: number, lat: number): Outlines['features'][number] => ({
      type: 'Feature',
      bbox: [lon, lat, lon + 1, lat + 1],
      properties: { name },
      geometry: { type: 'MultiPolygon', coordinates: [[square(lon, lat)]] },
    });
    const outlines: Outlines = { type: 'FeatureCollection', notice: '', features: [country('here', 9.5, 49.5), country('turned', -350.5, 50), country('there', 100, 0)] };
    expect(frame.land(outlines).map((each) => each.name)).toEqual(['here', 'turned']);
    expect(frame.land(outlines)[0]?.d).toMatch(/^M[\d.,L-]+Z$/);
  });
});

it('a bar of scale is round and at most a fifth', () => {
  expect([scale(500), scale(49), scale(7)]).toEqual([100, 5, 1]);
});
it('names claim room once', () => {
  const taken = [{ x0: 0, y0: 0, x1: 10, y1: 10 }];
  expect(claim(taken, { x0: 5, y0: 5, x1: 15, y1: 15 })).toBe(false);
  expect(claim(taken, { x0: 11, y0: 0, x1: 20, y1: 10 })).toBe(true);
  expect(claim(taken, { x0: 12, y0: 1, x1: 14, y1: 3 })).toBe(false);
});
