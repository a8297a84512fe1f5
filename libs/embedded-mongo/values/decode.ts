import { Binary, BSONRegExp, Code, Decimal128, Double, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { CommandError, notSupported } from '../errors';
import { type Doc, isInt32, setField } from './types';

const MAX_DEPTH = 180;

/**
 * Reads BSON so that writing it again gives the same types: 32-bit integers and other doubles become plain
 * numbers, a double that looks like an integer stays a `Double`, 64-bit integers stay `Long`. The library's
 * reader joins them all into numbers or wraps every one. State lives in the module: reading is synchronous,
 * and a reader object per document would cost more than the document.
 */
let bytes: Buffer;
let at = 0;
let depth = 0;

export function decode(source: Buffer, start = 0): Doc {
  bytes = source;
  at = start;
  depth = 0;
  try {
    return readDocument();
  } catch (error) {
    if (error instanceof RangeError) throw invalid('it ends too early');
    throw error;
  }
}

/**
 * Only some of the top-level fields: what a filter or a sort looks at is a small part of a document, and most
 * are read for that alone.
 */
export function decodeSome(source: Buffer, wanted: ReadonlySet<string>): Doc {
  bytes = source;
  at = 0;
  depth = 0;
  const end = documentEnd();
  const document: Doc = {};
  let missing = wanted.size;
  for (let type = bytes[at++]; type !== 0 && missing > 0 && at < end; type = bytes[at++]) {
    const name = readName();
    if (wanted.has(name)) {
      setField(document, name, readValue(type!));
      missing -= 1;
    } else skipValue(type!);
  }
  return document;
}

function skipValue(type: number): void {
  switch (type) {
    case 0x02:
      at += 4 + bytes.readInt32LE(at);
      return;
    case 0x03:
    case 0x04:
      at += bytes.readInt32LE(at);
      return;
    case 0x07:
      at += 12;
      return;
    case 0x01:
    case 0x09:
    case 0x12:
      at += 8;
      return;
    case 0x10:
      at += 4;
      return;
    case 0x08:
      at += 1;
      return;
    case 0x0a:
      return;
    default:
      readValue(type);
  }
}

const invalid = (why: string) => new CommandError(22, `Invalid BSON: ${why}`);

/** The end of the document that begins here, checked against its surroundings. */
function documentEnd(): number {
  const size = bytes.readInt32LE(at);
  const end = at + size;
  if (size < 5 || end > bytes.length || bytes[end - 1] !== 0) throw invalid('a length lies');
  at += 4;
  return end;
}

function readDocument(): Doc {
  const end = documentEnd();
  const document: Doc = {};
  descend();
  for (;;) {
    const type = bytes[at++]!;
    if (type === 0) break;
    const name = readName();
    const value = readValue(type);
    if (name === '__proto__') setField(document, name, value);
    else document[name] = value;
    if (at >= end) throw invalid('a document does not end');
  }
  if (at !== end) throw invalid('a length lies');
  depth -= 1;
  return document;
}

function readArray(): unknown[] {
  const end = documentEnd();
  const values: unknown[] = [];
  descend();
  for (;;) {
    const type = bytes[at++]!;
    if (type === 0) break;
    while (bytes[at] !== 0) at += 1;
    at += 1;
    values.push(readValue(type));
    if (at >= end) throw invalid('an array does not end');
  }
  if (at !== end) throw invalid('a length lies');
  depth -= 1;
  return values;
}

function descend(): void {
  depth += 1;
  if (depth > MAX_DEPTH) throw new CommandError(15, 'Overflow: BSON nesting exceeds the limit');
}

/**
 * Field names repeat in every document: a small table keeps them from being decoded and allocated each time.
 */
const names = new Array<string | undefined>(2048);

function readName(): string {
  const start = at;
  let hash = 7;
  let byte: number;
  while ((byte = bytes[at]!) !== 0) {
    if (byte === undefined) throw invalid('a name does not end');
    hash = (Math.imul(hash, 31) + byte) | 0;
    at += 1;
  }
  const length = at - start;
  at += 1;
  const slot = hash & 2047;
  const known = names[slot];
  if (known !== undefined && known.length === length) {
    let i = 0;
    while (i < length && known.charCodeAt(i) === bytes[start + i]) i += 1;
    if (i === length) return known;
  }
  const name = bytes.toString('utf8', start, start + length);
  if (length < 64 && name.length === length) names[slot] = name;
  return name;
}

function readString(): string {
  const length = bytes.readInt32LE(at);
  const start = at + 4;
  at = start + length;
  if (length < 1 || at > bytes.length || bytes[at - 1] !== 0) throw invalid('a string length lies');
  return bytes.toString('utf8', start, at - 1);
}

function readCString(): string {
  const end = bytes.indexOf(0, at);
  if (end < 0) throw invalid('a string does not end');
  const text = bytes.toString('utf8', at, end);
  at = end + 1;
  return text;
}

function take(length: number): Buffer {
  if (length < 0 || at + length > bytes.length) throw invalid('a length lies');
  const copy = Buffer.from(bytes.subarray(at, at + length));
  at += length;
  return copy;
}

function readLong(): Long {
  const low = bytes.readInt32LE(at);
  const high = bytes.readInt32LE(at + 4);
  at += 8;
  return new Long(low, high);
}

function readDate(): Date {
  const low = bytes.readUInt32LE(at);
  const high = bytes.readInt32LE(at + 4);
  at += 8;
  return new Date(high * 4294967296 + low);
}

function readValue(type: number): unknown {
  switch (type) {
    case 0x02:
      return readString();
    case 0x10:
      at += 4;
      return bytes.readInt32LE(at - 4);
    case 0x01: {
      const value = bytes.readDoubleLE(at);
      at += 8;
      return isInt32(value) ? new Double(value) : value;
    }
    case 0x03:
      return readDocument();
    case 0x04:
      return readArray();
    case 0x07:
      return new ObjectId(take(12));
    case 0x08:
      return bytes.readUInt8(at++) === 1;
    case 0x09:
      return readDate();
    case 0x0a:
      return null;
    case 0x12:
      return readLong();
    default:
      return readRareValue(type);
  }
}

function readRareValue(type: number): unknown {
  switch (type) {
    case 0x05: {
      const length = bytes.readInt32LE(at);
      const subtype = bytes.readUInt8(at + 4);
      at += 5;
      return new Binary(take(length), subtype);
    }
    case 0x0b:
      return new BSONRegExp(readCString(), readCString());
    case 0x0d:
      return new Code(readString());
    case 0x11: {
      const bits = readLong();
      return new Timestamp({ t: bits.getHighBitsUnsigned(), i: bits.getLowBitsUnsigned() });
    }
    case 0x13:
      return new Decimal128(take(16));
    case 0xff:
      return new MinKey();
    case 0x7f:
      return new MaxKey();
    default:
      throw notSupported(`BSON type 0x${type.toString(16)}`);
  }
}
