/** What can wait until nobody waits for it: charts come after words, and what will be wanted soon is loaded whenever the page is idle. */
type Load = () => Promise<unknown>;
type When = (run: () => void) => unknown;

/** When the browser has nothing to do, a moment later where it does not tell; what is given back calls it off. */
export function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const n = requestIdleCallback(() => run());
    return () => cancelIdleCallback(n);
  }
  const n = setTimeout(run, 50);
  return () => clearTimeout(n);
}

const waiting: (() => void)[] = [];
function next(): void {
  waiting.shift()?.();
  if (waiting.length) setTimeout(next);
}

/** After what there is now was drawn, each in a turn of its own: words can be read before charts are there. */
export function afterFrame(run: () => void): () => void {
  waiting.push(run);
  if (waiting.length === 1) requestAnimationFrame(() => setTimeout(next));
  return () => void (waiting.includes(run) && waiting.splice(waiting.indexOf(run), 1));
}

const CALM = 20;

/** When nothing moves, either: while somebody scrolls there is never so much time (in ms) till the next frame. */
function whenCalm(run: () => void): void {
  if (typeof requestIdleCallback !== 'function') return void whenIdle(run);
  requestIdleCallback((left) => (left.timeRemaining() > CALM ? run() : void setTimeout(() => whenCalm(run), 200)));
}

/** Nothing is loaded ahead over a line that is to be spared. */
const spared = (): boolean => Boolean((navigator as { connection?: { saveData?: boolean } }).connection?.saveData);

export async function ahead(loads: readonly Load[], when: When = whenCalm): Promise<void> {
  if (spared()) return;
  for (const load of loads) {
    await new Promise<void>((done) => void when(done));
    try {
      await load();
    } catch {
      // It is asked for again when it is wanted, and told of then.
    }
  }
}
