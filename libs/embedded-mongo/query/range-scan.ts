import type { Entry, Reader } from '../storage/readers';

const FIRST_CHUNK = 32;
const LARGEST_CHUNK = 512;

export interface RangeOptions {
  reverse: boolean;
  /** How many entries will be taken, when known. */
  expected?: number;
}

/** Reads a range in growing chunks; holds nothing of the store open between them. */
abstract class Chunks<T> {
  protected chunk: T[] = [];
  protected at = 0;
  protected size: number;
  protected exhausted = false;

  constructor(
    protected readonly reader: Reader,
    protected start: string,
    protected end: string,
    protected readonly options: RangeOptions,
  ) {
    this.size = Math.max(1, Math.min(options.expected ?? FIRST_CHUNK, LARGEST_CHUNK));
  }

  next(): T | undefined {
    if (this.at >= this.chunk.length && !this.fill()) return undefined;
    const item = this.chunk[this.at]!;
    this.at += 1;
    return item;
  }

  /** What was read ahead is forgotten, and reading goes on behind what was handed out. */
  release(): void {
    if (this.at > 0) this.goOnBehind(this.keyAt(this.at - 1));
    if (this.at < this.chunk.length) this.exhausted = false;
    this.chunk = [];
    this.at = 0;
  }

  /** Reads `size` more, or fewer at the end of the range. */
  protected abstract read(): T[];
  protected abstract keyAt(i: number): string;

  protected goOnBehind(key: string): void {
    if (this.options.reverse) this.end = key;
    else this.start = `${key}\0`;
  }

  private fill(): boolean {
    if (this.exhausted) return false;
    if (this.chunk.length > 0) this.goOnBehind(this.keyAt(this.chunk.length - 1));
    this.chunk = this.read();
    this.at = 0;
    this.exhausted = this.chunk.length < this.size;
    this.size = Math.min(this.size * 4, LARGEST_CHUNK);
    return this.chunk.length > 0;
  }
}

/** The entries of a range. */
export class RangeScan extends Chunks<Entry> {
  constructor(
    reader: Reader,
    start: string,
    end: string,
    options: RangeOptions,
    private readonly values: boolean,
  ) {
    super(reader, start, end, options);
  }

  protected read(): Entry[] {
    const { reverse } = this.options;
    return this.reader.range(this.start, this.end, { limit: this.size, reverse, values: this.values });
  }

  protected keyAt(i: number): string {
    return this.chunk[i]!.key;
  }
}

/** The records that a range of an index names that is not unique. */
export class RecordScan extends Chunks<number> {
  private last: string | undefined;

  protected read(): number[] {
    const { records, last } = this.reader.records(this.start, this.end, { limit: this.size, reverse: this.options.reverse });
    this.last = last;
    return records;
  }

  protected keyAt(i: number): string {
    if (i === this.chunk.length - 1 && this.last !== undefined) return this.last;
    // Nobody wrote since: `release` comes first.
    return this.reader.range(this.start, this.end, { limit: i + 1, reverse: this.options.reverse }).at(-1)!.key;
  }
}
