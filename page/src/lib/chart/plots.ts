/** The charts themselves, as Observable Plot draws them. Colours are the page's own, by name, so that dark is dark. */
import type * as PlotModule from '@observablehq/plot';
import { date, figure, tick } from '../format';
import { begin, next, type Unit } from './bins';
import { DAY } from './days';
import { aside, endsOf, reach, type Point, type Series } from './series';
import { colour, hollow, KIND, symbol } from './shapes';
import type { Panel, Step } from './steps';

type Plot = typeof PlotModule;
type Drawn = SVGSVGElement | HTMLElement;
type Bounded = { x: number; lane: number; lanes: number; low: number | null; high: number | null };
type Across = { domain: [number, number]; ticks: Date[]; format: (day: Date) => string; place: (it: { x: number; lane: number; lanes: number }) => Date };

const LEFT = 52;
const LANE = 13;

/** The time axis: a little wider than its days, with room beside each day for what stands on it. */
function across(first: number, last: number, width: number, lanes: number): Across {
  const pad = Math.max(DAY * 0.6, (last - first) * 0.05);
  const domain: [number, number] = [first - pad, last + pad];
  const pixel = (domain[1] - domain[0]) / Math.max(1, width - LEFT - 16);
  const day = Math.min(LANE * lanes * pixel, Math.max(DAY * 0.8, (last - first) * 0.08));
  return { domain, ...ticked(first, last, Math.max(2, Math.floor((width - LEFT) / 90))), place: (it) => new Date(it.x + aside(it) * day) };
}

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const shortMonth = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** At most so many ticks, each on the first day of a unit; the year is told once, by the first. */
function ticked(first: number, last: number, most: number): Pick<Across, 'ticks' | 'format'> {
  const wide = (last - first) / DAY;
  const unit: Unit = wide < 120 ? 'day' : wide < 3000 ? 'month' : 'year';
  const all: Date[] = [];
  for (let day = begin(first, unit); day <= last; day = next(day, unit)) all.push(new Date(day));
  const every = Math.max(1, Math.ceil(all.length / most));
  const ticks = all.filter((_, n) => n % every === 0);
  const format = (day: Date): string => {
    if (unit === 'year') return String(day.getUTCFullYear());
    if (unit === 'month') return shortMonth.format(day);
    return day.getTime() === ticks[0]?.getTime() ? `${shortDay.format(day)}\n${day.getUTCFullYear()}` : shortDay.format(day);
  };
  return { ticks, format };
}

/** Bounds as bars; one that is open has no end but an arrow, to the edge of the chart. */
function bounds<T extends Bounded>(plot: Plot, items: readonly T[], at: Across, [low, high]: [number, number], stroke: (it: T) => string, thin = false) {
  const wide = items.filter((it) => (it.low !== null || it.high !== null) && it.low !== it.high);
  const open = wide.filter((it) => it.low === null || it.high === null);
  const shut = wide.filter((it) => it.low !== null && it.high !== null);
  const line = { strokeWidth: thin ? 1.5 : 5, strokeOpacity: thin ? 1 : 0.45, strokeLinecap: 'butt' as const, ...(thin ? { strokeDasharray: '3 2', dx: 5 } : {}) };
  return [
    plot.link(shut, { x: at.place, y1: 'low', y2: 'high', stroke, ...line }),
    plot.link(open, {
      x: at.place,
      y1: (it: T) => it.low ?? it.high,
      y2: (it: T) => (it.high === null ? high : low),
      stroke,
      ...line,
      strokeWidth: thin ? 1.5 : 2,
      strokeOpacity: 1,
      strokeDasharray: thin ? '3 2' : '6 3',
      markerEnd: 'arrow',
    }),
  ];
}

const grid = { stroke: 'var(--line)', strokeOpacity: 1 };

