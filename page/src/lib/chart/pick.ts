/** What is picked on the overview: days, a place, a dispute; and what belongs to it. */
import type { ClockItem, DisputeLine, DisputeMark, Mark } from '../types';
import { within } from './bins';
import { days } from './days';

/** What a dispute is picked by. */
export type Contested = { [key in 'id' | 'place' | 'incident' | 'first' | 'last']: DisputeLine[key] };
export type Pick = { from: string | null; to: string | null; place: string | null; dispute: string | null };

/** A pick out of an address; days that are none are left out, and swapped ones put in order. */
export function picked(get: (name: string) => string | null): Pick {
  const day = (name: string): string | null => {
    const value = get(name);
    return value && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;
  };
  const [from, to] = [day('from'), day('to')];
  const turned = from && to && from > to;
  return { from: turned ? to : from, to: turned ? from : to, place: get('place'), dispute: get('dispute') };
}

export function any(pick: Pick): boolean {
  return Boolean(pick.from || pick.to || pick.place || pick.dispute);
}

/** Whether an event belongs to what is picked. */
export function eventFits(pick: Pick, disputes: readonly Contested[]): (mark: Mark) => boolean {
  const incident = pick.dispute ? disputes.find((each) => each.id === pick.dispute)?.incident : undefined;
  return (mark) =>
    within(mark, pick.from, pick.to) &&
    (!pick.place || mark[3] === pick.place) &&
    (!pick.dispute || (incident ? mark[4] === incident : mark[5] === pick.dispute));
}

/** Whether a dispute belongs to the days and place picked: it was told then, or its event can have been then. */
export function disputeFits(pick: Pick, marks: readonly Mark[]): (line: Contested) => boolean {
  const then = new Set(marks.filter((mark) => within(mark, pick.from, pick.to)).map((mark) => mark[4]));
  return (line) => {
    if (pick.place && line.place !== pick.place) return false;
    if (!pick.from && !pick.to) return true;
    const told = line.first !== null && (!pick.to || line.first <= pick.to) && (!pick.from || (line.last ?? line.first) >= pick.from);
    return told || (line.incident !== null && then.has(line.incident));
  };
}

export function contested(marks: readonly DisputeMark[]): Contested[] {
  return marks.map(([id, place, incident, first, last]) => ({ id, place, incident, first, last }));
}

/** The disputes that belong to what is picked, and those of them to be shown: the first so many, and one that is picked itself. */
export function disputesOf(pick: Pick, marks: readonly Mark[], disputes: readonly Contested[], most: number): { kept: number; shown: string[] } {
  const fits = disputeFits(pick, marks);
  const kept = disputes.filter((each) => each.id === pick.dispute || fits(each));
  return { kept: kept.length, shown: kept.filter((each, n) => n < most || each.id === pick.dispute).map((each) => each.id) };
}

/** Whether a step belongs to the days and place picked; one whose place is not told belongs to no place. */
export function stepFits(pick: Pick, placeName: string | null): (at: string | null, places: readonly string[]) => boolean {
  return (at, places) => overlaps(at, at, pick) && (!pick.place || (placeName !== null && places.includes(placeName)));
}

/** Whether what lasts had begun, and not ended, on some day picked. */
export function clockFits(pick: Pick): (it: ClockItem) => boolean {
  return (it) => overlaps(it.since, it.until, pick, true);
}

function overlaps(start: string | null, end: string | null, { from, to }: Pick, lasting = false): boolean {
  if (!from && !to) return true;
  const [first, last] = [days(start).from, days(end).to];
  if (first === null && last === null) return lasting;
  return (!to || first === null || first <= Date.parse(to)) && (!from || (last === null ? lasting : last >= Date.parse(from)));
}
