import { writeConflict } from '../errors';
import { recordOf } from '../storage/keys';
import type { Entry, RangeOptions, Reader, Records, Writer } from '../storage/readers';
import type { Store } from '../storage/store';
import type { LockHolder, LockTable, RunningTransaction } from './locks';

/**
 * Thrown by a write outside of transactions that must wait for one to end, before it has written anything.
 */
export class MustWait extends Error {
  constructor(readonly transaction: LockHolder) {
    super('The document is held by a transaction');
  }
}

/** Writes straight to the store, within one of its jobs. */
export class DirectWriter implements Writer {
  constructor(
    private readonly store: Store,
    private readonly locks: LockTable,
    private readonly unseen: Set<string>,
  ) {}

  get(key: string): Buffer | undefined {
    return this.store.get(key);
  }

  range(start: string, end: string, options: RangeOptions): Entry[] {
    return this.store.range(start, end, options);
  }

  records(start: string, end: string, options: RangeOptions): Records {
    return this.store.records(start, end, options);
  }

  claimDocument(key: string): void {
    const holder = this.locks.get(key);
    if (holder) throw new MustWait(holder);
    this.unseen.add(key);
  }

  claimUnique(key: string): void {
    this.claimDocument(key);
  }

  put(key: string, value: Buffer): void {
    this.store.put(key, value);
  }

  add(key: string, value: Buffer): void {
    this.store.put(key, value);
  }

  remove(key: string): void {
    this.store.remove(key);
  }
}

/** What the latest committed state is, for reads outside of transactions. */
export class LatestReader implements Reader {
  constructor(private readonly store: Store) {}

  get(key: string): Buffer | undefined {
    return this.store.get(key);
  }

  range(start: string, end: string, options: RangeOptions): Entry[] {
    return this.store.range(start, end, options);
  }

  records(start: string, end: string, options: RangeOptions): Records {
    return this.store.records(start, end, options);
  }
}

/** Sees the moment the transaction began, and its own writes, which it keeps to itself until the commit. */
export class TransactionWriter implements Writer {
  constructor(
    private readonly store: Store,
    private readonly locks: LockTable,
    private readonly unseen: ReadonlySet<string>,
    private readonly transaction: RunningTransaction,
  ) {}

  get(key: string): Buffer | undefined {
    const own = this.transaction.overlay.get(key);
    if (own !== undefined) return own ?? undefined;
    return this.store.get(key, this.transaction.snapshot);
  }

  range(start: string, end: string, options: RangeOptions): Entry[] {
    return this.transaction.overlay.merged(start, end, options, (from, to) =>
      this.store.range(from, to, options, this.transaction.snapshot),
    );
  }

  records(start: string, end: string, options: RangeOptions): Records {
    const { overlay, snapshot } = this.transaction;
    if (!overlay.touches(start, end)) return this.store.records(start, end, options, snapshot);
    const entries = this.range(start, end, options);
    return { records: entries.map(({ key }) => recordOf(key)), last: entries.at(-1)?.key };
  }

  claimDocument(key: string): void {
    this.claim(key);
  }

  claimUnique(key: string): void {
    this.claim(key);
  }

  /**
   * Nobody else may hold the key, nor have changed it since the transaction began. From then on it is ours
   * until the end.
   */
  private claim(key: string): void {
    const holder = this.locks.get(key);
    if (holder === this.transaction) return;
    if (holder || this.unseen.has(key) || this.hasChanged(key)) throw writeConflict();
    this.locks.set(key, this.transaction);
    this.transaction.locks.push(key);
  }

  private hasChanged(key: string): boolean {
    if (this.store.age === this.transaction.age) return false;
    const latest = this.store.get(key);
    const seen = this.store.get(key, this.transaction.snapshot);
    return latest === undefined ? seen !== undefined : seen === undefined || !latest.equals(seen);
  }

  put(key: string, value: Buffer): void {
    this.transaction.overlay.set(key, value);
  }

  add(key: string, value: Buffer): void {
    this.transaction.overlay.add(key, value);
  }

  remove(key: string): void {
    this.transaction.overlay.set(key, null);
  }
}
