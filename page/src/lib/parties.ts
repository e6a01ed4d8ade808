/** Parties by part of any of their names, as the server finds them: a record may have too many to send them all. */
import { ask, Refused } from './api';
import { route } from './route.svelte';
import type { PartiesFound, PartyLine } from './types';

const PAUSE = 120;

/** Asks a moment after the last of what is typed; an answer that came too late is told to nobody. */
export class Finding {
  #turn = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly most: number,
    readonly tell: (parties: PartyLine[]) => void,
  ) {}

  seek(typed: string): void {
    clearTimeout(this.#waiting);
    const turn = ++this.#turn;
    if (!typed.trim()) return this.tell([]);
    this.#waiting = setTimeout(() => void this.#ask(typed, turn), PAUSE);
  }

  async #ask(typed: string, turn: number): Promise<void> {
    try {
      const { parties } = await ask<PartiesFound>('/parties/found', { ...route.axes, q: typed.slice(0, 400), only: 'all', count: this.most });
      if (turn === this.#turn) this.tell(parties.map((each) => each.party));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (turn === this.#turn) this.tell([]);
    }
  }
}
