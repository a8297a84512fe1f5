import { CommandError } from '../errors';
import { sortComparator } from '../query/order';
import { compareValues, equal, toNumber } from '../values/compare';
import { keyOfOne } from '../values/ordered-key';
import { type Doc, isDoc, isNumber, typeName } from '../values/types';
import { anyValues, named, namedSource, values } from './arguments';
import { isNil, isTruthy, type Operator } from './runtime';

function array(name: string, value: unknown, code = 14): unknown[] {
  if (!Array.isArray(value)) throw new CommandError(code, `${name} requires an array, not ${typeName(value)}`);
  return value as unknown[];
}

function elementAt(value: unknown, position: unknown): unknown {
  if (isNil(value) || isNil(position)) return null;
  const elements = array('$arrayElemAt', value, 28689);
  if (!isNumber(position))
    throw new CommandError(28690, `$arrayElemAt's second argument must be a numeric value, but is ${typeName(position)}`);
  return elements.at(toNumber(position));
}

function slice(value: unknown, first: unknown, count: unknown): unknown {
  if (isNil(value) || isNil(first) || count === null) return null;
  const elements = array('$slice', value, 28724);
  const from = toNumber(first);
  if (count === undefined) return from >= 0 ? elements.slice(0, from) : elements.slice(from);
  const length = toNumber(count);
  if (length <= 0) throw new CommandError(28729, `Third argument to $slice must be positive: ${length}`);
  const start = from >= 0 ? from : Math.max(0, elements.length + from);
  return elements.slice(start, start + length);
}

/** The different values, in MongoDB's order of values. */
const distinct = (all: readonly unknown[]): unknown[] =>
  [...new Map(all.map((value) => [keyOfOne(value), value])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);

const setOf = (name: string, value: unknown): Set<string> => new Set(array(name, value).map(keyOfOne));

function range(start: unknown, end: unknown, step: unknown = 1): number[] {
  const [from, to, by] = [toNumber(start), toNumber(end), toNumber(step)];
  if (by === 0) throw new CommandError(34449, '$range requires a non-zero step value');
  const result: number[] = [];
  for (let i = from; by > 0 ? i < to : i > to; i += by) result.push(i);
  return result;
}

export const ARRAYS: Record<string, Operator> = {
  $size: values(1, (value) => array('The argument to $size', value, 17124).length),
  $isArray: values(1, (value) => Array.isArray(value)),
  $arrayElemAt: values(2, elementAt),
  $first: values(1, (value) => (isNil(value) ? null : array('$first', value, 28689)[0])),
  $last: values(1, (value) => (isNil(value) ? null : array('$last', value, 28689).at(-1))),
  $in: values(2, (value, list) => {
    if (!Array.isArray(list))
      throw new CommandError(40081, `$in requires an array as a second argument, found: ${typeName(list)}`);
    return list.some((element) => equal(element, value));
  }),
  $indexOfArray: values(2, (list, value) =>
    isNil(list) ? null : array('$indexOfArray', list, 40090).findIndex((one) => equal(one, value)),
  ),
  $concatArrays: anyValues((all) => (all.some(isNil) ? null : all.flatMap((value) => array('$concatArrays', value, 28664)))),
  $slice: values([2, 3], slice),
  $reverseArray: values(1, (value) =>
    isNil(value) ? null : [...array('The argument to $reverseArray', value, 34435)].reverse(),
  ),
  $range: values([2, 3], range),
  $setUnion: anyValues((all) => (all.some(isNil) ? null : distinct(all.flatMap((value) => array('$setUnion', value, 17043))))),
  $setIntersection: anyValues((all) => {
    if (all.some(isNil)) return null;
    const [first, ...rest] = all.map((value) => array('$setIntersection', value, 17047));
    const sets = rest.map((value) => setOf('$setIntersection', value));
    return distinct((first ?? []).filter((value) => sets.every((set) => set.has(keyOfOne(value)))));
  }),
  $setDifference: values(2, (a, b) => {
    if (isNil(a) || isNil(b)) return null;
    const without = setOf('$setDifference', b);
    const kept = new Map<string, unknown>();
    for (const value of array('$setDifference', a, 17048)) {
      const key = keyOfOne(value);
      if (!without.has(key) && !kept.has(key)) kept.set(key, value);
    }
    return [...kept.values()];
  }),
  $setIsSubset: values(2, (a, b) => {
    const all = setOf('$setIsSubset', b);
    return array('$setIsSubset', a, 17046).every((value) => all.has(keyOfOne(value)));
  }),
  $anyElementTrue: values(1, (value) => array('$anyElementTrue', value, 17041).some(isTruthy)),
  $allElementsTrue: values(1, (value) => array('$allElementsTrue', value, 17040).every(isTruthy)),
  $filter: (argument, compile, name) => {
    const { input, cond, limit } = named(without(argument, 'as'), name, ['input', 'cond'], ['limit'], compile);
    const as = nameOf(argument);
    return (document, variables) => {
      const list = input!(document, variables);
      if (isNil(list)) return null;
      const found = array('input to $filter', list, 28651).filter((one) =>
        isTruthy(cond!(document, { ...variables, [as]: one })),
      );
      const most = limit?.(document, variables);
      return isNil(most) ? found : found.slice(0, toNumber(most));
    };
  },
  $map: (argument, compile, name) => {
    const { input, in: inner } = named(without(argument, 'as'), name, ['input', 'in'], [], compile);
    const as = nameOf(argument);
    return (document, variables) => {
      const list = input!(document, variables);
      if (isNil(list)) return null;
      return array('input to $map', list, 16883).map((one) => inner!(document, { ...variables, [as]: one }) ?? null);
    };
  },
  $reduce: (argument, compile, name) => {
    const { input, initialValue, in: inner } = named(argument, name, ['input', 'initialValue', 'in'], [], compile);
    return (document, variables) => {
      const list = input!(document, variables);
      if (isNil(list)) return null;
      return array('$reduce', list, 40080).reduce(
        (value, one) => inner!(document, { ...variables, value, this: one }),
        initialValue!(document, variables),
      );
    };
  },
  $sortArray: (argument, compile, name) => {
    const { input, sortBy } = namedSource(argument, name, ['input', 'sortBy'], []);
    const list = compile(input);
    const compare = isDoc(sortBy) ? sortComparator(sortBy) : (a: unknown, b: unknown) => compareValues(a, b) * toNumber(sortBy);
    return (document, variables) => {
      const value = list(document, variables);
      return isNil(value) ? null : [...array('$sortArray', value, 2942504)].sort((a, b) => compare(a as Doc, b as Doc));
    };
  },
};

const without = (argument: unknown, key: string): unknown => {
  if (!isDoc(argument)) return argument;
  const { [key]: _, ...rest } = argument;
  return rest;
};

const nameOf = (argument: unknown): string => (isDoc(argument) && typeof argument.as === 'string' ? argument.as : 'this');
