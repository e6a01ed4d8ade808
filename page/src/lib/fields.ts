/** What a person may set of an annotation, and with which kind of control. */
import type { Layer } from './layers';

export type Control = { field: string; kind: 'text' | 'number' | 'date' | 'yes' | 'party' | 'words' } | { field: string; kind: 'one'; of: readonly string[] };

const ROLES = ['killed', 'injured', 'missing', 'detained', 'kidnapped', 'released', 'displaced', 'evacuated', 'arrived', 'left', 'present', 'supplied', 'casualties', 'other'] as const;
const PARTIES = ['person', 'organisation', 'state', 'armed_group', 'population', 'media', 'unknown'] as const;
const one = (field: string, of: readonly string[]): Control => ({ field, kind: 'one', of });
const plain = (kind: 'text' | 'number' | 'date' | 'yes' | 'party' | 'words', ...fields: string[]): Control[] => fields.map((field) => ({ field, kind }));

export const CONTROLS: Record<Layer, readonly Control[]> = {
  statement: [...plain('party', 'party', 'represents'), ...plain('text', 'channel'), ...plain('date', 'said'), one('kind', ['direct', 'indirect', 'mixed']), ...plain('words', 'stance')],
  quantity: [
    ...plain('number', 'low', 'high', 'best'),
    ...plain('yes', 'low_open', 'high_open', 'approximate', 'negated'),
    ...plain('text', 'what', 'group'),
    one('role', ROLES),
    one('measure', ['stock', 'cumulative', 'new', 'other']),
    one('status', ['civilian', 'combatant', 'mixed']),
    one('sex', ['female', 'male']),
    one('age', ['child', 'adult', 'elderly']),
    one('of_total', ['inside', 'outside']),
    ...plain('date', 'as_of'),
  ],
  claim: [
    ...plain('text', 'type', 'mode'),
    ...plain('date', 'when'),
    one('modality', ['actual', 'planned', 'demanded', 'conditional', 'hypothetical', 'historical']),
    one('polarity', ['affirmed', 'denied']),
  ],
  time: [one('type', ['DATE', 'TIME', 'DURATION', 'SET']), ...plain('text', 'value'), ...plain('date', 'edtf', 'anchor')],
  place: [...plain('text', 'canonical', 'country'), ...plain('number', 'lat', 'lon', 'radius_km')],
  mention: [...plain('party', 'party', 'represents'), one('form', ['name', 'description', 'pronoun']), one('type', PARTIES)],
};

/** Fields that must have a value, whatever else is unknown. */
export const NEEDED = new Set(['type', 'value', 'form', 'modality', 'polarity']);

/** What adding an annotation must say from the start. */
export const FIRST: Record<Layer, Record<string, unknown>> = {
  statement: { kind: 'indirect' },
  quantity: { kind: 'count' },
  claim: { type: 'ASSAULT' },
  time: { type: 'DATE', value: '' },
  place: {},
  mention: { form: 'name', type: 'organisation' },
};

/** What a control holds as the value to send; empty is unknown. Throws a RangeError for what is no number. */
export function valueOf(control: Control, typed: string | boolean): unknown {
  if (typeof typed === 'boolean') return typed;
  const text = typed.trim();
  if (control.kind === 'words') return text ? text.split(/[\s,]+/) : [];
  if (!text) return null;
  if (control.kind !== 'number') return text;
  const number = Number(text.replaceAll(',', ''));
  if (!Number.isFinite(number)) throw new RangeError(control.field);
  return number;
}

/** How a value stands in its control. */
export function shownIn(control: Control, value: unknown): string | boolean {
  if (control.kind === 'yes') return value === true;
  if (Array.isArray(value)) return value.join(', ');
  return value === null || value === undefined ? '' : String(value);
}

/** The fields whose values differ from those held. */
export function changed(layer: Layer, held: Record<string, unknown>, typed: Record<string, string | boolean>): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const control of CONTROLS[layer]) {
    const now = typed[control.field];
    if (now === undefined || now === shownIn(control, held[control.field])) continue;
    made[control.field] = valueOf(control, now);
  }
  return made;
}
