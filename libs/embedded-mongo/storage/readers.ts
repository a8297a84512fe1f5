/** What reading needs, whether of the latest state or of a transaction's. */
export interface Reader {
  get(key: string): Buffer | undefined;
  /**
   * Up to `limit` entries with start ≤ key < end in order, or from the end backwards. Values only when asked
   * for.
   */
  range(start: string, end: string, options: RangeOptions): Entry[];
  /**
   * The same of an index that is not unique, but no more than the records that the entries name: twice as
   * fast.
   */
  records(start: string, end: string, options: RangeOptions): Records;
}

export interface Records {
  records: number[];
  /** The key of the last of them, where there are as many as were asked for. */
  last: string | undefined;
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
  /** Puts a key that is not there, such as one with a new record's number. */
  add(key: string, value: Buffer): void;
  remove(key: string): void;
}

export const NOTHING: Buffer = Buffer.alloc(0);
