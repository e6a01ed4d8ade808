/** A group in few marks: what a small chart draws, and a large one where there are too many steps to tell apart. */
import type { GroupItem, GroupSketch, StepItem } from '../types';

export type Marked = { at: string | null; kind: string; low: number | null; high: number | null; best: number | null; count: number; places: string[][] };

type Bounds = { low: number | null; high: number | null };

function reach(all: readonly Bounds[]): Bounds {
  return {
    low: all.some((each) => each.low === null) ? null : all.reduce((low, each) => Math.min(low, each.low ?? low), Infinity),
    high: all.some((each) => each.high === null) ? null : all.reduce((high, each) => Math.max(high, each.high ?? high), -Infinity),
  };
}

/** One mark a day and kind, wherever it was; `places` are those of each mark that went into it. */
export function merged({ marks }: GroupSketch): Marked[] {
  const together = new Map<string, Marked[]>();
  for (const [at, kind, low, high, best, count, places] of marks) {
    const key = `${at} ${kind}`;
    const held = together.get(key) ?? [];
    held.push({ at, kind, low, high, best, count, places: [places] });
    together.set(key, held);
  }
  return [...together.values()].map((all) => {
    const [one] = all as [Marked, ...Marked[]];
    return all.length === 1 ? one : { ...one, ...reach(all), best: null, count: all.reduce((sum, each) => sum + each.count, 0), places: all.flatMap((each) => each.places) };
  });
}

/** A group sketched from all its steps, as the server does. */
export function sketch({ id, name, unit, steps }: GroupItem): GroupSketch {
  return { id, name, unit, marks: steps.map(({ at, kind, low, high, best, places }) => [at, kind, low, high, best, 1, places]) };
}

export type Latest = { kind: string; last: Marked; count: number; told: Bounds; differ: boolean };
const ORDER = ['remaining', 'stock', 'killed', 'injured', 'missing', 'casualties', 'displaced', 'detained', 'kidnapped', 'released', 'arrived', 'supplied', 'join', 'left', 'split'];

/** The last mark of each kind, the kinds in a fixed order; how many counts of it there were, and their reach. */
export function latest(marks: readonly Marked[], most: number): Latest[] {
  const rank = (kind: string): number => (ORDER.indexOf(kind) + ORDER.length + 1) % (ORDER.length + 1);
  const bounded = marks.filter((each) => each.low !== null || each.high !== null);
  return [...new Set(bounded.map((each) => each.kind))].sort((a, b) => rank(a) - rank(b)).slice(0, most).map((kind) => {
    const all = bounded.filter((each) => each.kind === kind);
    const last = all.at(-1) as Marked;
    return { kind, last, count: all.reduce((sum, each) => sum + each.count, 0), told: reach(all), differ: all.some((each) => each.low !== last.low || each.high !== last.high) };
  });
}

/** A group whose steps are its marks, to be drawn as others are. */
export function asGroup(it: GroupSketch, text: (mark: Marked) => string): GroupItem {
  const steps = merged(it).map((mark): StepItem => ({
    at: mark.at, kind: mark.kind, low: mark.low, high: mark.high, best: mark.best, text: text(mark), places: [], party: null, said_by: [], assumptions: [],
    without_assumptions: { low: mark.low, high: mark.high }, low_rests_on: [], high_rests_on: [],
  }));
  return { id: it.id, anchor: '', name: it.name, unit: it.unit, steps };
}
