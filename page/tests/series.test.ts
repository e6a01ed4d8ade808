import { describe, expect, it } from 'vitest';
import { axis, begin, counted, moved, next, within } from '../src/lib/chart/bins';
import { at, DAY, days, iso } from '../src/lib/chart/days';
import { aside, reach, series } from '../src/lib/chart/series';
import { latest, merged } from '../src/lib/chart/sketch';
import { strokes } from '../src/lib/chart/strokes';
import { panels, plainOf } from '../src/lib/chart/steps';
import type { AccountItem, GroupItem, GroupSketch, Mark, StepItem } from '../src/lib/types';

const utc = (text: string): number => Date.parse(`${text}T00:00:00Z`);
const mark = (n: number, earliest: string | null, latest: string | null, place: string | null = null): Mark => [n, earliest, latest, place, null, null];

describe('dates on an axis', () => {
  it('are as wide as what is known of them', () => {
    expect(days('2017-09')).toEqual({ from: utc('2017-09-01'), to: utc('2017-09-30') });
    expect(days('2016-02')).toEqual({ from: utc('2016-02-01'), to: utc('2016-02-29') });
    expect(days('2017')).toEqual({ from: utc('2017-01-01'), to: utc('2017-12-31') });
    expect(days('../2017-09-03')).toEqual({ from: null, to: utc('2017-09-03') });
    expect(days('2017-09-03T10:00:00Z/..')).toEqual({ from: utc('2017-09-03'), to: null });
    expect(days('2017-09-03~')).toEqual({ from: utc('2017-09-03'), to: utc('2017-09-03') });
    expect(days(null)).toEqual({ from: null, to: null });
    expect(days('no date')).toEqual({ from: null, to: null });
    expect(at('../2017-09-03')).toBe(utc('2017-09-03'));
  });
});

describe('events on the time axis', () => {
  it('are counted on their day, and apart where only the last day is known', () => {
    const marks = [mark(0, '2017-09-01', '2017-09-01'), mark(1, null, '2017-09-03'), mark(2, null, null)];
    const line = axis(marks)!;
    expect(line.unit).toBe('day');
    expect(counted(line, marks).map((bin) => [iso(bin.from), bin.on, bin.by])).toEqual([['2017-09-01', 1, 0], ['2017-09-02', 0, 0], ['2017-09-03', 0, 1]]);
  });
  it('take wider bins where the time is long, and none is lost', () => {
    const marks = ['2001-05-05', '2009-12-31', '2017-09-01'].map((day, n) => mark(n, day, day));
    const line = axis(marks)!;
    expect(line.unit).toBe('year');
    expect(counted(line, marks).reduce((sum, bin) => sum + bin.on + bin.by, 0)).toBe(3);
    for (const unit of ['day', 'week', 'month', 'year'] as const) expect(next(begin(utc('2020-02-29'), unit), unit)).toBeGreaterThan(utc('2020-02-29'));
    expect(iso(begin(utc('2017-09-03'), 'week'))).toBe('2017-08-28');
  });
  it('are drawn around most of them where few lie far away, and those are told', () => {
    const marks = [mark(0, '1881-01-01', '1881-12-31'), ...Array.from({ length: 60 }, (_, n) => mark(n + 1, `2031-03-${String((n % 28) + 1).padStart(2, '0')}`, `2031-03-${String((n % 28) + 1).padStart(2, '0')}`))];
    const line = axis(marks)!;
    expect([line.unit, line.earlier, line.later]).toEqual(['day', 1, 0]);
    expect(counted(line, marks).reduce((sum, bin) => sum + bin.on + bin.by, 0)).toBe(60);
    expect(axis(marks, true)).toMatchObject({ unit: 'year', earlier: 0, later: 0 });
  });
  it('have none where no day is known', () => expect(axis([mark(0, null, null)])).toBeNull());
  it('are within a range when they can have been', () => {
    expect(within(mark(0, null, '2017-09-03'), '2017-09-01', '2017-09-02')).toBe(true);
    expect(within(mark(0, '2017-09-04', '2017-09-05'), '2017-09-01', '2017-09-03')).toBe(false);
    expect(within(mark(0, null, null), '2017-09-01', null)).toBe(true);
  });
  it('move by bins and stay on the axis', () => {
    const line = axis([mark(0, '2017-09-01', '2017-09-01'), mark(1, '2017-09-04', '2017-09-04')])!;
    expect(moved(line, utc('2017-09-01'), 2)).toBe('2017-09-03');
    expect(moved(line, utc('2017-09-04'), 9)).toBe('2017-09-04');
    expect(moved(line, utc('2017-09-01') - 9 * DAY, -1)).toBe('2017-09-01');
  });
});

const account = (id: string, source: string, said: string | null, low: number | null, high: number | null, best: number | null = null): AccountItem =>
  ({ id, source, said, low, high, best, published: null, party_id: source }) as AccountItem;

