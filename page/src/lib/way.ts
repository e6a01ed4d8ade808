/**
 * The way to other things: links and what is kept in the address.
 *
 * The page's is its route; the brief, which has no server, leads to its own anchors. Components shared by both
 * ask for whichever is theirs.
 */
import { getContext, setContext } from 'svelte';
import type { Asked } from './api';

export interface Way {
  readonly view: string;
  get(name: string): string | null;
  all(name: string): string[];
  to(path: string, asked?: Asked): string;
  set(asked: Asked, replace?: boolean): void;
  go(url: string): void;
}

const WAY = Symbol('way');

export function setWay(way: Way): void {
  setContext(WAY, way);
}

export function useWay(): Way {
  return getContext<Way>(WAY);
}
