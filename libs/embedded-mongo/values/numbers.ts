import { Double, Long } from 'bson';
import { notSupported } from '../errors';
import { toNumber } from './compare';
import { isDecimal, isDouble, isInt32, isLong } from './types';

type Kind = 'int' | 'long' | 'double';

export function kindOfNumber(value: unknown): Kind {
  if (typeof value === 'number') return isInt32(value) ? 'int' : 'double';
  if (isLong(value)) return 'long';
  if (isDecimal(value)) throw notSupported('Arithmetic and comparison with Decimal128');
  return isDouble(value) ? 'double' : 'int';
}

const RANGE = 2n ** 63n;
const fits = (value: bigint): boolean => value >= -RANGE && value < RANGE;

/** A number as a double, so that it stays one when written. */
export const double = (value: number): unknown => (isInt32(value) ? new Double(value) : value);

/** A whole number as a 32-bit integer if it was one and still is, else as a 64-bit one. */
export const integer = (value: bigint, kind: 'int' | 'long'): unknown => {
  if (!fits(value)) return double(Number(value));
  if (kind === 'int' && value >= -0x80000000n && value <= 0x7fffffffn) return Number(value);
  return Long.fromBigInt(value);
};

const asBigInt = (value: unknown): bigint => (isLong(value) ? value.toBigInt() : BigInt(toNumber(value)));

/** Adds or multiplies as MongoDB does: the wider type wins, and integers that overflow become wider. */
export function arithmetic(a: unknown, b: unknown, operation: '+' | '*' | '-'): unknown {
  const kinds = [kindOfNumber(a), kindOfNumber(b)];
  const x = toNumber(a);
  const y = toNumber(b);
  if (kinds.includes('double')) return double(operation === '+' ? x + y : operation === '-' ? x - y : x * y);
  const kind = kinds.includes('long') ? 'long' : 'int';
  if (kind === 'int') {
    const quick = operation === '+' ? x + y : operation === '-' ? x - y : x * y;
    if (isInt32(quick)) return quick;
  }
  const [p, q] = [asBigInt(a), asBigInt(b)];
  return integer(operation === '+' ? p + q : operation === '-' ? p - q : p * q, kind);
}

/** Can the result of this arithmetic be held by a 64-bit integer or was it never one? */
export const overflows = (a: unknown, b: unknown, operation: '+' | '*'): boolean =>
  kindOfNumber(a) !== 'double' &&
  kindOfNumber(b) !== 'double' &&
  !fits(operation === '+' ? asBigInt(a) + asBigInt(b) : asBigInt(a) * asBigInt(b));
