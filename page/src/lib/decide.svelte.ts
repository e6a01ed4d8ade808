/** Decisions: sent with what their maker saw, shown with an undo, and never laid over somebody else's unseen. */
import { ask, change, Refused } from './api';
import { record } from './record.svelte';
import type { Happening } from './types';
import { t, type Key } from './words';

/** A decision. `targets` are ids; for `undo` an entry; for `add` a layer, a report and spans as `START-END`. */
export type Wish = {
  action: string;
  targets: string[];
  values?: Record<string, unknown>;
  /** By id, the last entry that acted on it when it was looked at. */
  seen?: Record<string, number>;
  why?: string | null;
};
export type Choice = 'keep' | 'over';
type Toast = { id: number; text: string; entry: number | null; bad: boolean };
type Clash = { wish: Wish; theirs: Happening | null; settle: (choice: Choice) => void };

const SHOWN_MS = 12_000;
const TRIES = 5;

class Deciding {
  toasts = $state.raw<Toast[]>([]);
  clash = $state.raw<Clash | null>(null);
  /** Entries of this page that stand, the newest last. */
  own: number[] = [];
  #next = 0;

  say(text: string, entry: number | null = null, bad = false): void {
    const toast = { id: ++this.#next, text, entry, bad };
    this.toasts = [...this.toasts.filter((each) => !each.bad).slice(-2), toast];
    setTimeout(() => this.drop(toast.id), SHOWN_MS);
  }

  drop(id: number): void {
    this.toasts = this.toasts.filter((each) => each.id !== id);
  }

  choose(clash: Omit<Clash, 'settle'>): Promise<Choice> {
    return new Promise((settle) => {
      this.clash = {
        ...clash,
        settle: (choice) => {
          this.clash = null;
          settle(choice);
        },
      };
    });
  }
}

export const deciding = new Deciding();

/** Decide; the entry it became, or null where it was not done (why is said in a toast). */
export async function decide(wish: Wish): Promise<number | null> {
  let now = wish;
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      const { entry } = await change<{ entry: number }>('POST', '/reviews', now);
      done(now, entry);
      return entry;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const next = error.status === 409 && 'theirs' in error.problem ? await over(now, error) : null;
      if (next === null) {
        if (error.status !== 409) deciding.say(error.message, null, true);
        return null;
      }
      now = next;
    }
  }
  return null;
}

function done(wish: Wish, entry: number): void {
  // The news that it is worked out may have come before this answer: then nothing is waited for.
  if (entry > record.head) record.awaited = Math.max(record.awaited, entry);
  if (wish.action === 'undo') deciding.own = deciding.own.filter((each) => String(each) !== wish.targets[0]);
  else deciding.own.push(entry);
  deciding.say(t(`decided.${wish.action}` as Key, { entry }), entry);
}

/** Somebody decided on the same meanwhile: the wish to send again over theirs, or null to keep theirs. */
async function over(wish: Wish, error: Refused): Promise<Wish | null> {
  const theirs = error.problem.theirs ?? null;
  if ((await deciding.choose({ wish, theirs })) === 'keep') return null;
  if (theirs) await ask('/changes', { since: theirs.entry, at_least: theirs.entry });
  const now = error.problem.now as { id?: string } | null | undefined;
  const targets = now?.id && wish.targets.length === 1 ? [now.id] : wish.targets;
  const seen = Object.fromEntries(targets.map((id) => [id, theirs?.entry ?? 0]));
  return { ...wish, targets, seen };
}

/** Take back the newest decision of this page that stands. */
export async function undoLast(): Promise<void> {
  const last = deciding.own.at(-1);
  if (last !== undefined) await decide({ action: 'undo', targets: [String(last)] });
}
