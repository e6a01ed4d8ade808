/** Marker shapes, so that no source or kind is told apart by colour alone: filled, then the same ones hollow. */
type Pen = { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void; arc(x: number, y: number, r: number, a: number, b: number): void; closePath(): void };
type Corner = readonly [number, number];

const POLYGONS: readonly (readonly Corner[])[] = [
  [],
  [[-5.2, -5.2], [5.2, -5.2], [5.2, 5.2], [-5.2, 5.2]],
  [[0, -7], [7, 0], [0, 7], [-7, 0]],
  [[0, -6.5], [6.6, 5.2], [-6.6, 5.2]],
  [[-2, -6], [2, -6], [2, -2], [6, -2], [6, 2], [2, 2], [2, 6], [-2, 6], [-2, 2], [-6, 2], [-6, -2], [-2, -2]],
  [[0, 6.5], [6.6, -5.2], [-6.6, -5.2]],
  [[0, -7.5], [2, -2.4], [7.2, -2.2], [3.1, 1.1], [4.5, 6.3], [0, 3.3], [-4.5, 6.3], [-3.1, 1.1], [-7.2, -2.2], [-2, -2.4]],
  [[-2.5, -6.5], [2.5, -6.5], [2.5, 6.5], [-2.5, 6.5]],
];
export const COLOURS = 6;

/** The drawing of a shape, as D3 and Plot call it. */
export function symbol(n: number): { draw(pen: Pen): void } {
  const corners = POLYGONS[n % POLYGONS.length] ?? [];
  return {
    draw(pen) {
      if (!corners.length) pen.arc(0, 0, 6, 0, 2 * Math.PI);
      corners.forEach(([x, y], at) => (at ? pen.lineTo(x, y) : pen.moveTo(x, y)));
      pen.closePath();
    },
  };
}

/** The same as the path of an SVG element, around a point. */
export function outline(n: number, x = 0, y = 0, size = 1): string {
  const corners = POLYGONS[n % POLYGONS.length] ?? [];
  const r = 6 * size;
  if (!corners.length) return `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`;
  return `M${corners.map((corner) => `${x + corner[0] * size},${y + corner[1] * size}`).join('L')}z`;
}

export function hollow(n: number): boolean {
  return Math.floor(n / POLYGONS.length) % 2 === 1;
}

export function colour(n: number): string {
  return `var(--m${n % COLOURS})`;
}

/** Shapes of the kinds of steps: what is there, came, went, was held, was harmed, is unexplained. */
export const KIND: Record<string, number> = {
  stock: 7, remaining: 1, join: 3, arrived: 3, supplied: 4, split: 5, left: 5, released: 1,
  detained: 0, kidnapped: 2, displaced: 3, killed: 2, injured: 0, casualties: 4, missing: 6, unexplained: 6,
};
