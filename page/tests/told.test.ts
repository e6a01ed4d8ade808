import { describe, expect, it } from 'vitest';
import { around, pieces, segments, Told } from '../src/brief/told';
import type { Brief } from '../src/lib/types';

const none = { from: null, to: null, place: null, dispute: null };
const account = (said: string | null) => ({ id: `a${said}`, said, published: '2031-03-09', words: { report: 'r', pieces: [[10, 12]], text: 'xx' } });
const brief = {
  undated: 0, rests_on: {}, clock: [], figures: [], findings: [{ status: 'disputed' }, { status: 'disputed' }, { status: 'reported' }],
  disputes: [{ id: 'd1', kind: 'number', status: 'divergent', incident: 'i1', place: 'p1', sides: [{ answer: '1', accounts: [account('2031-03-05'), account(null)] }] }, { id: 'd2', incident: 'i1', place: null, sides: [] }],
  timeline: [{ id: 'e1', earliest: '2031-03-04', latest: '2031-03-04', incident: 'i1', place: 'p1', words: { text: 'a', report: 'r', span: [0, 1] } }, { id: 'e2', earliest: null, latest: '2031-03-06', incident: null, place: null, words: { text: null, report: 'r', span: [1, 2] } }],
  places: [{ id: 'p1', name: 'Brenk', words: [{ report: 'r' }] }, { id: 'p2', name: 'Tarvel', words: [] }],
  access: [{}, {}], harm: [{}], victims: [], agreements: [{}],
  ledger: { groups: [{ id: 'g', name: 'g', unit: 'x', steps: [{ at: '2031', low: 1, high: 2, text: 'last' }] }] },
  reports: [{ id: 'r', number: 3, text: '0123456789xx after', passages: [{ id: 'r3-10-12', start: 10, end: 12 }] }],
} as unknown as Brief;

describe('the brief tells what the server would', () => {
  const told = new Told(brief);
  it('of disputes, events and places', () => {
    expect(told.disputes[0]).toMatchObject({ place_name: 'Brenk', first: '2031-03-05', last: '2031-03-09', accounts: 2, reports: 1 });
    expect(told.marks).toEqual([[0, '2031-03-04', '2031-03-04', 'p1', 'i1', 'd1'], [1, null, '2031-03-06', null, null, null]]);
    expect(told.places.map((each) => [each.name, each.events, each.disputes, each.reports])).toEqual([['Brenk', 1, 1, 1], ['Tarvel', 0, 0, 0]]);
    expect(told.related(brief.disputes[1]!).map((each) => each.id)).toEqual(['d1']);
    expect(told.overview(null)).toMatchObject({ findings: { disputed: 2, reported: 1 }, divergent: 1, more_groups: 0, told_of: { access: 2, harm: 1, victims: 0, agreements: 1 } });
    expect(told.groups()[0]).toMatchObject({ steps: 1, text: 'last', high: 2 });
  });
  it('of what is picked', () => {
    expect(told.events(none).total).toBe(2);
    expect(told.events({ ...none, place: 'p1' }).events.map((each) => each.id)).toEqual(['e1']);
    expect(told.events({ ...none, from: '2031-03-05' }).events.map((each) => [each.id, each.text])).toEqual([['e2', '']]);
  });
  it('of the words around, as they stand in this copy', () => {
    expect(told.around(brief.disputes[0]!)['anull']).toEqual(['0123456789', ' after']);
    const masked = { ...brief, reports: [{ ...brief.reports[0]!, text: 'person 1 xx', passages: [{ id: 'r3-10-12', start: 9, end: 11 }] }] } as unknown as Brief;
    expect(new Told(masked).around(masked.disputes[0]!)['anull']).toEqual(['person 1 ', '']);
    const bare = { ...brief, reports: [{ ...brief.reports[0]!, text: null }] } as unknown as Brief;
    expect(new Told(bare).around(bare.disputes[0]!)).toEqual({});
  });
});

describe('texts', () => {
  it('are cut at passages, counted in code points, whatever overlaps', () => {
    const text = 'a🌊bcd قال';
    const made = segments(text, [{ start: 0, end: 3 }, { start: 1, end: 2 }, { start: 2, end: 5 }, { start: 4, end: 99 }]);
    expect(made.map((each) => each.text).join('')).toBe(text);
    expect(made.map((each) => [each.text, each.passages])).toEqual([['a', [0]], ['🌊', [0, 1]], ['b', [0, 2]], ['cd', [2]], [' قال', []]]);
    expect(segments('', [])).toEqual([]);
  });
  it('are cut between words around a span', () => {
    const [before, after] = around(`${'word '.repeat(60)}HERE ${'word '.repeat(60)}\n\nno`, 300, 304);
    expect(before).toMatch(/^…word .*word $/);
    expect(after).toMatch(/^ word .*word…$/);
    expect(around('one\n\ntwo', 5, 8)).toEqual(['', '']);
    expect(pieces([[1, 2], [5, 6]], 7)).toEqual(new Set(['r7-1-2', 'r7-5-6']));
  });
});