describe('figures over time', () => {
  const told = [account('a', 'one', '2017-09-02', 5, 5, 5), account('b', 'two', '2017-09-01', 9, null), account('c', 'one', '2017-09-02', 7, 7, 7), account('d', 'two', null, 1, 1, 1), account('e', 'three', '2017-09-01', null, null)];
  it('stand in the order of telling, with a shape per source, and apart where no date is known', () => {
    const made = series(told, []);
    expect(made.points.map((point) => point.account.id)).toEqual(['b', 'a', 'c']);
    expect(made.points.map((point) => point.shape)).toEqual([1, 0, 0]);
    expect(made.points[0]).toMatchObject({ value: 9, high: null });
    expect(made.undated.map((each) => each.id)).toEqual(['d']);
    expect(made.points.slice(1).map(aside)).toEqual([-0.25, 0.25]);
  });
  it('are joined within one source only', () => {
    const link = (from: string, to: string, relation: string) => ({ from, to, relation, id: `${from}${to}`, reason: '' }) as never;
    const made = series(told, [link('c', 'a', 'revises'), link('b', 'a', 'revises'), link('c', 'b', 'contradicts')]);
    expect(made.joins.map((join) => [join.from.account.id, join.to.account.id, join.relation])).toEqual([['a', 'c', 'revises']]);
  });
  it('have an axis from 0 unless all lie close together far from it', () => {
    expect(reach([{ low: 5, high: 10 }])[0]).toBe(0);
    expect(reach([{ low: 95, high: 100 }])[0]).toBeGreaterThan(90);
    expect(reach([{ low: 10, high: null }])[1]).toBeGreaterThan(11);
    expect(reach([])).toEqual([0, 1]);
    expect(reach([{ low: 7, high: 7 }])[0]).toBe(0);
  });
});

describe('a sketch of a group', () => {
  const marks = [['2017-09-01', 'killed', 3, 3, 3, 1, ['Brenk']], ['2017-09-01', 'killed', 5, null, null, 2, []], ['2017-09-02', 'stock', 7, 8, 7, 1, []], ['2017-09-02', 'killed', 4, 4, 4, 1, []]] as GroupSketch['marks'];
  it('has one mark a day and kind, open where one is, and no best of several', () => {
    expect(merged({ id: 'g', name: 'g', unit: 'u', marks })).toEqual([
      { at: '2017-09-01', kind: 'killed', low: 3, high: null, best: null, count: 3, places: [['Brenk'], []] },
      { at: '2017-09-02', kind: 'stock', low: 7, high: 8, best: 7, count: 1, places: [[]] },
      { at: '2017-09-02', kind: 'killed', low: 4, high: 4, best: 4, count: 1, places: [[]] },
    ]);
  });
  it('tells the latest of each kind, and the reach of all', () => {
    const told = latest(merged({ id: 'g', name: 'g', unit: 'u', marks }), 4);
    expect(told.map((each) => [each.kind, each.last.low, each.count, each.told, each.differ])).toEqual([['stock', 7, 1, { low: 7, high: 8 }, false], ['killed', 4, 4, { low: 3, high: null }, true]]);
  });
});

describe('steps of a group', () => {
  const step = (kind: string, at: string | null, low: number | null, high: number | null, more: Partial<StepItem> = {}): StepItem =>
    ({ kind, at, low, high, best: null, assumptions: [], without_assumptions: { low, high }, ...more }) as StepItem;
  it('are parted, and none without a date or bound is drawn', () => {
    const group = { steps: [step('killed', '2017-09-02', 1, 2), step('stock', '2017-09-01', 5, 5), step('stock', null, 5, 5), step('remaining', '2017-09-01', null, null), step('somehow', '2017-09-01', 1, 1)] } as GroupItem;
    expect(panels(group).map((panel) => [panel.part, panel.steps.map((each) => each.n)])).toEqual([['stock', [1, 4]], ['harm', [0]]]);
  });
  it('show bounds without assumptions only where they differ', () => {
    expect(plainOf(step('killed', null, 1, 2))).toBeNull();
    expect(plainOf(step('killed', null, 1, 2, { assumptions: ['x'] }))).toBeNull();
    expect(plainOf(step('killed', null, 1, 2, { assumptions: ['x'], without_assumptions: { low: 1, high: null } as never }))).toEqual({ low: 1, high: null });
  });
});

describe('marks of a crowded small chart', () => {
  const at = { x: (it: { value: number }) => it.value, y: (value: number) => value, edges: [0, 100] as const };
  const told = (kind: string, low: number | null, high: number | null, best: number | null = null) => ({ kind, low, high, best, value: best ?? low ?? high ?? 0 });
  it('are drawn together where they look the same, none is left out', () => {
    const made = strokes([told('killed', 1, 1), told('killed', 5, 5), told('injured', 2, 9), told('injured', null, 9)], () => false, at);
    expect(made.map((each) => [each.kind, each.look, each.d.split('M').length - 1])).toEqual([
      ['injured', 'bar', 1], ['injured', 'open', 1], ['killed', 'end', 2], ['injured', 'hollow', 3],
    ]);
    expect(made.find((each) => each.look === 'open')?.d).toBe('M9,0V9');
  });
  it('that stand back are under the others', () => {
    const made = strokes([told('killed', 1, 1), told('killed', 7, 7)], (it) => it.value === 7, at);
    expect(made.map((each) => each.back)).toEqual([true, false]);
  });
});
