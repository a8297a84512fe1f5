import type { Entry, Reader } from '../storage/readers';

const FIRST_CHUNK = 32;
const LARGEST_CHUNK = 512;

/** Reads a range in growing chunks; holds nothing of the store open between them. */
export class RangeScan {
  private chunk: Entry[] = [];
  private at = 0;
  private size: number;
  private exhausted = false;
  private start: string;
  private end: string;

  constructor(
    private readonly reader: Reader,
    start: string,
    end: string,
    private readonly reverse: boolean,
    private readonly values: boolean,
    expected = FIRST_CHUNK,
  ) {
    this.start = start;
    this.end = end;
    this.size = Math.max(1, Math.min(expected, LARGEST_CHUNK));
  }

  next(): Entry | undefined {
    if (this.at >= this.chunk.length && !this.fill()) return undefined;
    const entry = this.chunk[this.at]!;
    this.at += 1;
    if (this.reverse) this.end = entry.key;
    else this.start = `${entry.key}\0`;
    return entry;
  }

  release(): void {
    if (this.at < this.chunk.length) this.exhausted = false;
    this.chunk = [];
    this.at = 0;
  }

  private fill(): boolean {
    if (this.exhausted) return false;
    this.chunk = this.reader.range(this.start, this.end, { limit: this.size, reverse: this.reverse, values: this.values });
    this.at = 0;
    this.exhausted = this.chunk.length < this.size;
    this.size = Math.min(this.size * 4, LARGEST_CHUNK);
    return this.chunk.length > 0;
  }
}
