import { expect, it } from 'vitest';
import { Offsets } from '../src/lib/offsets';

it.each(['plain', 'a👩‍👩‍👧b', 'é\u0301x', 'سلام 🕊️ عليكم', '👍', ''])('code points and units of %j go there and back', (text) => {
  const offsets = new Offsets(text);
  const points = [...text];
  expect(offsets.length).toBe(points.length);
  for (let n = 0; n <= points.length; n++) {
    expect(offsets.unit(n)).toBe(points.slice(0, n).join('').length);
    expect(offsets.point(offsets.unit(n))).toBe(n);
    expect(offsets.slice([0, n])).toBe(points.slice(0, n).join(''));
  }
});
it('an offset inside a pair is its begin', () => expect(new Offsets('a👍b').point(2)).toBe(1));
