import { badValue } from '../errors';
import type { Index } from '../indexes/definition';
import { inverted, isCut } from '../values/ordered-key';
import { arePoints, type KeyRange, keyRange } from './bounds';
import { type FieldBounds, single } from './candidates';
import type { SortField } from './order';

const MOST_RANGES = 200_000;
const MOST_MERGED = 64;

export interface Placed {
  ranges: KeyRange[];
  /** The bytes of the fields that are points, per range. */
  prefixes: string[];
  /** Are the ranges single keys? */
  whole: boolean;
  /** Were keys so long that what is found must be looked at again? */
  cut: boolean;
}

/** Where in an index the bounds of its first fields are found. */
export function place(index: Index, fields: readonly FieldBounds[]): Placed {
  let prefixes = [''];
  let ranges: KeyRange[] | undefined;
  fields.forEach(({ bounds: { intervals } }, i) => {
    const { direction } = index.fields[i]!;
    const ordered = direction === 1 ? intervals : [...intervals].reverse();
    if (ordered.length * prefixes.length > MOST_RANGES) throw badValue('Too many combinations of values for an index');
    if (ordered.every(({ low, high }) => low === high)) {
      const keys = ordered.map(({ low }) => (direction === 1 ? low : inverted(low)));
      prefixes =
        prefixes.length === 1 && prefixes[0] === '' ? keys : prefixes.flatMap((prefix) => keys.map((key) => prefix + key));
    } else ranges = prefixes.flatMap((prefix) => ordered.map((interval) => keyRange(prefix, interval, direction)));
  });
  const whole = ranges === undefined;
  ranges ??= prefixes.map((prefix) => ({ start: prefix, end: prefix === '' ? '\xff' : `${prefix}\xfd` }));
  return {
    ranges,
    prefixes,
    whole,
    cut: ranges.some(({ start, end }) => isCut(start) || isCut(end)),
  };
}

/**
 * Does the index give the documents in the order asked for, as it is, backwards, or by reading its ranges
 * side by side?
 */
export function sortOrder(index: Index, fields: readonly FieldBounds[], prefixes: readonly string[], sort: readonly SortField[]) {
  const fixed = (i: number) => i < fields.length && single(fields[i]!.bounds);
  const constant = ({ path }: SortField) =>
    index.fields.some((field, i) => field.path === path && fixed(i) && !index.record.multikey[i]);
  const wanted = sort.filter((field) => !constant(field));
  let merge = false;
  let sign = 0;
  let k = 0;
  for (let i = 0; i < index.fields.length && k < wanted.length; i += 1) {
    const field = index.fields[i]!;
    const sorting = wanted[k]!;
    if (field.path === sorting.path) {
      const direction = field.direction * sorting.direction;
      if (index.record.multikey[i] || (sign !== 0 && sign !== direction)) return undefined;
      sign = direction;
      k += 1;
    } else if (!fixed(i)) {
      if (k > 0 || i >= fields.length || !arePoints(fields[i]!.bounds) || prefixes.length > MOST_MERGED) return undefined;
      merge = true;
    }
  }
  if (k < wanted.length) return undefined;
  if (merge && wanted.some(({ path }) => index.fields.findIndex((field) => field.path === path) < pointsOf(fields)))
    return undefined;
  return { merge: merge && wanted.length > 0, reverse: sign < 0 };
}

const pointsOf = (fields: readonly FieldBounds[]): number => fields.filter(({ bounds }) => arePoints(bounds)).length;
