/**
 * The one border between the record's code points and the browser's UTF-16 units.
 *
 * Offsets of the API count code points; offsets of DOM text count UTF-16 units. Nothing else converts.
 */
export class Offsets {
  readonly #astral: number[] = [];
  readonly length: number;

  /** `text` is a report's text layer, as it came. */
  constructor(readonly text: string) {
    let points = 0;
    for (let unit = 0; unit < text.length; points++) {
      const wide = (text.codePointAt(unit) ?? 0) > 0xffff;
      if (wide) this.#astral.push(points);
      unit += wide ? 2 : 1;
    }
    this.length = points;
  }

  /** Code points before an offset that take two units, found by halving. */
  #before(point: number): number {
    let [low, high] = [0, this.#astral.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#astral[middle] ?? 0) < point) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The UTF-16 offset of a code point's. */
  unit(point: number): number {
    return point + this.#before(point);
  }

  /** The code-point offset of a UTF-16 one; one inside a surrogate pair counts as the pair's begin. */
  point(unit: number): number {
    let [low, high] = [0, this.#astral.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#astral[middle] ?? 0) + middle < unit) low = middle + 1;
      else high = middle;
    }
    const point = unit - low;
    const last = this.#astral[low - 1];
    return last !== undefined && last + (low - 1) === unit - 1 ? last : point;
  }

  /** The words of a span in code points. */
  slice([start, end]: readonly [number, number]): string {
    return this.text.slice(this.unit(start), this.unit(end));
  }
}
