import { expect, it } from 'vitest';
import { fitting, folded } from '../src/lib/names';
import { fileName, size } from '../src/lib/save';
import { date } from '../src/lib/format';
import type { PartyLine } from '../src/lib/types';

const line = (name: string, represents: string | null = null, aliases: string[] = []): PartyLine => ({
  id: `p-${name}`, name, type: 'person', represents, aliases, statements: 0, reports: 1, possibly_same: 0,
});

it('marks and cases make no difference', () => {
  expect(folded('Šalé ÉLAN')).toBe('sale elan');
  expect(folded('كِتَاب')).toBe('كتاب');
});
it('what begins so comes first, other names later, and order is kept among equals', () => {
  const all = [line('Old Guard'), line('Guard North'), line('Guard South'), line('Whitlow', null, ['Guard colonel'])];
  expect(fitting(all, 'guard').map((each) => each.name)).toEqual(['Guard North', 'Guard South', 'Whitlow', 'Old Guard']);
  expect(fitting(all, 'south guard').map((each) => each.name)).toEqual(['Guard South']);
  expect(fitting(all, '  ')).toHaveLength(4);
  expect(fitting(all, 'nobody')).toEqual([]);
});
it('a file keeps the name that the server gives, whatever its signs', () => {
  expect(fileName(`attachment; filename="_-brief.html"; filename*=UTF-8''%D8%B3-brief.html`, 'x')).toBe('س-brief.html');
  expect(fileName(`attachment; filename="a-csv.zip"; filename*=UTF-8''%E0%A4%A`, 'x')).toBe('a-csv.zip');
  expect(fileName(null, 'brief.html')).toBe('brief.html');
  expect([size(900), size(2048), size(3 * 1024 ** 2)]).toEqual(['900 B', '2 kB', '3.0 MB']);
});
it.each([
  ['2019-05-03', '3 May 2019'],
  ['2019-05', 'May 2019'],
  ['2019', '2019'],
  ['201X', '2010s'],
  ['19XX', '1900s'],
  ['2019-XX', '2019, date not told'],
  ['2019-05-XX', 'May 2019, day not told'],
  ['2019-22', 'summer 2019'],
  ['../2019-05-03', 'until 3 May 2019'],
  ['2019-05-03/..', '3 May 2019 or later'],
  ['2019-05-03/2019-06', '3 May 2019 to Jun 2019'],
  ['2019-05-03~', 'about 3 May 2019'],
  ['2019-05?', 'May 2019 (uncertain)'],
])('the date %s is said as "%s"', (edtf, said) => expect(date(edtf)).toBe(said));
it('no date is no date', () => expect(date(null)).toBe('date not known'));
