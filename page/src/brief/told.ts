/** What the page's views are told by the server, told by the payload of the brief instead: from what it holds, and no more. */
import type { Brief, ClockItem, DisputeItem, DisputeLine, EventItem, EventLine, Events, GroupLine, Mark, Overview, PlaceItem, PlaceLine, ReportItem, StillMap, Words } from '../lib/types';
import { any, eventFits, type Pick } from '../lib/chart/pick';
import { sketch } from '../lib/chart/sketch';
import { folded } from '../lib/names';
import { Offsets } from '../lib/offsets';

export type Payload = { brief: Brief; maps: { told: StillMap | null; all: StillMap | null } };
type Around = Record<string, readonly [string, string]>;

const GROUPS = 6;
const AROUND = 160;
const EVENTS = 60;

export class Told {
  readonly #places: Map<string, PlaceItem>;
  readonly #events = new Map<string, number>();
  readonly #about = new Map<string, string>();
  readonly disputes: DisputeLine[];
  readonly marks: Mark[];
  readonly places: PlaceLine[];

  constructor(readonly brief: Brief) {
    this.#places = new Map(brief.places.map((each) => [each.id, each]));
    for (const each of brief.disputes) if (each.incident && !this.#about.has(each.incident)) this.#about.set(each.incident, each.id);
    this.disputes = brief.disputes.map((each) => this.#line(each));
    this.marks = brief.timeline.map((each, n) => [n, each.earliest, each.latest, each.place, each.incident, this.#about.get(each.incident ?? '') ?? null]);
    for (const [, , , place] of this.marks) if (place) this.#events.set(place, (this.#events.get(place) ?? 0) + 1);
    this.places = brief.places.map((each) => this.#place(each));
  }

  placeName(id: string | null): string | null {
    return this.#places.get(id ?? '')?.name ?? null;
  }

  overview(map: StillMap | null): Omit<Overview, 'axes' | 'head' | 'name'> {
    const { brief } = this;
    const groups = [...brief.ledger.groups].sort((a, b) => b.steps.length - a.steps.length);
    const findings: Record<string, number> = {};
    for (const each of brief.findings) findings[each.status] = (findings[each.status] ?? 0) + 1;
    return {
      contested: this.disputes.map(({ id, place, incident, first, last }) => [id, place, incident, first, last]),
      undated: brief.undated, rests_on: brief.rests_on, disputes: this.disputes, divergent: this.disputes.filter((each) => each.status === 'divergent').length,
      groups: groups.slice(0, GROUPS).map(sketch), more_groups: Math.max(0, groups.length - GROUPS), clock: brief.clock as ClockItem[], more_clock: 0, marks: this.marks,
      places: this.places.filter((each) => each.events || each.disputes), map, findings, waiting: 0,
      told_of: { access: brief.access.length, harm: brief.harm.length, victims: brief.victims.length, agreements: brief.agreements.length },
    };
  }

  /** Events that belong to what is picked. */
  events(pick: Pick, most = EVENTS): Events {
    const kept = any(pick) ? this.marks.filter(eventFits(pick, this.disputes)) : this.marks;
    const shown = kept.slice(0, most).flatMap(([n]) => this.brief.timeline[n] ?? []);
    const days = new Map<string, number>();
    for (const [, earliest, latest] of kept) {
      const day = (earliest ?? latest)?.slice(0, 10);
      if (day) days.set(day, (days.get(day) ?? 0) + 1);
    }
    return { total: kept.length, days: [...days].sort(), events: shown.map((each) => this.event(each)) };
  }

  event(it: EventItem): EventLine {
    return {
      id: it.id, text: it.words.text ?? '', when: it.when, earliest: it.earliest, latest: it.latest, bounds: 'stated', dates: it.when ? [it.when] : [], dates_agree: true, incident: it.incident, place: it.place, place_name: this.placeName(it.place),
      dispute: this.#about.get(it.incident ?? '') ?? null, source: it.source, modality: it.modality, polarity: it.polarity, report: it.words.report, span: it.words.span, told: 1,
    };
  }

  related(dispute: DisputeItem): DisputeLine[] {
    return dispute.incident ? this.disputes.filter((each) => each.incident === dispute.incident && each.id !== dispute.id) : [];
  }

  /** The text around the words of each account, from the texts as they stand in this brief; none where they are withheld. */
  around(dispute: DisputeItem): Around {
    return this.aroundAll(dispute.sides.flatMap((side) => side.accounts));
  }

  aroundAll(things: readonly { id: string; words: Words }[]): Around {
    const made: Around = {};
    for (const { id, words } of things) {
      const report = this.report(words.report);
      const shown = report && pieces(words.pieces, report.number);
      const inside = report?.passages.filter((each) => shown?.has(each.id)) ?? [];
      if (!report?.text || !inside.length) continue;
      made[id] = around(report.text, Math.min(...inside.map((each) => each.start)), Math.max(...inside.map((each) => each.end)));
    }
    return made;
  }

  report(id: string | null): ReportItem | undefined {
    return this.brief.reports.find((each) => each.id === id);
  }

  groups(): GroupLine[] {
    return this.brief.ledger.groups.map((each) => {
      const last = each.steps.at(-1);
      return { id: each.id, name: each.name, unit: each.unit, steps: each.steps.length, at: last?.at ?? null, low: last?.low ?? null, high: last?.high ?? null, text: last?.text ?? '' };
    });
  }

  #line(it: DisputeItem): DisputeLine {
    const accounts = it.sides.flatMap((side) => side.accounts);
    const dates = accounts.flatMap((each) => each.said ?? each.published ?? []).sort();
    return {
      id: it.id, question: it.question, kind: it.kind, status: it.status, incident: it.incident, place: it.place, place_name: this.placeName(it.place),
      answers: it.sides.map(({ answer, verbatim, parties, low, high, origins }) => ({ answer, verbatim, parties, low, high, origins })),
      first: dates[0] ?? null, last: dates.at(-1) ?? null, accounts: accounts.length, reports: new Set(accounts.map((each) => each.words.report)).size, entry: 0,
    };
  }

  #place(it: PlaceItem): PlaceLine {
    const { id, name, country, lat, lon, radius_km, feature, mentions } = it;
    return {
      id, name, country, lat, lon, radius_km, feature, mentions, reports: new Set(it.words.map((each) => each.report)).size,
      events: this.#events.get(id) ?? 0, disputes: this.disputes.filter((each) => each.place === id).length,
    };
  }
}

/** Ids of the passages that show words: the report's number, and where each piece stands in the report's own text. */
export function pieces(of: readonly (readonly number[])[], number: number): Set<string> {
  return new Set(of.map(([start, end]) => `r${number}-${start}-${end}`));
}

/** The text of the same paragraph before and after a span in code points, cut between words. */
export function around(text: string, start: number, end: number): readonly [string, string] {
  const points = new Offsets(text);
  let before = text.slice(0, points.unit(start)).split('\n\n').at(-1) ?? '';
  let after = text.slice(points.unit(end)).split('\n\n')[0] ?? '';
  if (before.length > AROUND) before = `…${before.slice(-AROUND).trimStart().replace(/^\S*\s/u, '')}`;
  if (after.length > AROUND) after = `${after.slice(0, AROUND).replace(/\s\S*$/u, '')}…`;
  return [before, after];
}

const UNSAID = new Set(['id', 'anchor', 'passage', 'rule', 'question_anchor', 'dispute_id']);

/** Whether something holds all words typed, in any of its own words. */
export function holds(it: unknown, typed: string): boolean {
  const sought = folded(typed).split(/\s+/).filter(Boolean);
  if (!sought.length) return true;
  const text = folded([...strings(it)].join(' '));
  return sought.every((word) => text.includes(word));
}

function* strings(node: unknown): Generator<string> {
  if (typeof node === 'string') yield node;
  else if (Array.isArray(node)) for (const each of node) yield* strings(each);
  else if (node && typeof node === 'object') for (const [name, each] of Object.entries(node)) if (!UNSAID.has(name)) yield* strings(each);
}

export type Segment = { text: string; passages: number[] };

/** A text cut at the ends of its passages, each piece with the passages (by their place in the list) that cover it. */
export function segments(text: string, passages: readonly { start: number; end: number }[]): Segment[] {
  const points = new Offsets(text);
  const inside = passages.map((each, n) => ({ ...each, n })).filter((each) => each.start >= 0 && each.start < each.end && each.end <= points.length);
  const cuts = [...new Set([0, points.length, ...inside.flatMap((each) => [each.start, each.end])])].sort((a, b) => a - b);
  const starting = [...inside].sort((a, b) => a.start - b.start);
  let open: typeof inside = [];
  let next = 0;
  return cuts.slice(0, -1).map((start, at) => {
    const end = cuts[at + 1] ?? points.length;
    for (let each = starting[next]; each && each.start <= start; each = starting[++next]) open.push(each);
    open = open.filter((each) => each.end > start);
    return { text: points.slice([start, end]), passages: open.map((each) => each.n) };
  });
}
