/** Who speaks for whom, by the names that reports give. */
import type { PartyLine } from './types';

export type Spoken = { line: PartyLine; above: PartyLine | null; below: PartyLine[] };

/** Each party with whom it speaks for (where that is a party too) and who speaks for it, in the order given. */
export function spoken(parties: readonly PartyLine[]): Map<string, Spoken> {
  const named = new Map<string, PartyLine>();
  for (const each of parties) for (const alias of each.aliases) if (!named.has(alias)) named.set(alias, each);
  for (const each of parties.toReversed()) named.set(each.name, each);
  const made = new Map<string, Spoken>(parties.map((line) => [line.id, { line, above: null, below: [] }]));
  for (const each of parties) {
    const above = each.represents ? named.get(each.represents) : undefined;
    const own = made.get(each.id);
    if (!above || !own || above.id === each.id) continue;
    own.above = above;
    made.get(above.id)?.below.push(each);
  }
  return made;
}

const names = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
/** By name; nobody is put first for saying more. */
export function byName(a: { name: string }, b: { name: string }): number {
  return names.compare(a.name, b.name);
}
