import { createHash } from 'node:crypto';
import type { Binary, BSONRegExp, Code, ObjectId, Timestamp } from 'bson';
import { notSupported } from '../errors';
import { toNumber } from './compare';
import { type Doc, isDecimal, isLong, Rank, rankOf } from './types';

/**
 * Values as strings of bytes (one character a byte) whose order is MongoDB's order of values. No value's
 * bytes are the beginning of another's, and none is followed by END or more, so `bytes + END` is right behind
 * every key that begins with them.
 */
export const END = '\xfd';

let scratch = Buffer.allocUnsafeSlow(4096);
let at = 0;

/**
 * Longer keys are cut and end with a hash: LMDB takes 1,978 bytes, of which the tree and the record take ten.
 */
const MAX_KEY = 1_900;
const KEPT = 1_800;

function reserve(bytes: number): void {
  if (at + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(scratch.length * 2, at + bytes));
  scratch.copy(larger, 0, 0, at);
  scratch = larger;
}

/** The bytes of values in a row; `directions` of -1 turn the order of their value around. */
export function keyOf(values: readonly unknown[], directions?: readonly number[]): string {
  at = 0;
  for (let i = 0; i < values.length; i += 1) {
    const start = at;
    write(values[i]);
    if (directions && directions[i] === -1) for (let j = start; j < at; j += 1) scratch[j] = ~scratch[j]!;
  }
  return scratch.toString('latin1', 0, at);
}

export const keyOfOne = (value: unknown): string => {
  at = 0;
  write(value);
  return scratch.toString('latin1', 0, at);
};

export function inverted(key: string): string {
  const bytes = Buffer.from(key, 'latin1');
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = ~bytes[i]!;
  return bytes.toString('latin1', 0, bytes.length);
}

/**
 * What is stored for a key: itself, or its beginning and a hash. The hash is text, so that END does not
 * follow the beginning.
 */
export function stored(key: string): string {
  if (key.length <= MAX_KEY) return key;
  return key.slice(0, KEPT) + createHash('sha256').update(key, 'latin1').digest('hex').slice(0, 40);
}

export const isCut = (key: string): boolean => key.length > KEPT;
/**
 * Where to begin and end a search for keys that may have been cut: at their beginnings, and the found are
 * checked again.
 */
export const cutStart = (key: string): string => (key.length > KEPT ? key.slice(0, KEPT) : key);
export const cutEnd = (key: string): string => (key.length > KEPT ? key.slice(0, KEPT) + END : key);

function write(value: unknown): void {
  const rank = rankOf(value);
  reserve(32);
  scratch[at++] = rank;
  switch (rank) {
    case Rank.string:
      return writeText(String(value));
    case Rank.number:
      return writeNumber(value);
    case Rank.objectId:
      at += Buffer.from((value as ObjectId).id).copy(scratch, at);
      return;
    case Rank.date:
      return writeInteger(BigInt((value as Date).getTime()));
    case Rank.boolean:
      scratch[at++] = value ? 1 : 0;
      return;
    case Rank.object:
      return writeDoc(value as Doc);
    case Rank.array:
      for (const element of value as unknown[]) write(element);
      reserve(1);
      scratch[at++] = 0;
      return;
    case Rank.binary:
      return writeBinary(value as Binary);
    case Rank.timestamp:
      scratch.writeBigUInt64BE((value as Timestamp).toBigInt(), at);
      at += 8;
      return;
    case Rank.regex:
      writeText((value as BSONRegExp).pattern);
      return writeText((value as BSONRegExp).options);
    case Rank.code:
      return writeText(String((value as Code).code));
    default:
  }
}

/**
 * UTF-8 and an end mark of 0 1; a 0 inside is 0 2. So no text's bytes begin another's, in either direction.
 */
function writeText(text: string): void {
  reserve(text.length * 3 + 2);
  if (text.includes('\0')) {
    const parts = text.split('\0');
    reserve(text.length * 4 + 2);
    parts.forEach((part, i) => {
      at += scratch.write(part, at, 'utf8');
      if (i < parts.length - 1) mark(2);
    });
  } else at += scratch.write(text, at, 'utf8');
  mark(1);
}

/** Where the text ends that begins at `from` in a key; `undefined` when there is none, or it does not end. */
export function textEnd(key: string, from: number): number | undefined {
  if (key.charCodeAt(from) !== Rank.string) return undefined;
  const end = key.indexOf('\0\x01', from + 1);
  return end < 0 ? undefined : end + 2;
}

function mark(kind: number): void {
  scratch[at++] = 0;
  scratch[at++] = kind;
}

/** The double in an order of unsigned bytes, then what a 64-bit integer has beyond the double. */
function writeNumber(value: unknown): void {
  if (isDecimal(value)) throw notSupported('Decimal128 in an index or a sort');
  const number = toNumber(value);
  if (Number.isNaN(number)) scratch.fill(0, at, at + 8);
  else {
    scratch.writeDoubleBE(number === 0 ? 0 : number, at);
    if (scratch[at]! < 0x80) scratch[at]! |= 0x80;
    else for (let i = at; i < at + 8; i += 1) scratch[i] = ~scratch[i]!;
  }
  at += 8;
  const rest = isLong(value) && Math.abs(number) > Number.MAX_SAFE_INTEGER ? Number(value.toBigInt() - BigInt(number)) : 0;
  scratch.writeUInt16BE(rest + 0x4000, at);
  at += 2;
}

function writeInteger(value: bigint): void {
  scratch.writeBigUInt64BE(BigInt.asUintN(64, value ^ (1n << 63n)), at);
  at += 8;
}

function writeDoc(document: Doc): void {
  for (const key of Object.keys(document)) {
    const value = document[key];
    reserve(1);
    scratch[at++] = rankOf(value);
    writeText(key);
    write(value);
  }
  reserve(1);
  scratch[at++] = 0;
}

function writeBinary(value: Binary): void {
  const data = value.value();
  reserve(data.length + 8);
  scratch.writeUInt32BE(data.length, at);
  scratch[at + 4] = value.sub_type;
  at += 5;
  at += Buffer.from(data).copy(scratch, at);
}
