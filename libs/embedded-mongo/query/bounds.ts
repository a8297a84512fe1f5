import { BSONRegExp } from 'bson';
import { compareValues, toNumber } from '../values/compare';
import { END, inverted, keyOfOne } from '../values/ordered-key';
import { isDecimal, Rank, rankOf } from '../values/types';
import type { Predicate } from './filter';
import type { Regex } from './predicates';

/** A stretch of one field's values, by their bytes. */
export interface Interval {
  low: string;
  lowIn: boolean;
  high: string;
  highIn: boolean;
}

export interface Bounds {
  intervals: Interval[];
  /** Does every document found through these intervals satisfy the predicate? */
  exact: boolean;
}

const isPoint = ({ low, high }: Interval): boolean => low === high;
export const arePoints = ({ intervals }: Bounds): boolean => intervals.every(isPoint);

const point = (value: unknown): Interval => {
  const key = keyOfOne(value);
  return { low: key, lowIn: true, high: key, highIn: true };
};

// The bytes beside a type's are nobody's, so they bound all of its values.
const typeStart = (rank: number) => ({ low: String.fromCharCode(rank - 1), lowIn: false });
const typeEnd = (rank: number) => ({ high: String.fromCharCode(rank + 1), highIn: false });
const ofType = (rank: number): Interval => ({ ...typeStart(rank), ...typeEnd(rank) });
const exactly = (...intervals: Interval[]): Bounds => ({ intervals: union(intervals), exact: true });
const roughly = (...intervals: Interval[]): Bounds => ({ intervals: union(intervals), exact: false });

/**
 * Where in an index the values are that satisfy the predicate; `undefined` when it does not narrow them down.
 */
export function boundsOf({ operator, operand }: Predicate, multikey: boolean): Bounds | undefined {
  switch (operator) {
    case '$eq':
      return equality(operand, multikey);
    case '$in':
      return membership(operand as unknown[], multikey);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return comparison(operator, operand);
    case '$regex':
      return pattern(operand as Regex);
    default:
      return undefined;
  }
}

function equality(value: unknown, multikey: boolean): Bounds | undefined {
  const rank = rankOf(value);
  if (rank === Rank.null || rank === Rank.undefined)
    return multikey ? roughly(point(undefined), point(null)) : roughly(point(null));
  if (isDecimal(value)) return undefined;
  if (Array.isArray(value)) return roughly(point(value), point(value.length > 0 ? value[0] : undefined));
  return exactly(point(value));
}

function membership(values: unknown[], multikey: boolean): Bounds | undefined {
  const intervals: Interval[] = [];
  let exact = true;
  for (const value of values) {
    const bounds = rankOf(value) === Rank.regex ? roughly(ofType(Rank.string), ofType(Rank.regex)) : equality(value, multikey);
    if (!bounds) return undefined;
    exact &&= bounds.exact;
    for (const interval of bounds.intervals) intervals.push(interval);
  }
  return { intervals: union(intervals), exact };
}

function comparison(operator: string, value: unknown): Bounds | undefined {
  const rank = rankOf(value);
  if (rank === Rank.null) return operator.endsWith('e') ? roughly(point(undefined), point(null)) : exactly();
  if (rank === Rank.minKey || rank === Rank.maxKey || rank === Rank.array || isDecimal(value)) return undefined;
  if (rank === Rank.number && Number.isNaN(toNumber(value))) return operator.endsWith('e') ? exactly(point(value)) : exactly();
  const key = keyOfOne(value);
  const inclusive = operator.endsWith('e');
  if (operator.startsWith('$gt')) return exactly({ low: key, lowIn: inclusive, ...typeEnd(rank) });
  // NaN is before all numbers and less than none.
  const start = rank === Rank.number ? { low: keyOfOne(NaN), lowIn: false } : typeStart(rank);
  return exactly({ ...start, high: key, highIn: inclusive });
}

/** Text that begins with known letters is a range; other patterns look at all texts. */
function pattern({ pattern: source, options }: Regex): Bounds {
  const [, prefix = '', next = ''] = /^\^([^\\^$.[\](){}*+?|]*)(.?)/u.exec(source) ?? [];
  const known = '*?{'.includes(next) && next !== '' ? [...prefix].slice(0, -1).join('') : prefix;
  const certain = options === '' && !source.includes('|') && !source.includes('+') && known !== '';
  if (!certain) return roughly(ofType(Rank.string), ofType(Rank.regex));
  const first = keyOfOne(known);
  const texts = { low: first, lowIn: true, high: first.slice(0, -2) + '\xff', highIn: false };
  // Nothing but a beginning: all texts of the range have it, and of stored patterns only this one is found.
  if (source === `^${known}`) return exactly(texts, point(new BSONRegExp(source, '')));
  return roughly(texts, ofType(Rank.regex));
}

const startOf = ({ low, lowIn }: Interval): string => (lowIn ? low : low + END);
const endOf = ({ high, highIn }: Interval): string => (highIn ? high + END : high);
const byStart = (a: Interval, b: Interval): number => (startOf(a) < startOf(b) ? -1 : startOf(a) > startOf(b) ? 1 : 0);

/** The intervals in order, without overlaps. */
function union(intervals: Interval[]): Interval[] {
  if (intervals.length < 2) return intervals;
  const result: Interval[] = [];
  for (const interval of [...intervals].sort(byStart)) {
    const last = result.at(-1);
    if (!last || endOf(last) <= startOf(interval)) result.push(interval);
    else if (endOf(last) < endOf(interval)) result[result.length - 1] = { ...last, high: interval.high, highIn: interval.highIn };
  }
  return result;
}

export function intersection(a: Bounds, b: Bounds): Bounds {
  const intervals: Interval[] = [];
  let [i, j] = [0, 0];
  while (i < a.intervals.length && j < b.intervals.length) {
    const [x, y] = [a.intervals[i]!, b.intervals[j]!];
    const first = startOf(x) > startOf(y) ? x : y;
    const last = endOf(x) < endOf(y) ? x : y;
    if (startOf(first) < endOf(last))
      intervals.push({ low: first.low, lowIn: first.lowIn, high: last.high, highIn: last.highIn });
    if (last === x) i += 1;
    else j += 1;
  }
  return { intervals, exact: a.exact && b.exact };
}

/** A stretch of an index's keys: start ≤ key < end. */
export interface KeyRange {
  start: string;
  end: string;
}

/**
 * The interval behind `prefix` in the index; a descending field has its bytes, and so its order, inverted.
 */
export function keyRange(prefix: string, { low, lowIn, high, highIn }: Interval, direction: 1 | -1): KeyRange {
  if (direction === 1) return { start: prefix + (lowIn ? low : low + END), end: prefix + (highIn ? high + END : high) };
  const [first, last] = [inverted(high), inverted(low)];
  return { start: prefix + (highIn ? first : first + END), end: prefix + (lowIn ? last + END : last) };
}

/**
 * Can a document without the field satisfy the predicate? An index that leaves such documents out may not
 * answer then.
 */
export function matchesMissing({ operator, operand }: Predicate): boolean {
  switch (operator) {
    case '$eq':
    case '$gte':
    case '$lte':
      return rankOf(operand) === Rank.null || rankOf(operand) === Rank.undefined;
    case '$in':
      return (operand as unknown[]).some((value) => compareValues(value, null) === 0 || value === undefined);
    case '$gt':
    case '$lt':
    case '$regex':
    case '$type':
    case '$mod':
    case '$size':
    case '$elemMatch':
      return false;
    case '$exists':
      return operand !== true;
    default:
      return true;
  }
}
