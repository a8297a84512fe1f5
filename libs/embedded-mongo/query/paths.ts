import { type Doc, has, isDoc } from '../values/types';

/** Stands for a path that leads nowhere. */
export const MISSING = Symbol('missing');

const POSITION = /^(0|[1-9]\d*)$/;
export const isPosition = (part: string | undefined): part is string => part !== undefined && POSITION.test(part);

/** Takes a value; `atPosition`: the path ended with a position in an array. */
type Visit = (value: unknown, atPosition: boolean) => boolean;

/**
 * Calls `visit` with every value a path leads to, arrays on the way included, as MongoDB's filters see them,
 * until it says `true`. The value at the end is handed over as it is: an array there is not taken apart.
 */
export function visitPath(document: Doc, parts: readonly string[], visit: Visit, from = 0): boolean {
  const name = parts[from]!;
  const value = has(document, name) ? document[name] : MISSING;
  return visitValue(value, parts, visit, from + 1);
}

function visitValue(value: unknown, parts: readonly string[], visit: Visit, next: number): boolean {
  if (next === parts.length) return visit(value, false);
  if (Array.isArray(value)) return visitArray(value, parts, visit, next);
  if (isDoc(value)) return visitPath(value, parts, visit, next);
  return visit(MISSING, false);
}

function visitArray(array: unknown[], parts: readonly string[], visit: Visit, next: number): boolean {
  for (const element of array) {
    if (isDoc(element) && visitPath(element, parts, visit, next)) return true;
  }
  const name = parts[next];
  if (!isPosition(name)) return false;
  const position = Number(name);
  if (position >= array.length) return false;
  if (next + 1 === parts.length) return visit(array[position], true);
  const element = array[position];
  return (isDoc(element) || Array.isArray(element)) && visitValue(element, parts, visit, next + 1);
}
