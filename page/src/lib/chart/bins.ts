/** Events on a time axis, counted by day, week, month or year: whichever leaves room for each. */
import type { Mark } from '../types';
import { at, DAY, iso } from './days';

export type Unit = 'day' | 'week' | 'month' | 'year';
/** `on` are events that are known to have been in the bin, `by` those known only to have been by then. */
export type Bin = { from: number; to: number; on: number; by: number };
/** `earlier` and `later` are how many events lie beyond its ends. */
export type Axis = { unit: Unit; bins: Bin[]; from: number; to: number; earlier: number; later: number };

const MOST = 90;

/** First day of the unit that a day lies in. */
export function begin(day: number, unit: Unit): number {
  const date = new Date(day);
  if (unit === 'week') return day - ((date.getUTCDay() + 6) % 7) * DAY;
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  return unit === 'year' ? Date.UTC(date.getUTCFullYear(), 0, 1) : day;
}

/** First day of the next unit. */
export function next(day: number, unit: Unit): number {
  const date = new Date(day);
  if (unit === 'day') return day + DAY;
  if (unit === 'week') return day + 7 * DAY;
  if (unit === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
  return Date.UTC(date.getUTCFullYear() + 1, 0, 1);
}

/** The day at which an event is drawn: its last possible one, else its first; null where neither is known. */
export function dayOf([, earliest, latest]: Mark): number | null {
  return at(latest) ?? at(earliest);
}

/** An axis whose middle nineteen of twenty events take less than this share of it is drawn around those. */
const CROWDED = 0.2;

/** The axis of all marks, or of most of them where few lie far away and `whole` is not asked for; null where none has a day. */
export function axis(marks: readonly Mark[], whole = false): Axis | null {
  const found = marks.map(dayOf).filter((day): day is number => day !== null).sort((a, b) => a - b);
  const at = (share: number): number => found[Math.round(share * (found.length - 1))] ?? 0;
  if (!found.length) return null;
  let [first, last] = [at(0), at(1)];
  const room = (at(0.975) - at(0.025)) * 0.05;
  if (!whole && at(0.975) - at(0.025) < CROWDED * (last - first) && found.length > 20) [first, last] = [Math.max(first, at(0.025) - room), Math.min(last, at(0.975) + room)];
  const unit = unitOf(last - first);
  const bins: Bin[] = [];
  for (let day = begin(first - (first % DAY), unit); day <= last; day = next(day, unit)) bins.push({ from: day, to: next(day, unit) - DAY, on: 0, by: 0 });
  const [from, to] = [bins[0]?.from ?? first, bins.at(-1)?.to ?? last];
  return { unit, bins, from, to, earlier: found.filter((day) => day < from).length, later: found.filter((day) => day > to).length };
}

function unitOf(width: number): Unit {
  const wide = width / DAY;
  return wide < MOST ? 'day' : wide / 7 < MOST ? 'week' : wide / 30 < MOST ? 'month' : 'year';
}

/** The bins of an axis, with the marks that `kept` keeps. */
export function counted(line: Axis, marks: readonly Mark[], kept: (mark: Mark) => boolean = () => true): Bin[] {
  const bins = line.bins.map((bin) => ({ ...bin, on: 0, by: 0 }));
  const places = new Map(bins.map((bin, n) => [bin.from, n]));
  for (const mark of marks) {
    const day = dayOf(mark);
    if (day === null || !kept(mark)) continue;
    const bin = bins[places.get(begin(day, line.unit)) ?? -1];
    if (!bin) continue;
    const first = at(mark[1]);
    if (first !== null && first >= bin.from) bin.on++;
    else bin.by++;
  }
  return bins;
}

/** Whether an event can have been within days (ISO 8601; null: open), as the server judges it. */
export function within([, earliest, latest]: Mark, from: string | null, to: string | null): boolean {
  return (!from || latest === null || latest >= from) && (!to || earliest === null || earliest <= to);
}

/** A range of days moved by a number of bins, kept on the axis. */
export function moved(line: Axis, day: number, by: number): string {
  const n = line.bins.findIndex((bin) => day <= bin.to);
  const bin = line.bins[Math.max(0, Math.min(line.bins.length - 1, (n < 0 ? line.bins.length - 1 : n) + by))];
  return iso(bin?.from ?? day);
}
