/** How access, harm, agreements and victims are laid out: by day, by verdict, by party, by name. */
import { folded } from './names';
import type { AccessItem, AgreementItem, HarmItem, VictimItem } from './types';

export const KINDS = ['access', 'harm', 'victims', 'agreements'] as const;
export type Kind = (typeof KINDS)[number];
export type Lists = { access: readonly AccessItem[]; harm: readonly HarmItem[]; victims: readonly VictimItem[]; agreements: readonly AgreementItem[] };
export const PAGE: Record<Kind, number> = { access: 100, harm: 30, victims: 100, agreements: 20 };

/** Things in groups, each where its first member stands. */
export function grouped<T>(things: readonly T[], of: (it: T) => string): [string, T[]][] {
  const made = new Map<string, T[]>();
  for (const each of things) {
    const key = of(each);
    const held = made.get(key);
    if (held) held.push(each);
    else made.set(key, [each]);
  }
  return [...made];
}

const SHUT = new Set(['closed', 'hit', 'damaged', 'blocked']);

/** Whether an account says that a way is open or that something gets through it: "not hit" does, "not delivered" does not. */
export function through(state: string): boolean {
  const denied = state.startsWith('not ');
  return SHUT.has(denied ? state.slice(4) : state) === denied;
}

/** `told`: of all its accounts only the day of telling is known. */
export type Day = { when: string | null; told: boolean; yes: AccessItem[]; no: AccessItem[] };

/** Accounts by the day that they are of, else by the day of telling, in the order of days; those without any last. */
export function days(items: readonly AccessItem[]): Day[] {
  const key = (it: AccessItem): string => it.when ?? it.published ?? '~';
  const inOrder = [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return grouped(inOrder, key).map(([, them]) => ({
    when: them[0]?.when ?? them[0]?.published ?? null,
    told: them.every((each) => each.when === null),
    yes: them.filter((each) => through(each.state)),
    no: them.filter((each) => !through(each.state)),
  }));
}

/** Tellings by the name that they are told under; what is only described stands alone. */
export function persons(items: readonly VictimItem[]): VictimItem[][] {
  return grouped(items, (it) => (it.name === null ? it.id : `name ${it.name.toLocaleLowerCase()}`)).map(([, them]) => them);
}

/** Named ones first, by name, as the server sends them. */
export function byName(items: readonly VictimItem[]): VictimItem[] {
  const key = (it: VictimItem): string => (it.name === null ? '1' : `0${folded(it.name)}`);
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
