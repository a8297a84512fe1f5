import type { Records } from './readers';

/**
 * One LMDB tree holds everything. A key is a string of bytes (one character a byte): four bytes that name a
 * logical tree (a collection's documents, an index), then the key in it.
 */
export const keyEncoder = {
  writeKey: (key: string, target: Buffer, start: number): number => start + target.write(key, start, 'latin1'),
  readKey: (source: Buffer, start: number, end: number): string => {
    if (!reading) return source.toString('latin1', start, end);
    reading.records.push(source.readUIntBE(end - RECORD_BYTES, RECORD_BYTES));
    if (reading.records.length === reading.limit) reading.last = source.toString('latin1', start, end);
    return '';
  },
};

/** Where the records of keys are put while these are read for nothing else. */
let reading: (Records & { limit: number }) | undefined;

/** Runs `read`, which reads up to `limit` keys that end with a record, without making strings of them. */
export function readingRecords(limit: number, read: () => void): Records {
  const into = { records: [], last: undefined, limit };
  reading = into;
  try {
    read();
  } finally {
    reading = undefined;
  }
  return into;
}

const TREE_BYTES = 4;

export const treePrefix = (tree: number): string =>
  String.fromCharCode((tree >>> 24) & 255, (tree >>> 16) & 255, (tree >>> 8) & 255, tree & 255);

/** The prefix of the tree that a key is in. */
export const treeOf = (key: string): string => key.slice(0, TREE_BYTES);

/** Trees of the store's own; collections and indexes follow from FIRST_TREE. */
export const CATALOG = treePrefix(1);
export const SESSIONS = treePrefix(2);
export const FIRST_TREE = 16;

export const RECORD_BYTES = 6;

/** A record's number, in the order of insertion: MongoDB's natural order. */
export const recordKey = (record: number): string => {
  const high = Math.floor(record / 0x100000000);
  const low = record >>> 0;
  return String.fromCharCode(
    (high >>> 8) & 255,
    high & 255,
    (low >>> 24) & 255,
    (low >>> 16) & 255,
    (low >>> 8) & 255,
    low & 255,
  );
};

const byte = (key: string, at: number): number => key.charCodeAt(at);

/** The record number in the last bytes of a key. */
export const recordOf = (key: string): number => {
  const at = key.length - RECORD_BYTES;
  return (
    (byte(key, at) * 256 + byte(key, at + 1)) * 0x100000000 +
    (((byte(key, at + 2) << 24) | (byte(key, at + 3) << 16) | (byte(key, at + 4) << 8) | byte(key, at + 5)) >>> 0)
  );
};

/** The first key behind all that begin with the prefix. */
export const after = (prefix: string): string => {
  const last = prefix.charCodeAt(prefix.length - 1);
  return last === 255 ? after(prefix.slice(0, -1)) : prefix.slice(0, -1) + String.fromCharCode(last + 1);
};
