/** Days on an axis: where a span of days stands, and bars that count events by day, month or year. */
const DAY = 86_400_000;

/** The number of a day (ISO 8601, or its beginning of a month or year) since 1970; null where it is none. */
export function dayNumber(iso: string | null | undefined): number | null {
  const parts = /^([+-]?\d{4,6})(?:-(\d\d))?(?:-(\d\d))?/.exec(iso ?? '');
  if (!parts) return null;
  const at = new Date(0);
  at.setUTCFullYear(Number(parts[1]), Number(parts[2] ?? 1) - 1, Number(parts[3] ?? 1));
  const day = Math.floor(at.getTime() / DAY);
  return Number.isNaN(day) ? null : day;
}

export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

export type Axis = { first: number; last: number };
export type Bar = { start: number; width: number; openStart: boolean; openEnd: boolean };

/** The axis from the first to the last of some days, both included; null without any. */
export function axis(days: readonly (readonly [string, number])[]): Axis | null {
  const known = days.map(([day]) => dayNumber(day)).filter((day) => day !== null);
  return known.length ? { first: Math.min(...known), last: Math.max(...known) } : null;
}

/** Where the days on which a thing can have been stand on an axis, in shares of its length; an open end reaches its edge. */
export function bar(of: Axis, earliest: string | null, latest: string | null): Bar | null {
  const [from, to] = [dayNumber(earliest), dayNumber(latest)];
  if (from === null && to === null) return null;
  const length = of.last - of.first + 1;
  const begin = Math.min(Math.max(from ?? of.first, of.first), of.last);
  const end = Math.max(Math.min(to ?? of.last, of.last), begin);
  return {
    start: (begin - of.first) / length,
    width: (end - begin + 1) / length,
    openStart: from === null || from < of.first,
    openEnd: to === null || to > of.last,
  };
}

export type Heap = { begin: string; end: string; count: number };
/** Days heaped so that there are no more than `most` bars: by day, week, month, quarter or year. Empty ones are kept. */
export function heaps(days: readonly (readonly [string, number])[], most = 60): Heap[] {
  const of = axis(days);
  if (!of) return [];
  const steps: ((day: number) => number)[] = [(day) => day + 1, (day) => day + 7, months(1), months(3), months(12), months(120)];
  const length = [1, 7, 30.4, 91.3, 365.25, 3652.5].findIndex((each) => (of.last - of.first + 1) / each <= most);
  const step = steps[length < 0 ? steps.length - 1 : length] ?? months(120);
  const made: Heap[] = [];
  let begin = length < 2 && length >= 0 ? of.first : floorMonth(of.first, [1, 3, 12, 120][(length < 0 ? 5 : length) - 2] ?? 1);
  while (begin <= of.last) {
    const next = step(begin);
    made.push({ begin: isoDay(begin), end: isoDay(next - 1), count: 0 });
    begin = next;
  }
  let at = 0;
  for (const [day, count] of [...days].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const number = dayNumber(day);
    if (number === null) continue;
    const iso = isoDay(number);
    while (at < made.length - 1 && (made[at]?.end ?? '') < iso) at++;
    const heap = made[at];
    if (heap) heap.count += count;
  }
  return made;
}

function months(n: number): (day: number) => number {
  return (day) => {
    const at = new Date(day * DAY);
    return Math.floor(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + n, 1) / DAY);
  };
}

function floorMonth(day: number, n: number): number {
  const at = new Date(day * DAY);
  return n >= 12
    ? Math.floor(Date.UTC(Math.floor(at.getUTCFullYear() / (n / 12)) * (n / 12), 0, 1) / DAY)
    : Math.floor(Date.UTC(at.getUTCFullYear(), Math.floor(at.getUTCMonth() / n) * n, 1) / DAY);
}
