import type { BSONRegExp } from 'bson';
import { badValue, CommandError, notSupported } from '../errors';
import { compareValues, toNumber } from '../values/compare';
import { keyOfOne } from '../values/ordered-key';
import { isDecimal, isDoc, isLong, isNumber, Rank, rankOf, TYPE_NUMBERS, typeName } from '../values/types';
import { MISSING } from './paths';

/** Decides about the value at the end of a path; MISSING where there is none. */
export type Leaf = (value: unknown) => boolean;

export class Regex {
  constructor(
    readonly regex: RegExp,
    readonly pattern: string,
    readonly options: string,
  ) {}
}

export function compileRegex(source: unknown, given?: unknown): Regex {
  const isRegex = rankOf(source) === Rank.regex;
  if (!isRegex && typeof source !== 'string') throw badValue('$regex has to be a string');
  const { pattern, options: own } = isRegex ? (source as BSONRegExp) : { pattern: source as string, options: '' };
  if (given !== undefined && typeof given !== 'string') throw badValue('$options has to be a string');
  const options = given ?? own;
  for (const option of options) {
    if (!'imsxu'.includes(option)) throw badValue(` invalid flag in regex options: ${option}`);
    if (option === 'x') throw notSupported('The regex option "x"');
  }
  try {
    return new Regex(new RegExp(pattern, `${options.replace('u', '')}u`), pattern, options);
  } catch {
    return new Regex(looseRegex(pattern, options), pattern, options);
  }
}

