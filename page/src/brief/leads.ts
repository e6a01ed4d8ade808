/** Where in the brief a thing stands that rests on a passage: its anchor in the payload, as an address. */
import type { Brief } from '../lib/types';
import type { Way } from '../lib/way';

export function leads(anchor: string, brief: Brief, way: Pick<Way, 'to'>): string {
  const [kind, n] = anchor.split('-');
  const whole = `${kind}-${n}`;
  const id = (list: readonly { id: string; anchor: string }[]): string | undefined => list.find((each) => each.anchor === whole)?.id;
  if (kind === 'dispute') return way.to('/dispute', { id: id(brief.disputes) });
  if (kind === 'figure') return way.to('/figures', { at: whole });
  if (kind === 'group') return way.to('/ledger', { group: id(brief.ledger.groups) });
  if (kind === 'sums' || kind === 'conflicts') return way.to('/ledger');
  if (kind === 'party') return way.to('/party', { id: id(brief.parties) });
  if (kind === 'place') return way.to('/places', { place: id(brief.places) });
  if (kind === 'event') return way.to('/timeline');
  if (kind === 'access') return way.to('/access', { id: id(brief.access) });
  if (kind === 'harm') return way.to('/harm', { id: id(brief.harm) });
  if (kind === 'agreement') return way.to('/agreements', { id: id(brief.agreements) });
  if (kind === 'victim') return way.to('/victims', { id: id(brief.victims) });
  return way.to('/');
}
