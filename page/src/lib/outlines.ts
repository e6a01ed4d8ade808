/** The outlines of countries, asked for once for all maps. */
import { ask } from './api';
import type { Outlines } from './geo';

let held: Promise<Outlines> | undefined;

export function outlines(): Promise<Outlines> {
  held ??= ask<Outlines>('/outlines').catch((error: unknown) => {
    held = undefined;
    throw error;
  });
  return held;
}

/** Whether a map that moves can be drawn, and is not too much to load. */
export function canMove(): boolean {
  return (able ??= looked());
}
let able: boolean | undefined;

function looked(): boolean {
  const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
  if (saving || matchMedia('(prefers-reduced-data: reduce)').matches) return false;
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}
