import type { Overlay } from '../storage/overlay';
import type { Snapshot } from '../storage/store';

/** A transaction as others see it that meet one of its keys: they wait for its end. */
export interface LockHolder {
  readonly ended: Promise<void>;
}

/** Who holds which key of a document or of a unique index. */
export type LockTable = Map<string, LockHolder>;

/** What a transaction's writer works on. */
export interface RunningTransaction extends LockHolder {
  /** The moment that it sees. */
  readonly snapshot: Snapshot;
  /** That of the store when it began. */
  readonly age: number;
  /** What it has written, over the snapshot. */
  readonly overlay: Overlay;
  /** The keys that it holds until its end. */
  readonly locks: string[];
}
