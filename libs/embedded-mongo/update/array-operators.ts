import { CommandError } from '../errors';
import { parseFilter } from '../query/filter';
import { sortComparator } from '../query/order';
import { MISSING } from '../query/paths';
import { shownValue } from '../storage/documents';
import { compareValues, equal, toNumber } from '../values/compare';
import { has, isDoc, isNumber, isOperators, typeName } from '../values/types';
import { compareRegexOrEqual } from './pull-value';
import type { Change } from './targets';

type Make = (operand: unknown, path: string) => Change;

const mustBeArray = (operator: string, path: string, value: unknown): CommandError =>
  new CommandError(
    2,
    `The field '${path}' must be an array but is of type ${typeName(value)} in document {_id: ?} (${operator})`,
  );

/** The array to be added to: none yet is an empty one. */
function arrayOf(operator: string, path: string, value: unknown): unknown[] {
  if (value === MISSING) return [];
  if (!Array.isArray(value)) throw mustBeArray(operator, path, value);
  return value as unknown[];
}

interface PushOptions {
  each: unknown[];
  slice: number | undefined;
  position: number | undefined;
  sort: ((a: unknown, b: unknown) => number) | undefined;
}

function pushOptions(operand: unknown): PushOptions {
  if (!isDoc(operand) || !has(operand, '$each'))
    return { each: [operand], slice: undefined, position: undefined, sort: undefined };
  const { $each, $slice, $position, $sort, ...rest } = operand;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new CommandError(2, `Unrecognized clause in $push: ${unknown}`);
  if (!Array.isArray($each))
    throw new CommandError(2, `The argument to $each in $push must be an array but it was of type: ${typeName($each)}`);
  return { each: $each, slice: whole('$slice', $slice), position: whole('$position', $position), sort: sortOf($sort) };
}

function whole(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (!isNumber(value) || !Number.isInteger(toNumber(value))) {
    throw new CommandError(2, `The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
  }
  return toNumber(value);
}

function sortOf(source: unknown): PushOptions['sort'] {
  if (source === undefined) return undefined;
  if (isDoc(source)) {
    const compare = sortComparator(source);
    return (a, b) => compare(isDoc(a) ? a : {}, isDoc(b) ? b : {});
  }
  const direction = isNumber(source) ? toNumber(source) : 0;
  if (Math.abs(direction) !== 1) throw new CommandError(2, 'The $sort element value must be either 1 or -1');
  return (a, b) => compareValues(a, b) * direction;
}

const push: Make = (operand, path) => {
  const { each, slice, position, sort } = pushOptions(operand);
  return {
    apply(value, context) {
      const result = [...arrayOf('$push', path, value)];
      if (each.length > 0 || (sort && result.length > 0)) context.counts = true;
      const at = position === undefined ? result.length : position;
      result.splice(at < 0 ? Math.max(0, result.length + at) : Math.min(at, result.length), 0, ...each);
      if (sort) result.sort(sort);
      if (slice === undefined) return result;
      return slice >= 0 ? result.slice(0, slice) : result.slice(slice);
    },
  };
};

const addToSet: Make = (operand, path) => {
  let values = [operand];
  if (isDoc(operand) && has(operand, '$each')) {
    if (!Array.isArray(operand.$each))
      throw new CommandError(
        14,
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(operand.$each)}`,
      );
    if (Object.keys(operand).length > 1)
      throw new CommandError(2, `Found unexpected fields after $each in $addToSet: ${shownValue(operand)}`);
    values = operand.$each as unknown[];
  }
  return {
    apply(value) {
      if (value !== MISSING && !Array.isArray(value)) {
        throw new CommandError(
          2,
          `Cannot apply $addToSet to non-array field. Field named '${path.split('.').at(-1)}' has non-array type ${typeName(value)}`,
        );
      }
      const result = value === MISSING ? [] : [...(value as unknown[])];
      for (const one of values) if (!result.some((known) => equal(known, one))) result.push(one);
      return result;
    },
  };
};

/** What `$pull` takes out: values equal to the operand, or those that satisfy it as a condition. */
function pullTest(operand: unknown): (element: unknown) => boolean {
  if (isOperators(operand)) {
    const filter = parseFilter({ element: operand });
    return (element) => filter.matches({ element });
  }
  if (isDoc(operand)) {
    const filter = parseFilter(operand);
    return (element) => isDoc(element) && filter.matches(element);
  }
  return (element) => compareRegexOrEqual(element, operand);
}

const pull: Make = (operand) => {
  const test = pullTest(operand);
  return {
    onlyExisting: true,
    viable: true,
    apply(value) {
      if (!Array.isArray(value)) throw new CommandError(2, 'Cannot apply $pull to a non-array value');
      return value.filter((element) => !test(element));
    },
  };
};

const pullAll: Make = (operand, path) => {
  if (!Array.isArray(operand))
    throw new CommandError(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return {
    onlyExisting: true,
    viable: true,
    apply: (value) => arrayOf('$pullAll', path, value).filter((element) => !operand.some((one) => equal(one, element))),
  };
};

const pop: Make = (operand, path) => {
  const end = isNumber(operand) ? toNumber(operand) : 0;
  if (Math.abs(end) !== 1) throw new CommandError(9, `$pop expects 1 or -1, found: ${shownValue(operand)}`);
  return {
    onlyExisting: true,
    viable: true,
    apply(value) {
      if (!Array.isArray(value))
        throw new CommandError(14, `Path '${path}' contains an element of non-array type '${typeName(value)}'`);
      return end === 1 ? value.slice(0, -1) : value.slice(1);
    },
  };
};

export const ARRAY_OPERATORS: Record<string, Make> = {
  $push: push,
  $addToSet: addToSet,
  $pull: pull,
  $pullAll: pullAll,
  $pop: pop,
};
