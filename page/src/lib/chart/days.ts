/** EDTF dates as days on an axis. A day is its UTC midnight in milliseconds; what is open or unknown is null. */

export const DAY = 86_400_000;
export type Days = { from: number | null; to: number | null };

/** First and last day that a date or interval can mean. */
export function days(edtf: string | null | undefined): Days {
  if (!edtf) return { from: null, to: null };
  const [start, end] = edtf.split('/');
  if (end === undefined) return one(start ?? '');
  return { from: one(start ?? '').from, to: one(end).to };
}

function one(edtf: string): Days {
  const parts = /^(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(edtf);
  if (!parts) return { from: null, to: null };
  const year = Number(parts[1]);
  const month = parts[2] ? Number(parts[2]) : 0;
  if (month > 12) return { from: Date.UTC(year, 0, 1), to: Date.UTC(year, 11, 31) }; // a season: some time in that year
  const day = parts[3] ? Number(parts[3]) : 0;
  const from = Date.UTC(year, month ? month - 1 : 0, day || 1);
  const to = day ? from : month ? Date.UTC(year, month, 0) : Date.UTC(year, 11, 31);
  return { from, to };
}

const MOST = 20_000;
const known = new Map<string, number | null>();

/** Where a date stands on an axis: the first day known of it. Thousands of marks have the same few days. */
export function at(edtf: string | null | undefined): number | null {
  if (!edtf) return null;
  const held = known.get(edtf);
  if (held !== undefined) return held;
  const { from, to } = days(edtf);
  if (known.size < MOST) known.set(edtf, from ?? to);
  return from ?? to;
}

/** A day as ISO 8601 writes it. */
export function iso(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}
