import { type ParsedTemplate, parseTemplate } from './parse';

/** Gives the value of a field; `undefined` or `null` when there is none. */
export type Lookup = (key: string) => unknown;

/** Names that reach past an object's own fields; they are nobody's field, and no lookup is asked for them. */
const NEVER = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Fills a template. A field that is missing, null, empty or blank, or no text, number or boolean, gives the
 * placeholder's fallback. Of an object only its own properties count, a key with dots being one key. Values
 * are never read as templates.
 * @param encode what is done to values before they are put in; they are put in as they are without it
 * @throws TemplateError when the template is a text that cannot be parsed
 */
export function renderTemplate(
  template: string | ParsedTemplate,
  values: Record<string, unknown> | Lookup,
  encode: (value: string) => string = (value) => value,
): string {
  const { parts } = typeof template === 'string' ? parseTemplate(template) : template;
  const lookup: Lookup = typeof values === 'function' ? values : (key) => (Object.hasOwn(values, key) ? values[key] : undefined);
  let rendered = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      rendered += part;
      continue;
    }
    const value = textOf(NEVER.has(part.key) ? undefined : lookup(part.key));
    rendered += value === undefined ? part.fallback : encode(value);
  }
  return rendered;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  return undefined;
}
