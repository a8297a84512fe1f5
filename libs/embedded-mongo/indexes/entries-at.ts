import { MISSING } from '../query/paths';
import { type Doc, has, isDoc } from '../values/types';

/** The paths of an index, or of a sort. */
export interface Paths {
  fields: readonly { parts: readonly string[] }[];
  /** Called with the number of a field that led to an array. */
  metArray?(field: number): void;
  /** Are entries left out for which the document has none of the fields? */
  sparse?: boolean;
  /** The error for two arrays that are not the same one. */
  parallel(one: string, other: string): Error;
}

/**
 * The values of one entry of an index: one per field; `undefined` stands for the empty array, as in MongoDB's
 * keys.
 */
export type KeyValues = readonly unknown[];

/** A field on its way down the document: what is left of the path, and the value when nothing is. */
interface Place {
  container: unknown;
  /** The way so far, which tells one array from another: two fields may hold the same object. */
  path: string;
  rest: readonly string[];
  found?: { value: unknown };
}

/**
 * All combinations of values that a document has at some paths; an array on the way gives one for each
 * element.
 */
export function entriesAt(paths: Paths, document: Doc): KeyValues[] {
  const flat = flatEntry(paths, document);
  if (flat) return isLeftOut(paths, flat) ? [] : [flat.map(orNull)];
  const entries: KeyValues[] = [];
  const places = paths.fields.map(({ parts }): Place => ({ container: document, path: '', rest: parts }));
  expand(paths, places, entries);
  return entries;
}

const orNull = (value: unknown): unknown => (value === MISSING ? null : value);
const isLeftOut = ({ sparse }: Paths, values: KeyValues): boolean =>
  sparse === true && values.every((value) => value === MISSING);

/** The usual case, quickly: no array on any path. */
function flatEntry(index: Paths, document: Doc): unknown[] | undefined {
  const values: unknown[] = [];
  for (const { parts } of index.fields) {
    let value: unknown = document;
    for (const part of parts) {
      if (Array.isArray(value)) return undefined;
      value = isDoc(value) && has(value, part) ? value[part] : MISSING;
    }
    if (Array.isArray(value)) return undefined;
    values.push(value);
  }
  return values;
}

function expand(index: Paths, places: readonly Place[], entries: KeyValues[]): void {
  const walked = places.map(walk);
  const first = walked.find(({ found }) => !found);
  if (!first) {
    const values = walked.map(({ found }) => found!.value);
    if (!isLeftOut(index, values)) entries.push(values.map(orNull));
    return;
  }
  walked.forEach((place, i) => {
    if (place.found) return;
    if (place.path !== first.path) throw index.parallel(nameOf(index, i), nameOf(index, walked.indexOf(first)));
    index.metArray?.(i);
  });
  const array = first.container as unknown[];
  const elements = array.length > 0 ? array : [undefined];
  for (const element of elements) {
    expand(
      index,
      walked.map((place) => (place.found ? place : intoElement(place, element))),
      entries,
    );
  }
}

const nameOf = (paths: Paths, field: number): string => paths.fields[field]!.parts.at(-1)!;

/**
 * An element of the array at a place. Its way is longer by a mark, so that arrays inside of it are others.
 */
function intoElement({ path, rest }: Place, element: unknown): Place {
  const inside = { container: element, path: `${path}[]`, rest };
  if (rest.length === 0) return { ...inside, found: { value: element } };
  return isDoc(element) ? inside : { ...inside, found: { value: MISSING } };
}

/** Goes down to the value, or to the first array, which is then the container. */
function walk(place: Place): Place {
  if (place.found) return place;
  let { container, path, rest } = place;
  while (rest.length > 0) {
    if (Array.isArray(container)) return { container, path, rest };
    const name = rest[0]!;
    container = isDoc(container) && has(container, name) ? container[name] : MISSING;
    path += `.${name}`;
    rest = rest.slice(1);
    if (container === MISSING) return { container, path, rest, found: { value: MISSING } };
  }
  return Array.isArray(container) ? { container, path, rest } : { container, path, rest, found: { value: container } };
}
