import { serialize } from 'bson';
import { CommandError } from '../errors';
import type { Index } from '../indexes/definition';
import type { KeyValues } from '../indexes/entries-at';
import { entriesOf, entryKey, entryKeys } from '../indexes/keys-of';
import { decode } from '../values/decode';
import { type Doc, isBinary, isDouble, isLong, isObjectId, Rank, rankOf } from '../values/types';
import type { Catalog, Collection } from './catalog';
import { RECORD_BYTES, recordKey } from './keys';
import type { Writer } from './readers';

const MAX_DOCUMENT = 16 * 1024 * 1024;
const PRESENT = Buffer.from([1]);

/** A document in its place. */
export interface Found {
  record: number;
  raw: Buffer;
}

export const documentKey = (collection: Collection, record: number): string => collection.prefix + recordKey(record);

/** The value of a unique index's entry is the record; other indexes have it at the end of the key. */
export const recordOfValue = (value: Buffer): number => value.readUIntBE(0, RECORD_BYTES);

function valueOfRecord(record: number): Buffer {
  const value = Buffer.allocUnsafe(RECORD_BYTES);
  value.writeUIntBE(record, 0, RECORD_BYTES);
  return value;
}

export const entryIn = (index: Index, key: string, record: number): string => (index.unique ? key : key + recordKey(record));
export const entryValue = (index: Index, record: number): Buffer => (index.unique ? valueOfRecord(record) : PRESENT);

/** Puts a new document and its index entries. Everything that may refuse comes before the first write. */
export function insertDocument(catalog: Catalog, writer: Writer, collection: Collection, raw: Buffer, document: Doc): void {
  if (raw.length > MAX_DOCUMENT) throw tooLarge(raw.length);
  const record = collection.takeRecord();
  const keys = collection.indexes.map((index) => {
    const entries = keysOf(catalog, collection, index, document);
    if (index.unique) for (const key of entries) claimKey(writer, collection, index, key, document);
    return entries;
  });
  writer.add(documentKey(collection, record), raw);
  collection.indexes.forEach((index, i) => {
    const value = entryValue(index, record);
    for (const key of keys[i]!) {
      if (index.unique) writer.put(key, value);
      else writer.add(entryIn(index, key, record), value);
    }
  });
}

/**
 * Puts a changed document in the place of the old one. `touched`: the top-level fields that may differ;
 * absent: any.
 */
export function replaceDocument(
  catalog: Catalog,
  writer: Writer,
  collection: Collection,
  old: Found,
  document: Doc,
  touched?: ReadonlySet<string>,
): boolean {
  const raw = Buffer.from(serialize(document));
  if (raw.equals(old.raw)) return false;
  if (raw.length > MAX_DOCUMENT) throw tooLarge(raw.length);
  const place = documentKey(collection, old.record);
  writer.claimDocument(place);
  const changes: { index: Index; added: string[]; removed: string[] }[] = [];
  let before: Doc | undefined;
  for (const index of collection.indexes) {
    if (index.isId || (touched && disjoint(touched, index.topLevel))) continue;
    before ??= decode(old.raw);
    const oldKeys = entryKeys(index, before);
    const newKeys = keysOf(catalog, collection, index, document);
    const added = newKeys.filter((key) => !oldKeys.includes(key));
    const removed = oldKeys.filter((key) => !newKeys.includes(key));
    if (index.unique) for (const key of added) claimKey(writer, collection, index, key, document);
    if (added.length > 0 || removed.length > 0) changes.push({ index, added, removed });
  }
  writer.put(place, raw);
  for (const { index, added, removed } of changes) {
    for (const key of removed) writer.remove(entryIn(index, key, old.record));
    for (const key of added) writer.put(entryIn(index, key, old.record), entryValue(index, old.record));
  }
  return true;
}

export function removeDocument(writer: Writer, collection: Collection, old: Found): void {
  const place = documentKey(collection, old.record);
  writer.claimDocument(place);
  const document = decode(old.raw);
  writer.remove(place);
  for (const index of collection.indexes) {
    for (const key of entryKeys(index, document)) writer.remove(entryIn(index, key, old.record));
  }
}

/**
 * The document's keys; the first array on an index's path is remembered in the catalog, since plans depend on
 * it.
 */
function keysOf(catalog: Catalog, collection: Collection, index: Index, document: Doc): string[] {
  const known = index.record.multikey.filter(Boolean).length;
  const keys = entryKeys(index, document);
  if (index.record.multikey.filter(Boolean).length !== known) catalog.noteMultikey(collection);
  return keys;
}

function claimKey(writer: Writer, collection: Collection, index: Index, key: string, document: Doc): void {
  if (writer.get(key) !== undefined) throw duplicateKey(collection.ns, index, key, document);
  writer.claimUnique(key);
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const one of a) if (b.has(one)) return false;
  return true;
}

const tooLarge = (size: number): CommandError =>
  new CommandError(
    10334,
    `BSONObj size: ${size} (0x${size.toString(16).toUpperCase()}) is invalid. Size must be between 0 and 16793600(16MB)`,
  );

/** E11000 as MongoDB says it: the code that handles it reads `keyPattern` and `keyValue`. */
export function duplicateKey(ns: string, index: Index, key: string, document: Doc): CommandError {
  const values = entriesOf(index, document).find((entry) => entryKey(index, entry) === key) ?? [];
  const keyValue = namedValues(index, values);
  const shown = index.fields.map(({ path }, i) => `${path}: ${shownValue(values[i])}`);
  return new CommandError(
    11000,
    `E11000 duplicate key error collection: ${ns} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    {
      keyPattern: index.key,
      keyValue,
    },
  );
}

const namedValues = (index: Index, values: KeyValues): Doc =>
  Object.fromEntries(index.fields.map(({ path }, i) => [path, values[i] === undefined ? null : values[i]]));

/** A value as MongoDB shows it in messages. */
export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) > 0x7fffffff ? `${value}.0` : String(value);
  if (isDouble(value)) return `${value.value}.0`;
  if (isLong(value)) return value.toString();
  if (isObjectId(value)) return `ObjectId('${value.toHexString()}')`;
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shownValue).join(', ')} ]`;
  if (isBinary(value)) return shownBinary(value.sub_type, Buffer.from(value.value()));
  if (rankOf(value) !== Rank.object) return String(value);
  const fields = Object.entries(value as Doc).map(([name, field]) => `${name}: ${shownValue(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function shownBinary(subtype: number, data: Buffer): string {
  const hex = data.toString('hex');
  if (subtype === 4) return `UUID("${hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}")`;
  return `BinData(${subtype}, ${hex.toUpperCase()})`;
}
