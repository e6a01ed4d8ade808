/** The record as this page knows it: who is signed in, the newest entry that is worked out, news as they come. */
import { ask, hold, Refused, type Asked } from './api';
import { route } from './route.svelte';
import type { Here, Job } from './types';

type News =
  | { kind: 'derived'; head: number; seconds: number }
  | { kind: 'job'; job: Job }
  | { kind: 'trouble'; text: string }
  | { kind: 'behind' }
  | { kind: 'signed-out' };

class TheRecord {
  here = $state.raw<Here | null>(null);
  /** The newest entry whose consequences are worked out: views are asked for again when it grows. */
  head = $state(0);
  /** An entry of ours that is not worked out yet; 0 when there is none. */
  awaited = $state(0);
  reached = $state(true);
  trouble = $state('');
  jobs = $state<Record<string, Job>>({});
  #source: EventSource | null = null;

  get may(): { review: boolean; own: boolean } {
    const role = this.here?.person?.role;
    return { review: role === 'reviewer' || role === 'owner', own: role === 'owner' };
  }

  async start(): Promise<void> {
    try {
      this.here = hold(await ask<Here>('/session'));
      this.head = this.here.head;
      this.reached = true;
    } catch (error) {
      this.reached = !(error instanceof Refused && error.status === 0);
      throw error;
    }
    if (this.here.person) this.listen();
  }

  listen(): void {
    this.#source?.close();
    const source = new EventSource('/api/news');
    source.onopen = () => (this.reached = true);
    source.onerror = () => (this.reached = source.readyState === EventSource.OPEN);
    source.onmessage = (message) => this.hear(JSON.parse(message.data as string) as News);
    this.#source = source;
  }

  hear(news: News): void {
    this.trouble = news.kind === 'trouble' ? news.text : '';
    if (news.kind === 'derived') this.head = Math.max(this.head, news.head);
    else if (news.kind === 'job') this.jobs[news.job.id] = news.job;
    else if (news.kind === 'behind') void this.start();
    else if (news.kind === 'signed-out') void this.leave();
    if (this.awaited <= this.head) this.awaited = 0;
  }

  async leave(): Promise<void> {
    this.#source?.close();
    this.here = hold(await ask<Here>('/session'));
  }
}

export const record = new TheRecord();

/** An address of the API; null: nothing yet. */
export type Wanted = { path: string; asked?: Asked } | null;

/** What is at an address of the API: asked for again when the address or the record changes, the old shown until then. */
export class Resource<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<Refused | null>(null);
  loading = $state(true);
  #of: () => Wanted;
  #turn = 0;

  constructor(of: () => Wanted) {
    this.#of = of;
    $effect(() => {
      const wanted = this.#of();
      void record.head; // asked for again when the record has grown
      void this.load(wanted);
    });
  }

  async load(wanted = this.#of()): Promise<void> {
    const turn = ++this.#turn;
    if (!wanted) return;
    this.loading = true;
    try {
      const value = await ask<T>(wanted.path, { ...route.axes, ...wanted.asked });
      if (turn === this.#turn) [this.value, this.error] = [value, null];
    } catch (error) {
      if (turn === this.#turn && error instanceof Refused) this.error = error;
      else if (!(error instanceof Refused)) throw error;
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }
}
