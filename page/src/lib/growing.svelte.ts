/** How much of a long list is there: what is in sight at once, the rest bit by bit while the page is idle. */
import { whenIdle } from './ahead';

export class Growing {
  ready = $state(0);

  constructor(count: () => number, first: number, more: number) {
    this.ready = first;
    $effect(() => {
      if (this.ready < count()) return whenIdle(() => (this.ready += more));
    });
  }
}
