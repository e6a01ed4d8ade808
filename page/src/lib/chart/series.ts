/** The figures of each source over time, as points, bounds and joins. */
import type { AccountItem, QuestionLink } from '../types';
import { at } from './days';

/** `x` is when it was said (else published), `lane` keeps those of one day apart; an open side is null. */
export type Point = {
  n: number; account: AccountItem; source: string; shape: number; x: number; lane: number; lanes: number;
  low: number | null; high: number | null; best: number | null; value: number;
};
export type Join = { from: Point; to: Point; relation: string };
export type Series = { points: Point[]; undated: AccountItem[]; joins: Join[]; sources: string[] };

/** Relations of a source's answers to its own earlier ones that are joined by a line. */
export const JOINED = ['revises', 'corrects', 'develops', 'repeats'];

/** Points of the accounts that give a number and have a date, in the order of telling; the others apart. */
export function series(accounts: readonly AccountItem[], links: readonly QuestionLink[]): Series {
  const sources = [...new Set(accounts.map((each) => each.source))];
  const points: Point[] = [];
  const undated: AccountItem[] = [];
  accounts.forEach((account, n) => {
    const x = at(account.said ?? account.published);
    const value = valueOf(account);
    if (value === null) return;
    if (x === null) undated.push(account);
    else points.push({ n, account, source: account.source, shape: sources.indexOf(account.source), x, lane: 0, lanes: 1, low: account.low, high: account.high, best: account.best, value });
  });
  points.sort((a, b) => a.x - b.x || a.n - b.n);
  spread(points);
  return { points, undated, joins: joins(points, links), sources };
}

/** The number as said, else the bound that is set. */
export function valueOf(it: { low: number | null; high: number | null; best: number | null }): number | null {
  return it.best ?? it.low ?? it.high;
}

/** Where the number as said stands; without one, at each bound: a middle would be a number nobody said. */
export function endsOf<T extends { low: number | null; high: number | null; value: number; best?: number | null }>(items: readonly T[]): T[] {
  return items.flatMap((it) => {
    const best = it.best ?? null;
    const values = best !== null ? [best] : [...new Set([it.low, it.high])].filter((value): value is number => value !== null);
    return values.map((value) => ({ ...it, value }));
  });
}

/** Lanes for what stands at one place of the axis. */
export function spread(points: { x: number; lane: number; lanes: number }[]): void {
  const there = new Map<number, { x: number; lane: number; lanes: number }[]>();
  for (const point of points) {
    const held = there.get(point.x);
    if (held) held.push(point);
    else there.set(point.x, [point]);
  }
  for (const group of there.values()) group.forEach((point, lane) => Object.assign(point, { lane, lanes: group.length }));
}

/** How far a lane lies beside its day, in units of the width of a day's place: -0.5 to 0.5. */
export function aside({ lane, lanes }: { lane: number; lanes: number }): number {
  return lanes > 1 ? (lane - (lanes - 1) / 2) / lanes : 0;
}

function joins(points: readonly Point[], links: readonly QuestionLink[]): Join[] {
  const named = new Map(points.map((point) => [point.account.id, point]));
  const order = new Map(points.map((point, at) => [point, at]));
  const apart = (a: Point, b: Point): number => Math.abs((order.get(a) ?? 0) - (order.get(b) ?? 0));
  const nearest = new Map<string, Join>();
  for (const link of links) {
    const [to, from] = [named.get(link.from), named.get(link.to)];
    if (!to || !from || !JOINED.includes(link.relation) || to.source !== from.source || to.account.party_id !== from.account.party_id) continue;
    const held = nearest.get(to.account.id);
    if (!held || apart(to, from) < apart(held.to, held.from)) nearest.set(to.account.id, { from, to, relation: link.relation });
  }
  return [...nearest.values()];
}

/** The reach of a value axis around bounds: from 0, unless all lie close together far from it; room where one is open. */
export function reach(items: readonly { low: number | null; high: number | null; best?: number | null }[]): [number, number] {
  const values = items.flatMap((each) => [each.low, each.high, each.best ?? null]).filter((value): value is number => value !== null && Number.isFinite(value));
  if (!values.length) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const start = low >= 0 && low <= 0.6 * high ? 0 : low === high && low >= 0 ? 0 : low;
  const open = items.some((each) => each.high === null && each.low !== null);
  const room = (high - start || Math.abs(high) || 1) * (open ? 0.18 : 0.06);
  return [start === 0 ? 0 : start - room, high + room];
}
