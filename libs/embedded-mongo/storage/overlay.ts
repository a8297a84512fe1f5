import { treeOf } from './keys';
import type { Entry, RangeOptions } from './readers';

const CHUNK = 512;

/** A transaction's own writes, in order: what it put, and `null` for what it removed. */
export class Overlay {
  private readonly values = new Map<string, Buffer | null>();
  /** The keys in order, in pieces, so that an insertion moves few. */
  private readonly chunks: string[][] = [];
  /** By tree: keys that nobody has read a range with yet. Most transactions never do. */
  private readonly unsorted = new Map<string, string[]>();
  /** By tree: entries of `add` that nobody has asked about yet. They are in none of the others. */
  private readonly added = new Map<string, [string, Buffer][]>();

  /** `undefined`: the transaction did not touch the key. */
  get(key: string): Buffer | null | undefined {
    if (this.added.size > 0) this.settle(treeOf(key));
    return this.values.get(key);
  }

  set(key: string, value: Buffer | null): void {
    if (this.added.size > 0) this.settle(treeOf(key));
    if (!this.values.has(key)) this.note(key);
    this.values.set(key, value);
  }

  /** As `set`, for a key that neither the store nor the transaction has had: half the work. */
  add(key: string, value: Buffer): void {
    const tree = treeOf(key);
    const entries = this.added.get(tree);
    if (entries) entries.push([key, value]);
    else this.added.set(tree, [[key, value]]);
  }

  *entries(): IterableIterator<[string, Buffer | null]> {
    for (const entries of this.added.values()) yield* entries;
    yield* this.values;
  }

  /** Did the transaction write anything with start ≤ key < end? */
  touches(start: string, end: string): boolean {
    return !this.keys(start, end, false).next().done;
  }

  /** Puts what was added to a tree where the rest is. */
  private settle(tree: string): void {
    const entries = this.added.get(tree);
    if (!entries) return;
    this.added.delete(tree);
    for (const [key, value] of entries) this.set(key, value);
  }

  private note(key: string): void {
    const tree = treeOf(key);
    const keys = this.unsorted.get(tree);
    if (keys) keys.push(key);
    else this.unsorted.set(tree, [key]);
  }

  /** Puts the keys of the trees between the two in their places. */
  private sort(start: string, end: string): void {
    const [first, last] = [treeOf(start), treeOf(end)];
    const isRead = (tree: string) => tree >= first && tree <= last;
    for (const tree of this.added.keys()) if (isRead(tree)) this.settle(tree);
    for (const [tree, keys] of this.unsorted) {
      if (!isRead(tree)) continue;
      this.unsorted.delete(tree);
      for (const key of keys) this.insert(key);
    }
  }

  private insert(key: string): void {
    const { chunks } = this;
    const index = this.chunkFor(key);
    const chunk = chunks[index];
    if (!chunk) {
      chunks.push([key]);
      return;
    }
    chunk.splice(lowerBound(chunk, key), 0, key);
    if (chunk.length > CHUNK) chunks.splice(index + 1, 0, chunk.splice(CHUNK >> 1));
  }

  /** The last chunk that begins at or before the key. */
  private chunkFor(key: string): number {
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.chunks[middle]![0]! <= key) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  private *keys(start: string, end: string, reverse: boolean): Generator<string> {
    this.sort(start, end);
    if (reverse) {
      for (let c = this.chunkFor(end); c >= 0; c -= 1) {
        const chunk = this.chunks[c] ?? [];
        for (let i = lowerBound(chunk, end) - 1; i >= 0; i -= 1) {
          if (chunk[i]! < start) return;
          yield chunk[i]!;
        }
      }
      return;
    }
    for (let c = this.chunkFor(start); c < this.chunks.length; c += 1) {
      const chunk = this.chunks[c]!;
      for (let i = lowerBound(chunk, start); i < chunk.length; i += 1) {
        if (chunk[i]! >= end) return;
        yield chunk[i]!;
      }
    }
  }

  /**
   * The committed entries of a range, with these writes over them. `base` reads the committed ones, in steps.
   */
  merged(start: string, end: string, options: RangeOptions, base: (start: string, end: string) => Entry[]): Entry[] {
    const reverse = options.reverse === true;
    const own = this.keys(start, end, reverse);
    const first = own.next();
    if (first.done) return base(start, end);
    const result: Entry[] = [];
    const take = (key: string) => {
      const value = this.values.get(key);
      if (value) result.push({ key, value });
    };
    let mine: string | undefined = first.value;
    let [low, high] = [start, end];
    while (result.length < options.limit) {
      const committed = base(low, high);
      for (const entry of committed) {
        while (mine !== undefined && (reverse ? mine > entry.key : mine < entry.key) && result.length < options.limit) {
          take(mine);
          mine = nextOf(own);
        }
        if (result.length >= options.limit) return result;
        if (mine === entry.key) {
          take(mine);
          mine = nextOf(own);
        } else result.push(entry);
        if (result.length >= options.limit) return result;
      }
      if (committed.length < options.limit) break;
      const last = committed.at(-1)!.key;
      if (reverse) high = last;
      else low = `${last}\0`;
    }
    while (mine !== undefined && result.length < options.limit) {
      take(mine);
      mine = nextOf(own);
    }
    return result;
  }
}

function nextOf(keys: Generator<string>): string | undefined {
  const { value, done } = keys.next() as { value: string; done?: boolean };
  return done ? undefined : value;
}

function lowerBound(chunk: readonly string[], key: string): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunk[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
