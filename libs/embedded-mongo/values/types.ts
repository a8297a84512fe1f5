import type { Binary, Decimal128, Double, Long, ObjectId } from 'bson';

export type Doc = Record<string, unknown>;

/**
 * The order of types in comparisons and index keys, with gaps so that the byte before and after each is free
 * for bounds.
 */
export const Rank = {
  minKey: 10,
  undefined: 15,
  null: 20,
  number: 30,
  string: 60,
  object: 70,
  array: 80,
  binary: 90,
  objectId: 100,
  boolean: 110,
  date: 120,
  timestamp: 130,
  regex: 140,
  code: 160,
  codeWithScope: 170,
  maxKey: 240,
} as const;

const RANK_OF_CLASS: Record<string, number> = {
  Double: Rank.number,
  Int32: Rank.number,
  Long: Rank.number,
  Decimal128: Rank.number,
  ObjectId: Rank.objectId,
  Binary: Rank.binary,
  Timestamp: Rank.timestamp,
  BSONRegExp: Rank.regex,
  MinKey: Rank.minKey,
  MaxKey: Rank.maxKey,
  Code: Rank.code,
  BSONSymbol: Rank.string,
};

const bsonType = (value: object): string | undefined => (value as { _bsontype?: unknown })._bsontype as string | undefined;

export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return Rank.string;
    case 'number':
      return Rank.number;
    case 'boolean':
      return Rank.boolean;
    case 'undefined':
      return Rank.undefined;
    default:
  }
  if (value === null) return Rank.null;
  if (Array.isArray(value)) return Rank.array;
  if (value instanceof Date) return Rank.date;
  if (value instanceof RegExp) return Rank.regex;
  const name = bsonType(value as object);
  if (typeof name !== 'string') return Rank.object;
  return RANK_OF_CLASS[name] ?? Rank.object;
}

export const isDoc = (value: unknown): value is Doc =>
  typeof value === 'object' && value !== null && rankOf(value) === Rank.object;
export const isNumber = (value: unknown): boolean => rankOf(value) === Rank.number;
export const isLong = (value: unknown): value is Long =>
  typeof value === 'object' && value !== null && bsonType(value) === 'Long';
export const isDouble = (value: unknown): value is Double =>
  typeof value === 'object' && value !== null && bsonType(value) === 'Double';
export const isObjectId = (value: unknown): value is ObjectId =>
  typeof value === 'object' && value !== null && bsonType(value) === 'ObjectId';
export const isBinary = (value: unknown): value is Binary =>
  typeof value === 'object' && value !== null && bsonType(value) === 'Binary';
export const isDecimal = (value: unknown): value is Decimal128 =>
  typeof value === 'object' && value !== null && bsonType(value) === 'Decimal128';

/** Is it an object whose keys are operators, such as `{ $gt: 1 }`? */
export function isOperators(value: unknown): value is Doc {
  if (!isDoc(value)) return false;
  for (const key in value) return key.startsWith('$');
  return false;
}

export const has = (document: object, key: string): boolean => Object.prototype.hasOwnProperty.call(document, key);

/** Sets a field; `__proto__` becomes a field like any other. */
export function setField(document: Doc, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(document, key, { value, writable: true, enumerable: true, configurable: true });
  else document[key] = value;
}

/** The name that `$type` gives to a value's type. */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
    case 'boolean':
      return 'bool';
    case 'undefined':
      return 'missing';
    default:
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  switch (bsonType(value as object)) {
    case 'Double':
      return 'double';
    case 'Int32':
      return 'int';
    case 'Long':
      return 'long';
    case 'Decimal128':
      return 'decimal';
    case 'ObjectId':
      return 'objectId';
    case 'Binary':
      return 'binData';
    case 'Timestamp':
      return 'timestamp';
    case 'BSONRegExp':
      return 'regex';
    case 'MinKey':
      return 'minKey';
    case 'MaxKey':
      return 'maxKey';
    case 'Code':
      return 'javascript';
    default:
      return 'object';
  }
}

export const TYPE_NUMBERS: Record<string, number> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  javascript: 13,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

/** Would the serializer write this number as a 32-bit integer? All other plain numbers are doubles. */
export const isInt32 = (value: number): boolean => (value | 0) === value && !Object.is(value, -0);
