import { Long, ObjectId } from 'bson';
import { CommandError } from '../errors';
import { toNumber } from '../values/compare';
import { double, kindOfNumber } from '../values/numbers';
import { isDouble, isLong, isNumber, isObjectId, typeName } from '../values/types';
import { values } from './arguments';
import { isNil, isTruthy, type Operator } from './runtime';

const cannot = (value: unknown, to: string): CommandError =>
  new CommandError(241, `Unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`);
const unparsable = (value: unknown, to: string): CommandError =>
  new CommandError(241, `Failed to parse ${to} '${String(value)}' in $convert with no onError value`);

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isDouble(value)) return String(value.value);
  if (isLong(value)) return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (isObjectId(value)) return value.toHexString();
  throw cannot(value, 'string');
}

function wholeOf(value: unknown, to: string, low: number, high: number): number {
  const number = numberOf(value, to);
  if (typeof value === 'string' && !/^[+-]?\d+$/.test(value)) throw unparsable(value, 'number');
  const whole = Math.trunc(number);
  if (!(whole >= low && whole <= high))
    throw new CommandError(241, `Conversion would overflow target type in $convert with no onError value: ${String(value)}`);
  return whole === 0 ? 0 : whole;
}

function numberOf(value: unknown, to: string): number {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (isNumber(value)) return toNumber(value);
  if (value instanceof Date && to !== 'int') return value.getTime();
  if (typeof value !== 'string') throw cannot(value, to);
  const number = value.trim() === value && value !== '' ? Number(value) : NaN;
  if (Number.isNaN(number) && value !== 'NaN') throw unparsable(value, 'number');
  return number;
}

function dateOf(value: unknown): Date {
  if (value instanceof Date) return value;
  if (isObjectId(value)) return value.getTimestamp();
  if (isNumber(value) && kindOfNumber(value) !== 'int') return new Date(Math.trunc(toNumber(value)));
  if (typeof value === 'string') {
    const date = new Date(/^\d{4}-\d\d-\d\d$/.test(value) || /[zZ]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value}Z`);
    if (Number.isNaN(date.getTime())) throw unparsable(value, 'date');
    return date;
  }
  throw cannot(value, 'date');
}

const nullable = (convert: (value: unknown) => unknown): Operator => values(1, (value) => (isNil(value) ? null : convert(value)));

export const CONVERSIONS: Record<string, Operator> = {
  $type: values(1, typeName),
  $isNumber: values(1, isNumber),
  $toString: nullable(textOf),
  $toBool: nullable(isTruthy),
  $toInt: nullable((value) => wholeOf(value, 'int', -0x80000000, 0x7fffffff)),
  $toLong: nullable((value) => (isLong(value) ? value : Long.fromNumber(wholeOf(value, 'long', -(2 ** 63), 2 ** 63 - 1025)))),
  $toDouble: nullable((value) => double(numberOf(value, 'double'))),
  $toDate: nullable(dateOf),
  $toObjectId: nullable((value) => {
    if (isObjectId(value)) return value;
    if (typeof value !== 'string') throw cannot(value, 'objectId');
    if (!/^[0-9a-fA-F]{24}$/.test(value)) throw unparsable(value, 'objectId');
    return ObjectId.createFromHexString(value);
  }),
};
