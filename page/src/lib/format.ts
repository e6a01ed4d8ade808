/** How values are said: figures as said, EDTF dates in words, never a 0 for what is unknown. */
import { t } from './words';

const figures = new Intl.NumberFormat('en');
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const months = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

export type Bounds = { low: number | null; high: number | null; best?: number | null; low_open?: boolean; high_open?: boolean; approximate?: boolean };

export function number(value: number): string {
  return figures.format(value);
}

const briefly = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A number on an axis, where there is little room: "250", "1,200", "2.5M". */
export function tick(value: number): string {
  return Math.abs(value) < 100_000 ? figures.format(value) : briefly.format(value);
}

/** Bounds in words: "about 85", "at least 12", "more than 5", "200–999", or just the number. */
export function figure(it: Bounds): string {
  if (it.approximate && it.best != null) return `${it.high_open ? 'nearly' : 'about'} ${number(it.best)}`;
  if (it.low !== null && it.high !== null) return it.low === it.high ? number(it.low) : `${number(it.low)}–${number(it.high)}`;
  if (it.low !== null) return `${it.low_open ? 'more than' : 'at least'} ${number(it.low)}`;
  if (it.high !== null) return `${it.high_open ? 'fewer than' : 'at most'} ${number(it.high)}`;
  return it.best != null ? number(it.best) : t('value.unknown');
}

/** An EDTF date for a person; a year or month stays one, an interval is said as one. */
export function date(edtf: string | null | undefined): string {
  if (!edtf) return t('date.unknown');
  const [start, end] = edtf.split('/');
  if (end !== undefined) {
    if (!start || start === '..') return `until ${date(end)}`;
    return !end || end === '..' ? `${date(start)} or later` : `${date(start)} to ${date(end)}`;
  }
  const wide = unspecified(edtf);
  if (wide) return wide;
  const bare = edtf.replace(/[~?%]$/, '');
  const about = /[~%]$/.test(edtf) ? 'about ' : '';
  const unsure = /[?%]$/.test(edtf) ? ' (uncertain)' : '';
  return about + plainDate(bare) + unsure;
}

const SEASONS = ['spring', 'summer', 'autumn', 'winter'];

/** EDTF's unspecified digits and seasons: "201X", "2019-XX", "2019-04-XX", "2019-21". */
function unspecified(edtf: string): string | null {
  const century = /^(\d\d)XX$/.exec(edtf);
  if (century) return `${century[1]}00s`;
  const decade = /^(\d{3})X$/.exec(edtf);
  if (decade) return `${decade[1]}0s`;
  const open = /^(\d{4}(?:-\d\d)?)(?:-XX)+$/.exec(edtf);
  if (open) return `${plainDate(open[1] ?? '')}, ${open[1]?.length === 4 ? 'date' : 'day'} not told`;
  const season = /^(\d{4})-(2[1-4])$/.exec(edtf);
  return season ? `${SEASONS[Number(season[2]) - 21]} ${season[1]}` : null;
}

function plainDate(iso: string): string {
  const [day, time] = iso.split('T');
  const parts = /^(\d{4})-(\d\d)(?:-(\d\d))?$/.exec(day ?? '');
  if (!parts) return iso.replace('T', ' ');
  const at = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3] ?? 1)));
  if (Number.isNaN(at.getTime())) return iso;
  const said = parts[3] ? days.format(at) : months.format(at);
  return time ? `${said}, ${time.replace(/(:\d\d):\d\d.*$/, '$1').replace('Z', ' UTC')}` : said;
}
