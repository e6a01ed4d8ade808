/** Names that fit what is typed, whatever marks and cases they are written with. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');
}

type Named = { name: string; aliases?: readonly string[] };

/** Things whose name, or another of their names, holds all words typed; those that begin so come first. */
export function fitting<T extends Named>(things: readonly T[], typed: string, most = Infinity): T[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (!words.length) return things.slice(0, most);
  const found: { thing: T; rank: number }[] = [];
  for (const thing of things) {
    const names = [thing.name, ...(thing.aliases ?? [])].map(folded);
    const fits = names.findIndex((name) => words.every((word) => name.includes(word)));
    if (fits >= 0) found.push({ thing, rank: (names[fits]?.startsWith(words[0] ?? '') ? 0 : 2) + (fits ? 1 : 0) });
  }
  found.sort((a, b) => a.rank - b.rank);
  return found.slice(0, most).map((each) => each.thing);
}
