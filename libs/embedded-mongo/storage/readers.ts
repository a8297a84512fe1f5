/** What reading needs, whether of the latest state or of a transaction's. */
export interface Reader {
  get(key: string): Buffer | undefined;
  /** Up to `limit` entries with start ≤ key < end in order, or from the end backwards. Values only when asked for. */
  range(start: string, end: string, options: RangeOptions): Entry[];
}

export interface RangeOptions {
  limit: number;
  reverse?: boolean;
  values?: boolean;
}

export interface Entry {
  key: string;
  /** Empty when values were not asked for. */
  value: Buffer;
}

/** Reading and writing; the claims find out whether somebody else is at it, and throw then. */
export interface Writer extends Reader {
  claimDocument(key: string): void;
  claimUnique(key: string): void;
  put(key: string, value: Buffer): void;
  remove(key: string): void;
}

export const NOTHING: Buffer = Buffer.alloc(0);
