/** How far somebody has looked, kept in this browser for each situation. */
class Seen {
  #marks = $state(0);
  readonly #held = new Map<string, number>();

  /** The last entry that was marked as seen in a situation; null at the first look. */
  of(name: string): number | null {
    void this.#marks; // asked again when something was marked
    return this.#held.get(name) ?? kept(name);
  }

  mark(name: string, entry: number): void {
    this.#held.set(name, entry);
    this.#marks++;
    try {
      localStorage.setItem(`standoff.seen.${name}`, String(entry));
    } catch {
      // A browser may forbid it; then it is held for as long as the page is open.
    }
  }
}

function kept(name: string): number | null {
  try {
    const held = localStorage.getItem(`standoff.seen.${name}`);
    return held !== null && /^\d+$/.test(held) ? Number(held) : null;
  } catch {
    return null;
  }
}

export const seen = new Seen();

/** The entry since which changes are shown: the address's, else the last one seen, never beyond the log. */
export function sinceOf(asked: string | null, name: string, head: number): number | null {
  const since = asked !== null && /^\d+$/.test(asked) ? Number(asked) : seen.of(name);
  return since === null || since > head ? null : since;
}
