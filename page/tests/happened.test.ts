import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { holds } from '../src/brief/told';
import { unpacked } from '../src/brief/unpack';
import { byName, days, grouped, persons, through } from '../src/lib/happened';
import type { AccessItem, VictimItem } from '../src/lib/types';

const access = (id: string, when: string | null, published: string | null, state: string): AccessItem => ({ id, when, published, state }) as AccessItem;
const victim = (id: string, name: string | null): VictimItem => ({ id, name }) as VictimItem;

describe('what is told to have happened', () => {
  it.each([
    ['open', true], ['closed', false], ['hit', false], ['damaged', false], ['let through', true], ['blocked', false], ['delivered', true], ['arrived', true],
    ['not open', false], ['not closed', true], ['not hit', true], ['not blocked', true], ['not delivered', false], ['not arrived', false],
  ])('%s says that something gets through: %s', (state, yes) => {
    expect(through(state)).toBe(yes);
  });
  it('stands by day, accounts of one day beside each other', () => {
    const made = days([
      access('c', null, null, 'open'), access('b', null, '2031-03-02', 'blocked'), access('a', '2031-03-02', '2031-03-04', 'let through'), access('d', null, '2031-03-01', 'hit'),
    ]);
    expect(made.map((day) => [day.when, day.told, day.yes.map((each) => each.id), day.no.map((each) => each.id)])).toEqual([
      ['2031-03-01', true, [], ['d']],
      ['2031-03-02', false, ['a'], ['b']],
      [null, true, ['c'], []],
    ]);
  });
  it('has tellings of one name beneath each other, and joins nobody who is only described', () => {
    const ordered = byName([victim('1', null), victim('2', 'Miro'), victim('3', 'Ada'), victim('4', 'miro'), victim('5', null)]);
    expect(persons(ordered).map((them) => them.map((each) => each.id))).toEqual([['3'], ['2', '4'], ['1'], ['5']]);
    expect(grouped([3, 1, 3], String)).toEqual([['3', [3, 3]], ['1', [1]]]);
  });
  it('is found by its own words, not by the ids that it has', () => {
    const it = { id: 'hm-1', anchor: 'harm-1', place: 'Ténéré', figures: [{ group: 'people', words: { passage: 'r1-2-3', text: 'nine people' } }] };
    expect(['', 'tenere', 'NINE people', 'people ténéré'].map((typed) => holds(it, typed))).toEqual([true, true, true, true]);
    expect(['hm-1', 'r1-2-3', 'eleven people'].map((typed) => holds(it, typed))).toEqual([false, false, false]);
  });
});

it('the data of a brief are unpacked as they were, whatever script they are in', async () => {
  const data = { brief: { name: '</script><!-- сводка 🕊️ نديم' }, maps: null };
  expect(await unpacked(` ${gzipSync(JSON.stringify(data)).toString('base64')}\n`)).toEqual(data);
});
