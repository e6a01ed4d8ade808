/** A report's annotations as marks on its text: which layer, which words, and whether a person has decided on it. */
import type { ReportView, Span } from './types';

export const LAYERS = ['statement', 'quantity', 'claim', 'time', 'place', 'mention'] as const;
export type Layer = (typeof LAYERS)[number];
export type Part = 'source' | 'cue' | 'content' | 'whole';
/** What became of a reading: `machine` is a proposal that nobody has looked at yet. */
export type Status = 'machine' | 'accepted' | 'corrected' | 'added' | 'rejected';
export type Fields = Record<string, unknown> & { id: string; confidence: number };
export type Piece = { span: Span; part: Part };
export type Note = { id: string; layer: Layer; pieces: Piece[]; at: number; status: Status; confidence: number; fields: Fields };

const FIELD = { statement: 'statements', quantity: 'quantities', claim: 'claims', time: 'times', place: 'places', mention: 'mentions' } as const;
const known: readonly string[] = ['accepted', 'corrected', 'added', 'rejected'];

/** Every annotation of a report in text order; the report's own voice has no words and is none of them. */
export function notes(view: ReportView, rejected = true): Note[] {
  const made: Note[] = [];
  for (const layer of LAYERS) {
    for (const each of view[FIELD[layer]] as unknown as Fields[]) {
      if (each['voice'] !== 'report') made.push(note(layer, each, view.status[each.id]));
    }
  }
  if (rejected) for (const each of view.rejected) made.push(note(each.layer as Layer, each.annotation as Fields, 'rejected'));
  return made.filter((each) => each.pieces.length).sort((a, b) => a.at - b.at || LAYERS.indexOf(a.layer) - LAYERS.indexOf(b.layer));
}

function note(layer: Layer, fields: Fields, status: string | undefined): Note {
  const pieces = piecesOf(layer, fields);
  const at = Math.min(...pieces.map((piece) => piece.span[0]));
  const told = known.includes(status ?? '') ? (status as Status) : 'machine';
  return { id: fields.id, layer, pieces, at, status: told, confidence: fields.confidence, fields };
}

function piecesOf(layer: Layer, fields: Fields): Piece[] {
  const of = (name: string, part: Part): Piece[] => ((fields[name] as Span[] | undefined) ?? []).map((span) => ({ span, part }));
  if (layer === 'statement') return [...of('source', 'source'), ...of('cue', 'cue'), ...of('content', 'content')];
  if (layer === 'claim') return of('evidence', 'whole');
  return [{ span: [fields['start'] as number, fields['end'] as number], part: 'whole' }];
}

/** The spans that an annotation's words are quoted by: what a statement says, not who says it. */
export function spoken(it: Note): Span[] {
  const content = it.pieces.filter((piece) => piece.part === 'content');
  return (content.length ? content : it.pieces).map((piece) => piece.span);
}

/** What holds a point, the shortest first, so that the inner of two is picked first. */
export function holding(all: readonly Note[], point: number): Note[] {
  const found: { note: Note; length: number }[] = [];
  for (const each of all) {
    if (each.at > point) break;
    const piece = each.pieces.find(({ span }) => span[0] <= point && point < span[1]);
    if (piece) found.push({ note: each, length: piece.span[1] - piece.span[0] });
  }
  return found.sort((a, b) => a.length - b.length).map((each) => each.note);
}

/** The one that is least sure and not decided on; after that one, the next. */
export function unsure(all: readonly Note[], after: string | null): Note | undefined {
  const open = all.filter((each) => each.status === 'machine').sort((a, b) => a.confidence - b.confidence || a.at - b.at);
  const at = open.findIndex((each) => each.id === after);
  return open[(at + 1) % (open.length || 1)];
}
