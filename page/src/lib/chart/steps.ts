/** The steps of a group, parted into what there is, what came, went, and who was harmed: each on an axis of its own. */
import type { GroupItem, StepItem } from '../types';
import { at } from './days';
import { spread, valueOf } from './series';

export type Part = 'stock' | 'came' | 'went' | 'held' | 'harm' | 'unexplained';
export type Step = { n: number; step: StepItem; x: number; lane: number; lanes: number; kind: string; low: number | null; high: number | null; best: number | null; value: number; plain: { low: number | null; high: number | null } | null };
export type Panel = { part: Part; steps: Step[]; kinds: string[] };

const OF: Record<string, Part> = {
  stock: 'stock', remaining: 'stock',
  join: 'came', arrived: 'came', supplied: 'came',
  split: 'went', left: 'went', released: 'went',
  detained: 'held', kidnapped: 'held', displaced: 'held',
  killed: 'harm', injured: 'harm', casualties: 'harm', missing: 'harm',
  unexplained: 'unexplained',
};
const ORDER: Part[] = ['stock', 'came', 'went', 'held', 'harm', 'unexplained'];

export function partOf(kind: string): Part {
  return OF[kind] ?? 'stock';
}

/** Bounds without assumptions, where there are assumptions and they change anything. */
export function plainOf(step: StepItem): { low: number | null; high: number | null } | null {
  const bare = step.without_assumptions;
  if (!step.assumptions.length || (bare.low === step.low && bare.high === step.high)) return null;
  return { low: bare.low, high: bare.high };
}

/** Panels of a group in a fixed order; steps without a date or a bound are only in the table. */
export function panels(group: GroupItem): Panel[] {
  const steps = group.steps.flatMap((step, n): Step[] => {
    const x = at(step.at);
    const value = valueOf(step);
    if (x === null || value === null) return [];
    return [{ n, step, x, lane: 0, lanes: 1, kind: step.kind, low: step.low, high: step.high, best: step.best, value, plain: plainOf(step) }];
  });
  return ORDER.flatMap((part) => {
    const held = steps.filter((each) => partOf(each.kind) === part).sort((a, b) => a.x - b.x || a.n - b.n);
    spread(held);
    return held.length ? [{ part, steps: held, kinds: [...new Set(held.map((each) => each.kind))] }] : [];
  });
}

/** First and last day of all panels, which share their time axis. */
export function during(shown: readonly Panel[]): [number, number] | null {
  const all = shown.flatMap((panel) => panel.steps.map((each) => each.x));
  return all.length ? [Math.min(...all), Math.max(...all)] : null;
}
