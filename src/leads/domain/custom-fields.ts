import type { CustomValue } from './lead';
import { LEAD_TEXTS } from './leads.texts';

export const MAX_KEYS = 100;
export const MAX_KEY_LENGTH = 100;
export const MAX_VALUE_BYTES = 4 * 1024;
export const MAX_TOTAL_BYTES = 64 * 1024;
/** Far under the 100 levels that a stored document may have. */
const MAX_DEPTH = 20;

/**
 * Names that mean something to JavaScript itself; a template or a careless client must never meet them as
 * data.
 */
const REFUSED_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
/**
 * The driver takes an object with `_bsontype` for one of its own types. On top it is harmless: keys there are
 * stored as values.
 */
const REFUSED_INNER_KEYS = new Set([...REFUSED_KEYS, '_bsontype']);

/**
 * Checks the custom fields of a lead: keys are kept verbatim (CRM columns are called "Est. Deal Size"),
 * values are any JSON.
 * @returns what is wrong, for people to read, or `null`
 */
export function customFieldsProblem(fields: unknown): string | null {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return LEAD_TEXTS.notAnObject;
  const entries = Object.entries(fields);
  if (entries.length > MAX_KEYS) return LEAD_TEXTS.tooManyKeys(MAX_KEYS);
  let total = 0;
  for (const [key, value] of entries) {
    if (key.trim() === '') return LEAD_TEXTS.emptyKey;
    if (key.length > MAX_KEY_LENGTH) return LEAD_TEXTS.longKey(MAX_KEY_LENGTH);
    if (REFUSED_KEYS.has(key)) return LEAD_TEXTS.refusedKey(key);
    if (key.includes('\0')) return LEAD_TEXTS.keyWithNul;
    const inner = innerProblem(value, MAX_DEPTH);
    if (inner) return `"${key}" ${inner}`;
    const bytes = typeof value === 'string' ? Buffer.byteLength(value) : Buffer.byteLength(JSON.stringify(value) ?? '');
    if (bytes > MAX_VALUE_BYTES) return `"${key}" ${LEAD_TEXTS.longValue(MAX_VALUE_BYTES)}`;
    total += bytes + Buffer.byteLength(key);
  }
  return total > MAX_TOTAL_BYTES ? LEAD_TEXTS.longInAll(MAX_TOTAL_BYTES) : null;
}

/**
 * What the store could not keep of a value, however far in. Looks no deeper than `levels`, so that it is safe
 * to do before anything that recurses.
 */
function innerProblem(value: unknown, levels: number): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return LEAD_TEXTS.tooDeep(MAX_DEPTH);
  if (Array.isArray(value)) {
    for (const inner of value) {
      const problem = innerProblem(inner, levels - 1);
      if (problem) return problem;
    }
    return null;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key.includes('\0')) return LEAD_TEXTS.keyWithNul;
    if (REFUSED_INNER_KEYS.has(key)) return LEAD_TEXTS.refusedKey(key);
    const problem = innerProblem(inner, levels - 1);
    if (problem) return problem;
  }
  return null;
}

/** `changes` on top of `fields`, by key; `null` removes one. */
export function mergeCustomFields(
  fields: Record<string, CustomValue>,
  changes: Record<string, CustomValue>,
): Record<string, CustomValue> {
  const merged = new Map(Object.entries(fields));
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}
