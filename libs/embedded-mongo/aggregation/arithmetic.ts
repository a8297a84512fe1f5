import { Long } from 'bson';
import { CommandError } from '../errors';
import { compareValues, toNumber } from '../values/compare';
import { ExactSum } from '../values/exact-sum';
import { arithmetic, double, kindOfNumber } from '../values/numbers';
import { isNumber, typeName } from '../values/types';
import { anyValues, values } from './arguments';
import { isNil, type Operator } from './runtime';

const onlyNumbers = (name: string, value: unknown): CommandError =>
  new CommandError(14, `${name} only supports numeric types, not ${typeName(value)}`);

/** A function of one number that gives null for null. */
const unary = (name: string, apply: (value: unknown) => unknown): Operator =>
  values(1, (value) => {
    if (isNil(value)) return null;
    if (!isNumber(value)) throw new CommandError(28765, `${name} only supports numeric types, not ${typeName(value)}`);
    return apply(value);
  });

/** Rounding keeps whole numbers as they are. */
const rounding = (name: string, round: (value: number) => number): Operator =>
  unary(name, (value) => (kindOfNumber(value) === 'double' ? double(round(toNumber(value))) : value));

const real = (name: string, apply: (value: number) => number): Operator => unary(name, (value) => double(apply(toNumber(value))));

function add(all: unknown[]): unknown {
  let date: Date | undefined;
  const sum = new ExactSum();
  for (const value of all) {
    if (isNil(value)) return null;
    if (value instanceof Date) {
      if (date) throw new CommandError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumber(value)) sum.add(value);
    else throw new CommandError(14, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return date ? new Date(date.getTime() + Math.round(sum.toNumber())) : sum.result();
}

function subtract(a: unknown, b: unknown): unknown {
  if (isNil(a) || isNil(b)) return null;
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumber(b)) return new Date(a.getTime() - Math.round(toNumber(b)));
  if (isNumber(a) && isNumber(b)) return arithmetic(a, b, '-');
  throw new CommandError(14, `can't $subtract ${typeName(b)} from ${typeName(a)}`);
}

function divide(a: unknown, b: unknown): unknown {
  if (isNil(a) || isNil(b)) return null;
  if (!isNumber(a) || !isNumber(b))
    throw new CommandError(14, `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  if (toNumber(b) === 0) throw new CommandError(2, "can't $divide by zero");
  return double(toNumber(a) / toNumber(b));
}

function modulo(a: unknown, b: unknown): unknown {
  if (isNil(a) || isNil(b)) return null;
  if (!isNumber(a) || !isNumber(b))
    throw new CommandError(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  if (toNumber(b) === 0) throw new CommandError(16610, "can't $mod by zero");
  const kinds = [kindOfNumber(a), kindOfNumber(b)];
  const rest = toNumber(a) % toNumber(b);
  if (kinds.includes('double')) return double(rest);
  return kinds.includes('long') ? Long.fromNumber(rest) : rest === 0 ? 0 : rest;
}

/**
 * Half goes to the even neighbour; what is half is decided by all digits of the binary number, not by those
 * shown.
 */
function roundHalfEven(value: number, places: number): number {
  if (places < 0 || !Number.isFinite(value)) return nearestEven(value * 10 ** places) / 10 ** places;
  const digits = Math.abs(value).toFixed(Math.min(100, places + 60));
  const rest = digits.slice(digits.indexOf('.') + 1 + places);
  return /^50*$/.test(rest) ? nearestEven(value * 10 ** places) / 10 ** places : Number(value.toFixed(places));
}

function nearestEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

const placed = (name: string, apply: (value: number, places: number) => number): Operator =>
  values([1, 2], (value, places) => {
    if (isNil(value) || places === null) return null;
    if (!isNumber(value)) throw onlyNumbers(name, value);
    const digits = places === undefined ? 0 : toNumber(places);
    if (kindOfNumber(value) !== 'double' && digits >= 0) return value;
    return double(apply(toNumber(value), digits));
  });

/** The numbers that `$sum` and its like look at: the arguments, or the elements of a single array. */
const numbersOf = (all: unknown[]): unknown[] => (all.length === 1 && Array.isArray(all[0]) ? (all[0] as unknown[]) : all);

function sumOf(all: readonly unknown[]): ExactSum {
  const sum = new ExactSum();
  for (const value of all) if (isNumber(value)) sum.add(value);
  return sum;
}

const extreme = (sign: 1 | -1): Operator =>
  anyValues((all) => {
    const present = numbersOf(all).filter((value) => !isNil(value));
    if (present.length === 0) return null;
    return present.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best));
  });

export const ARITHMETIC: Record<string, Operator> = {
  $add: anyValues(add),
  $subtract: values(2, subtract),
  $multiply: anyValues((all) => {
    if (all.some(isNil)) return null;
    return all.reduce((product, value) => {
      if (!isNumber(value)) throw onlyNumbers('$multiply', value);
      return arithmetic(product, value, '*');
    }, 1);
  }),
  $divide: values(2, divide),
  $mod: values(2, modulo),
  $abs: unary('$abs', (value) => (toNumber(value) < 0 ? arithmetic(value, -1, '*') : value)),
  $ceil: rounding('$ceil', Math.ceil),
  $floor: rounding('$floor', Math.floor),
  $round: placed('$round', roundHalfEven),
  $trunc: placed('$trunc', (value, places) => Math.trunc(value * 10 ** places) / 10 ** places),
  $sqrt: real('$sqrt', (value) => {
    if (value < 0) throw new CommandError(28714, "$sqrt's argument must be greater than or equal to 0");
    return Math.sqrt(value);
  }),
  $sum: anyValues((all) => sumOf(numbersOf(all)).result()),
  $avg: anyValues((all) => {
    const numbers = numbersOf(all).filter(isNumber);
    return numbers.length === 0 ? null : double(sumOf(numbers).toNumber() / numbers.length);
  }),
  $max: extreme(1),
  $min: extreme(-1),
};
