/** Every word that the interface itself says stands in one catalogue; report text never passes through here. */
import { en } from '../words/en';

export type Key = keyof typeof en;
type Entry = string | { one: string; other: string };
type Values = Record<string, string | number>;

const catalogue: Record<string, Entry> = en;
const language = 'en';
const plural = new Intl.PluralRules(language);
const count = new Intl.NumberFormat(language);

/** The words of an entry, with `{name}` filled in; of two forms the one that `n` calls for. */
export function t(key: Key, values: Values = {}): string {
  const entry = catalogue[key] ?? key;
  const form = typeof entry === 'string' ? entry : plural.select(Number(values['n'] ?? 0)) === 'one' ? entry.one : entry.other;
  return form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? count.format(value) : (value ?? '');
  });
}

/** A key that is put together from parts, where the catalogue has it; else the last part as it is. */
export function named(prefix: string, name: string): string {
  return `${prefix}.${name}` in catalogue ? t(`${prefix}.${name}` as Key) : name.replaceAll('_', ' ');
}
