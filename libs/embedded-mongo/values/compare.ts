import type { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import { notSupported } from '../errors';
import { type Doc, isDecimal, isLong, Rank, rankOf } from './types';

/** A number of any BSON type as a plain one; a 64-bit integer beyond 2^53 loses its last digits. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (isDecimal(value)) throw notSupported('Arithmetic and comparison with Decimal128');
  if (isLong(value)) return value.toNumber();
  return (value as { value: number }).value;
}

const sign = (a: number | string | bigint, b: number | string | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

function compareNumbers(a: unknown, b: unknown): number {
  const x = toNumber(a);
  const y = toNumber(b);
  if (x < y) return -1;
  if (x > y) return 1;
  if (x !== y) return Number.isNaN(x) ? (Number.isNaN(y) ? 0 : -1) : 1;
  if ((isLong(a) || isLong(b)) && Number.isFinite(x) && Math.abs(x) >= Number.MAX_SAFE_INTEGER) return sign(exact(a), exact(b));
  return 0;
}

const exact = (value: unknown): bigint => (isLong(value) ? value.toBigInt() : BigInt(toNumber(value)));

/** Strings compare by their UTF-8 bytes, which is the order of code points, not of UTF-16 units. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const xs = x >= 0xd800 && x <= 0xdfff;
      const ys = y >= 0xd800 && y <= 0xdfff;
      return xs === ys ? x - y : xs ? 1 : -1;
    }
  }
  return a.length - b.length;
}

function compareDocs(a: Doc, b: Doc): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  for (let i = 0; i < left.length && i < right.length; i += 1) {
    const x = a[left[i]!];
    const y = b[right[i]!];
    const order = rankOf(x) - rankOf(y) || compareStrings(left[i]!, right[i]!) || compareValues(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i += 1) {
    const order = compareValues(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

const compareBinaries = (a: Binary, b: Binary): number =>
  a.position - b.position || a.sub_type - b.sub_type || Buffer.compare(a.value(), b.value());

/** MongoDB's total order of values. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const rank = rankOf(a);
  const other = rankOf(b);
  if (rank !== other) return rank - other;
  switch (rank) {
    case Rank.number:
      return compareNumbers(a, b);
    case Rank.string:
      return compareStrings(String(a), String(b));
    case Rank.object:
      return compareDocs(a as Doc, b as Doc);
    case Rank.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case Rank.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case Rank.boolean:
      return Number(a) - Number(b);
    case Rank.date:
      return sign((a as Date).getTime(), (b as Date).getTime());
    case Rank.binary:
      return compareBinaries(a as Binary, b as Binary);
    case Rank.timestamp:
      return sign((a as Timestamp).toBigInt(), (b as Timestamp).toBigInt());
    case Rank.regex:
      return (
        compareStrings((a as BSONRegExp).pattern, (b as BSONRegExp).pattern) ||
        compareStrings((a as BSONRegExp).options, (b as BSONRegExp).options)
      );
    case Rank.code:
      return compareStrings(String((a as Code).code), String((b as Code).code));
    default:
      return 0;
  }
}

export const equal = (a: unknown, b: unknown): boolean => compareValues(a, b) === 0;
