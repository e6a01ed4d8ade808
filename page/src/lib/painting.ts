/** Painting marks on text by the CSS Custom Highlight API: no element is made, however many marks there are. */
import type { Note } from './layers';
import type { Offsets } from './offsets';

/** A line of a report's text: its one text node, and the UTF-16 offset at which it begins. */
export type Line = { node: Text; begin: number };
type At = [node: Text, offset: number];

export const canPaint = (): boolean => typeof CSS !== 'undefined' && 'highlights' in CSS;

/** The text node and offset in it of a UTF-16 offset of the whole; the end of a line rather than the next's begin. */
export function nodeAt(lines: readonly Line[], unit: number, end: boolean): At | null {
  let [low, high] = [0, lines.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const begin = lines[middle]?.begin ?? 0;
    if (begin < unit || (!end && begin === unit)) low = middle;
    else high = middle - 1;
  }
  const line = lines[low];
  return line ? [line.node, Math.min(Math.max(0, unit - line.begin), line.node.length)] : null;
}

/** The DOM range of a span in code points. */
export function rangeOf(lines: readonly Line[], offsets: Offsets, [start, end]: readonly [number, number]): Range | null {
  const [from, to] = [nodeAt(lines, offsets.unit(start), false), nodeAt(lines, offsets.unit(end), true)];
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

/** The class of highlight of a piece: layer and part, and whether a person stands behind it. */
function classOf(it: Note, part: string): string {
  const sure = it.status === 'machine' ? 'read' : it.status === 'rejected' ? 'out' : 'sure';
  return it.layer === 'statement' ? `${part}-${sure}` : `${it.layer}-${sure}`;
}

const painted = new Set<string>();

/** Paint these notes, and nothing else; `picked` stands out, `found` are words that an address points at. */
export function paint(lines: readonly Line[], offsets: Offsets, shown: readonly Note[], picked: Note | null, found: readonly (readonly [number, number])[]): void {
  if (!canPaint()) return;
  const ranges = new Map<string, Range[]>();
  const put = (name: string, span: readonly [number, number]): void => {
    const range = rangeOf(lines, offsets, span);
    if (range) ranges.set(name, [...(ranges.get(name) ?? []), range]);
  };
  const grouped = new Map<string, (readonly [number, number])[]>();
  for (const each of shown) {
    for (const piece of each.pieces) {
      const name = classOf(each, piece.part);
      const held = grouped.get(name);
      if (held) held.push(piece.span);
      else grouped.set(name, [piece.span]);
    }
  }
  for (const [name, spans] of grouped) {
    const made = spans.map((span) => rangeOf(lines, offsets, span)).filter((range) => range !== null);
    ranges.set(name, made);
  }
  for (const span of found) put('found', span);
  for (const piece of picked?.pieces ?? []) put('picked', piece.span);
  clear();
  for (const [name, made] of ranges) {
    const highlight = new Highlight(...made);
    highlight.priority = name === 'picked' ? 30 : name === 'found' ? 20 : name.startsWith('content') ? 0 : 10;
    CSS.highlights.set(name, highlight);
    painted.add(name);
  }
}

export function clear(): void {
  if (!canPaint()) return;
  for (const name of painted) CSS.highlights.delete(name);
  painted.clear();
}

/** The UTF-16 offset of the whole text under a point of the screen, or null where there is no text. */
export function unitUnder(lines: readonly Line[], x: number, y: number): number | null {
  const at = document.caretPositionFromPoint?.(x, y);
  if (!at || !(at.offsetNode instanceof Text)) return null;
  const line = lines.find((each) => each.node === at.offsetNode);
  return line ? line.begin + at.offset : null;
}