/** What PCRE has and JavaScript has not, or means otherwise. */
const OTHER_DIALECT = /\(\?[imsx>#|R\d+-]|\\[AzZGQEKRXhHvV]|\[\[:|[*+?}]\+|\(\*/;

/** What is no pattern in Unicode mode may still be one without, such as a needless backslash. */
function looseRegex(pattern: string, options: string): RegExp {
  if (OTHER_DIALECT.test(pattern)) throw notSupported(`The regular expression /${pattern}/`);
  try {
    return new RegExp(pattern, options.replace('u', ''));
  } catch (error) {
    throw new CommandError(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : pattern}`);
  }
}

type Spread = (test: Leaf) => Leaf;

/** Applies a test to a value and, where it is an array, to its elements. */
const overElements: Spread = (test) => (value) => {
  if (!Array.isArray(value)) return test(value);
  for (const element of value) if (test(element)) return true;
  return test(value);
};

const valueAlone: Spread = (test) => test;

const isNullish = (value: unknown): boolean => value === null || value === MISSING || value === undefined;

/** `alone`: the value is an element that `$elemMatch` looks at, and is not taken apart further. */
export function compileLeaf(operator: string, operand: unknown, alone = false): Leaf {
  const deep = alone ? valueAlone : overElements;
  switch (operator) {
    case '$eq':
      return equals(operand, deep);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return ordered(operator, operand, deep);
    case '$in':
      return within(operand as unknown[], deep);
    case '$regex':
      return matchesRegex(operand as Regex, deep);
    case '$type':
      return hasType(operand, alone);
    case '$mod':
      return modulo(operand, deep);
    case '$size':
      return hasSize(operand);
    default:
      throw badValue(`unknown operator: ${operator}`);
  }
}

function equals(operand: unknown, deep: Spread): Leaf {
  if (isNullish(operand)) return deep(isNullish);
  if (typeof operand === 'string') return deep((value) => value === operand);
  const rank = rankOf(operand);
  return deep((value) => value !== MISSING && rankOf(value) === rank && compareValues(value, operand) === 0);
}

const ACCEPTS: Record<string, (order: number) => boolean> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

/** Only values of the operand's type compare. */
function ordered(operator: string, operand: unknown, deep: Spread): Leaf {
  const accepts = ACCEPTS[operator]!;
  const rank = rankOf(operand);
  if (rank === Rank.null) return accepts(0) ? deep(isNullish) : () => false;
  if (rank === Rank.minKey || rank === Rank.maxKey) {
    return deep((value) => accepts(compareValues(value === MISSING ? null : value, operand)));
  }
  const isNaNOperand = rank === Rank.number && !isDecimal(operand) && Number.isNaN(toNumber(operand));
  return deep((value) => {
    if (value === MISSING || rankOf(value) !== rank) return false;
    if (rank === Rank.number && !isDecimal(value) && Number.isNaN(toNumber(value)) !== isNaNOperand) return false;
    return accepts(compareValues(value, operand));
  });
}

/** Long lists are looked up by their key bytes; short ones are compared. */
function within(values: unknown[], deep: Spread): Leaf {
  const regexes = values.filter((value) => rankOf(value) === Rank.regex).map((value) => compileRegex(value).regex);
  const plain = values.filter((value) => rankOf(value) !== Rank.regex);
  const withNull = plain.some(isNullish);
  const strings = new Set(plain.filter((value) => typeof value === 'string'));
  const others = new Set(plain.filter((value) => typeof value !== 'string' && !isNullish(value)).map(keyOfOne));
  return deep((value) => {
    if (typeof value === 'string') return strings.has(value) || regexes.some((regex) => regex.test(value));
    if (isNullish(value)) return withNull;
    return others.size > 0 && others.has(keyOfOne(value));
  });
}

function matchesRegex({ regex, pattern, options }: Regex, deep: Spread): Leaf {
  return deep((value) => {
    if (typeof value === 'string') return regex.test(value);
    if (value === MISSING || rankOf(value) !== Rank.regex) return false;
    return (value as BSONRegExp).pattern === pattern && (value as BSONRegExp).options === options;
  });
}

const NAMES_OF_NUMBERS = new Map(Object.entries(TYPE_NUMBERS).map(([name, number]) => [number, name]));

function hasType(operand: unknown, alone: boolean): Leaf {
  const given = Array.isArray(operand) ? operand : [operand];
  if (given.length === 0) throw badValue('$type must match at least one type');
  const names = new Set(given.map(nameOfType));
  const ofArray = names.has('array');
  const matches = (value: unknown) =>
    value !== MISSING && (names.has(typeName(value)) || (names.has('number') && isNumber(value)));
  return (value) => {
    if (Array.isArray(value)) return ofArray || (!alone && value.some(matches));
    return matches(value);
  };
}

function nameOfType(type: unknown): string {
  if (typeof type === 'string') {
    if (type !== 'number' && TYPE_NUMBERS[type] === undefined) throw badValue(`Unknown type name alias: ${type}`);
    return type;
  }
  const name = isNumber(type) ? NAMES_OF_NUMBERS.get(toNumber(type)) : undefined;
  if (!name) throw badValue(`Invalid numerical type code: ${String(type)}`);
  return name;
}

function modulo(operand: unknown, deep: Spread): Leaf {
  if (!Array.isArray(operand)) throw badValue('malformed mod, needs to be an array');
  if (operand.length < 2) throw badValue('malformed mod, not enough elements');
  if (operand.length > 2) throw badValue('malformed mod, too many elements');
  const [divisor, rest] = operand.map((value) => Math.trunc(toNumber(value))) as [number, number];
  if (divisor === 0) throw badValue('divisor cannot be 0');
  return deep((value) => {
    if (value === MISSING || !isNumber(value)) return false;
    if (isLong(value)) return Number(value.toBigInt() % BigInt(divisor)) === rest;
    const number = toNumber(value);
    return Number.isFinite(number) && Math.trunc(number) % divisor === rest;
  });
}

function hasSize(operand: unknown): Leaf {
  if (!isNumber(operand))
    throw badValue(`Failed to parse $size. Expected a number in: $size: ${isDoc(operand) ? '{}' : String(operand)}`);
  const size = toNumber(operand);
  return (value) => Array.isArray(value) && value.length === size;
}