function frame(plot: Plot, width: number, height: number, at: Across, range: [number, number], marks: PlotModule.Markish[], label: string): Drawn {
  const whole = Number.isInteger(range[0]) && range[1] - range[0] < 6;
  return plot.plot({
    width,
    height,
    marginLeft: LEFT,
    marginRight: 16,
    marginTop: 24,
    marginBottom: 38,
    x: { type: 'utc', domain: at.domain.map((each) => new Date(each)), label: null, ticks: at.ticks, tickFormat: at.format },
    y: { domain: range, label, labelAnchor: 'top', ...(whole ? { ticks: Math.ceil(range[1] - range[0]) } : { ticks: 5 }), tickFormat: (value: number) => (Number.isInteger(value) ? tick(value) : '') },
    marks: [plot.gridY({ ...grid, ticks: 5 }), ...marks],
  });
}

/** What a point says when it is pointed at. */
function said(point: Point): string {
  const it = point.account;
  const when = it.said ? `said ${date(it.said)}` : `published ${date(it.published)}`;
  const words = it.words.text ? `\n“${it.words.text.slice(0, 160)}”` : '';
  return `${it.source}: ${it.figure ?? it.answer ?? ''}\n${when}${it.as_of ? `, as of ${date(it.as_of)}` : ''}${words}`;
}

/** Each source's figures: x when it was said, y how many; a shape per source; revisions joined. */
export function figurePlot(plot: Plot, width: number, told: Series, unit: string): Drawn {
  const xs = told.points.map((each) => each.x);
  const at = across(Math.min(...xs), Math.max(...xs), width, Math.max(...told.points.map((each) => each.lanes)));
  const range = reach(told.points);
  const shade = (it: Point): string => colour(it.shape);
  return frame(plot, width, width < 480 ? 240 : 300, at, range, [
    ...bounds(plot, told.points, at, range, shade),
    plot.link(told.joins, {
      x1: (join) => at.place(join.from), y1: (join) => join.from.value, x2: (join) => at.place(join.to), y2: (join) => join.to.value,
      stroke: (join) => colour(join.to.shape), strokeWidth: 1.6, strokeDasharray: null as never, curve: 'linear',
    }),
    plot.dot(endsOf(told.points), {
      x: at.place, y: 'value', symbol: (it: Point) => symbol(it.shape), r: 6.5, stroke: shade, strokeWidth: 1.8,
      fill: (it: Point) => (hollow(it.shape) ? 'var(--card)' : colour(it.shape)), className: 'pick', title: said, tip: { fill: 'var(--card)', stroke: 'var(--edge-ui)' },
    }),
  ], `↑ ${unit}`);
}

function stepWords(it: Step): string {
  const bare = it.plain ? `\nwithout assumptions: ${figure(it.plain)}` : '';
  const who = it.step.said_by.length ? `\n${it.step.said_by.join(', ')}` : '';
  return `${date(it.step.at)}: ${it.step.text}${bare}${who}`;
}

/** Pixels from the top of a panel to its end. */
export const tallOf = ({ part }: Panel): number => (part === 'stock' ? 230 : 190);

/** One panel of a group: its steps with bounds, by kind; what holds without assumptions beside, dashed. */
export function ledgerPlot(plot: Plot, width: number, panel: Panel, [first, last]: [number, number], label: string): Drawn {
  const at = across(first, last, width, Math.max(...panel.steps.map((each) => each.lanes)));
  const bare = panel.steps.flatMap((it) => (it.plain ? [{ ...it, ...it.plain }] : []));
  const range = reach([...panel.steps, ...bare]);
  const tint = (it: Step): string => colour(KIND[it.kind] ?? 7);
  const ends = endsOf(panel.steps);
  return frame(plot, width, tallOf(panel), at, range, [
    ...bounds(plot, bare, at, range, () => 'var(--soft)', true),
    ...bounds(plot, panel.steps, at, range, tint),
    plot.dot(ends, {
      x: at.place, y: 'value', symbol: (it: Step) => symbol(KIND[it.kind] ?? 7), r: 5.5, stroke: tint, strokeWidth: 1.8,
      fill: (it: Step) => (it.best === null && it.low !== it.high ? 'var(--card)' : tint(it)), className: 'pick', title: stepWords, tip: { fill: 'var(--card)', stroke: 'var(--edge-ui)' },
    }),
  ], label);
}
