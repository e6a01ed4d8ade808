/** Keys: each view says which it answers, and what for; `?` lists them. */
import { untrack } from 'svelte';
import type { Key } from './words';

export type Stroke = { key: string; does: Key; run: () => void; shift?: boolean };
type Scope = { title: Key; strokes: Stroke[] };

/** Held as they are: a scope is taken out again by being the same one. */
class Scopes {
  list = $state.raw<Scope[]>([]);
}

const scopes = new Scopes();

/** The keys in force, the outermost scope first. */
export function listed(): Scope[] {
  return scopes.list;
}

/** Answer keys for as long as a component is there. Call while it is set up; `outer` keys are asked last. */
export function answers(title: Key, strokes: () => Stroke[], outer = false): void {
  $effect(() => {
    const scope = { title, strokes: strokes() };
    // Not tracked: an effect that read the list it writes would run for ever.
    untrack(() => (scopes.list = outer ? [scope, ...scopes.list] : [...scopes.list, scope]));
    return () => (scopes.list = scopes.list.filter((each) => each !== scope));
  });
}

/** Run what a pressed key stands for. Keys typed into a field, or with Ctrl, Alt or Meta, are not ours. */
export function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const target = event.target as HTMLElement | null;
  if (target?.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=combobox], dialog')) return;
  for (const scope of scopes.list.toReversed()) {
    const stroke = scope.strokes.find((each) => each.key === event.key);
    if (stroke) {
      event.preventDefault();
      stroke.run();
      return;
    }
  }
}
