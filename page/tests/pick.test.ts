import { describe, expect, it } from 'vitest';
import { any, clockFits, contested, disputeFits, disputesOf, eventFits, picked, stepFits, type Pick } from '../src/lib/chart/pick';
import type { ClockItem, DisputeLine, Mark } from '../src/lib/types';

const none: Pick = { from: null, to: null, place: null, dispute: null };
const marks: Mark[] = [
  [0, '2017-09-01', '2017-09-01', 'p1', 'in1', 'd1'],
  [1, null, '2017-09-05', 'p2', 'in2', null],
  [2, '2017-09-09', '2017-09-09', null, null, null],
];
const lines = [
  { id: 'd1', incident: 'in1', place: 'p1', first: '2017-09-02', last: '2017-09-04' },
  { id: 'd2', incident: 'in1', place: 'p1', first: '2017-09-08', last: null },
  { id: 'd3', incident: null, place: null, first: null, last: null },
] as DisputeLine[];

describe('what is picked', () => {
  it('comes out of the address, in order, without what is no day', () => {
    const made = picked((name) => new URLSearchParams('from=2017-09-09&to=2017-09-01&place=p1').get(name));
    expect(made).toEqual({ from: '2017-09-01', to: '2017-09-09', place: 'p1', dispute: null });
    expect(any(picked((name) => (name === 'from' ? 'yesterday' : null)))).toBe(false);
  });
  it('keeps the events that can have been then and there', () => {
    const kept = (pick: Partial<Pick>): number[] => marks.filter(eventFits({ ...none, ...pick }, lines)).map((mark) => mark[0]);
    expect(kept({})).toEqual([0, 1, 2]);
    expect(kept({ from: '2017-09-02', to: '2017-09-03' })).toEqual([1]);
    expect(kept({ place: 'p1' })).toEqual([0]);
    expect(kept({ dispute: 'd2' })).toEqual([0]);
    expect(kept({ dispute: 'nowhere' })).toEqual([]);
  });
  it('keeps the disputes told then, or about what can have been then', () => {
    const kept = (pick: Partial<Pick>): string[] => lines.filter(disputeFits({ ...none, ...pick }, marks)).map((line) => line.id);
    expect(kept({})).toEqual(['d1', 'd2', 'd3']);
    expect(kept({ from: '2017-09-03', to: '2017-09-03' })).toEqual(['d1']);
    expect(kept({ from: '2017-09-01', to: '2017-09-01' })).toEqual(['d1', 'd2']);
    expect(kept({ place: 'p2' })).toEqual([]);
  });
  it('shows the first of the disputes that belong to it, and always one that is picked itself', () => {
    const all = contested([['d1', 'p1', 'in1', '2017-09-02', '2017-09-04'], ['d2', 'p1', 'in1', '2017-09-08', null], ['d3', null, null, null, null]]);
    expect(disputesOf(none, marks, all, 2)).toEqual({ kept: 3, shown: ['d1', 'd2'] });
    expect(disputesOf({ ...none, dispute: 'd3' }, marks, all, 1)).toEqual({ kept: 3, shown: ['d1', 'd3'] });
    expect(disputesOf({ ...none, place: 'p1', dispute: 'd3' }, marks, all, 1)).toEqual({ kept: 3, shown: ['d1', 'd3'] });
    expect(disputesOf({ ...none, place: 'p2' }, marks, all, 2)).toEqual({ kept: 0, shown: [] });
  });
  it('keeps steps of those days and that place', () => {
    const step = ['2017-09-03', ['Brenk']] as const;
    expect(stepFits({ ...none, from: '2017-09-03' }, null)(...step)).toBe(true);
    expect(stepFits({ ...none, from: '2017-09-04' }, null)(...step)).toBe(false);
    expect(stepFits({ ...none, place: 'p1' }, 'Brenk')(...step)).toBe(true);
    expect(stepFits({ ...none, place: 'p1' }, 'Tarvel')(...step)).toBe(false);
  });
  it('keeps what still lasted then', () => {
    const lasting = { since: '2017-09-01', until: null } as ClockItem;
    const ended = { since: '2017-09-01', until: '2017-09-02' } as ClockItem;
    expect(clockFits({ ...none, from: '2017-09-05' })(lasting)).toBe(true);
    expect(clockFits({ ...none, from: '2017-09-05' })(ended)).toBe(false);
    expect(clockFits({ ...none, to: '2017-08-05' })(lasting)).toBe(false);
  });
});
