/** Many marks of a small chart in few drawings: one path for all that look the same, however many there are. */
import { endsOf } from './series';
import { KIND, outline } from './shapes';

type Mark = { kind: string; low: number | null; high: number | null; best: number | null; value: number };
/** Where a mark stands; an open side ends at the chart's edge. */
type Place<T> = { x: (it: T) => number; y: (value: number) => number; edges: readonly [number, number] };
/** `kind` is the marks' own, `back` whether they stand back; a `bar` reaches between bounds, an `end` is a shape. */
export type Stroke = { kind: string; back: boolean; look: 'bar' | 'open' | 'end' | 'hollow'; d: string };

const SIZE = 0.72;
const round = (value: number): number => Math.round(value * 10) / 10;

export function strokes<T extends Mark>(marks: readonly T[], back: (it: T) => boolean, { x, y, edges }: Place<T>): Stroke[] {
  const made = new Map<string, { stroke: Stroke; parts: string[] }>();
  const put = (it: T, look: Stroke['look'], d: string): void => {
    const stroke = { kind: it.kind, back: back(it), look, d: '' };
    const key = `${stroke.back ? 0 : 1} ${look} ${it.kind}`;
    const held = made.get(key) ?? { stroke, parts: [] };
    held.parts.push(d);
    made.set(key, held);
  };
  for (const it of marks) {
    const at = round(x(it));
    if (it.low !== it.high) put(it, it.low === null || it.high === null ? 'open' : 'bar', `M${at},${round(y(it.low ?? edges[0]))}V${round(y(it.high ?? edges[1]))}`);
    for (const end of endsOf([it])) put(it, it.best === null && it.low !== it.high ? 'hollow' : 'end', outline(KIND[it.kind] ?? 7, at, round(y(end.value)), SIZE));
  }
  // What stands back is drawn first, and bars under the shapes at their ends.
  const order = ({ back: behind, look }: Stroke): number => (behind ? 0 : 2) + (look === 'end' || look === 'hollow' ? 1 : 0);
  return [...made.values()].map(({ stroke, parts }) => ({ ...stroke, d: parts.join('') })).sort((a, b) => order(a) - order(b));
}
