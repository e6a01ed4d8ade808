import { describe, expect, it } from 'vitest';
import { axis, bar, dayNumber, heaps, isoDay } from '../src/lib/days';

it('days are counted as they are in the calendar', () => {
  expect(dayNumber('1970-01-02')).toBe(1);
  expect(dayNumber('2024-03-01')! - dayNumber('2024-02-28')!).toBe(2);
  expect(dayNumber('0099-01-01')).toBeLessThan(dayNumber('1900-01-01')!);
  expect([dayNumber('2019'), dayNumber('2019-05')].map((day) => isoDay(day!))).toEqual(['2019-01-01', '2019-05-01']);
  expect([dayNumber(null), dayNumber(''), dayNumber('soon')]).toEqual([null, null, null]);
});

describe('a bar of uncertainty', () => {
  const of = axis([['2019-05-01', 2], ['2019-05-10', 1]])!;
  it('covers its days, both included', () => {
    expect(bar(of, '2019-05-01', '2019-05-01')).toEqual({ start: 0, width: 0.1, openStart: false, openEnd: false });
    expect(bar(of, '2019-05-06', '2019-05-10')).toEqual({ start: 0.5, width: 0.5, openStart: false, openEnd: false });
  });
  it('is open where no day bounds it, and where it goes beyond the axis', () => {
    expect(bar(of, null, '2019-05-05')).toEqual({ start: 0, width: 0.5, openStart: true, openEnd: false });
    expect(bar(of, '2019-05-06', null)).toMatchObject({ start: 0.5, openEnd: true });
    expect(bar(of, '2019-01-01', '2020-01-01')).toEqual({ start: 0, width: 1, openStart: true, openEnd: true });
  });
  it('is none where no day is known: unknown is not the whole axis', () => {
    expect(bar(of, null, null)).toBeNull();
    expect(axis([])).toBeNull();
  });
});

describe('heaps of days', () => {
  it('lose nothing and stay within their number', () => {
    for (const years of [0.02, 0.3, 2, 9, 60, 400]) {
      const days = Array.from({ length: 200 }, (_, n): [string, number] => [isoDay(dayNumber('1950-03-05')! + Math.floor(n * years * 1.83)), (n % 3) + 1]);
      const made = heaps(days, 48);
      expect(made.reduce((sum, each) => sum + each.count, 0)).toBe(days.reduce((sum, [, n]) => sum + n, 0));
      expect(made.length).toBeLessThanOrEqual(50);
      made.forEach((each, n) => n && expect(dayNumber(each.begin)).toBe(dayNumber(made[n - 1]!.end)! + 1));
    }
  });
  it('keep empty days between others, so that a gap is seen', () => {
    expect(heaps([['2019-05-01', 2], ['2019-05-04', 1]]).map((each) => each.count)).toEqual([2, 0, 0, 1]);
  });
});
