import { afterEach, describe, expect, it, vi } from 'vitest';
import { ahead } from '../src/lib/ahead';

afterEach(() => vi.unstubAllGlobals());

describe('what is loaded ahead', () => {
  it('comes one after the other, each when the page is idle, whatever became of those before', async () => {
    const told: string[] = [];
    const load = (name: string, fails = false) => async (): Promise<void> => {
      told.push(name);
      if (fails) throw new Error(name);
    };
    await ahead([load('a'), load('b', true), load('c')], (run) => (told.push('idle'), run()));
    expect(told).toEqual(['idle', 'a', 'idle', 'b', 'idle', 'c']);
  });
  it('is nothing over a line that is to be spared', async () => {
    vi.stubGlobal('navigator', { connection: { saveData: true } });
    const load = vi.fn(async () => {});
    await ahead([load], (run) => run());
    expect(load).not.toHaveBeenCalled();
  });
});
