import { CommandError } from '../errors';
import type { Collection } from '../storage/catalog';
import { Overlay } from '../storage/overlay';
import type { Snapshot, Store } from '../storage/store';
import type { LockTable, RunningTransaction } from './locks';
import type { Sessions } from './sessions';
import { TransactionWriter } from './writers';

/** MongoDB's own limit: a client that is gone must not hold others up. */
const LIFETIME_MS = 60_000;

/** A running transaction: a view of the moment it began, what it wrote, and the keys that it holds. */
export class Transaction implements RunningTransaction {
  readonly overlay = new Overlay();
  readonly locks: string[] = [];
  readonly written = new Set<Collection>();
  readonly startedAt = Date.now();
  readonly ended: Promise<void>;
  readonly writer: TransactionWriter;
  state: 'active' | 'committing' | 'ended' = 'active';
  /** The connection of its last command: the transaction ends with it. */
  connection: object | undefined;
  private announceEnd!: () => void;

  constructor(
    readonly session: string,
    readonly number: bigint,
    readonly snapshot: Snapshot,
    readonly age: number,
    /** How many changes of indexes there had been. */
    readonly catalogAge: number,
    store: Store,
    table: LockTable,
    unseen: ReadonlySet<string>,
  ) {
    this.ended = new Promise((resolve) => (this.announceEnd = resolve));
    this.writer = new TransactionWriter(store, table, unseen, this);
  }

  end(): void {
    this.state = 'ended';
    this.announceEnd();
  }
}

/** All running transactions, and who holds what. */
export class Transactions {
  readonly locks: LockTable = new Map();
  /**
   * What writes outside of transactions have changed in a commit that readers do not see yet: no transaction
   * may take it.
   */
  readonly unseen = new Set<string>();
  private readonly bySession = new Map<string, Transaction>();
  private readonly onEnd: ((transaction: Transaction) => void)[] = [];

  constructor(
    private readonly store: Store,
    private readonly sessions: Sessions,
  ) {}

  whenEnded(listener: (transaction: Transaction) => void): void {
    this.onEnd.push(listener);
  }

  /** @throws TransactionTooOld when the session has gone on to a later transaction */
  begin(session: string, number: bigint, catalogAge: number): Transaction {
    const running = this.bySession.get(session);
    if (running && running.number >= number) {
      throw running.number === number
        ? new CommandError(50911, `Cannot start transaction ${number} on session because it is already in progress`)
        : this.sessions.tooOld(number, running.number);
    }
    if (running) this.abort(running);
    this.sessions.require(session, number);
    const { locks, unseen, store } = this;
    const transaction = new Transaction(session, number, store.snapshot(), store.age, catalogAge, store, locks, unseen);
    this.bySession.set(session, transaction);
    return transaction;
  }

  /** @throws NoSuchTransaction, which makes the driver run all of it again */
  find(session: string, number: bigint): Transaction {
    const running = this.bySession.get(session);
    if (running?.number === number && running.state === 'active') return running;
    throw noSuchTransaction(number, running?.number);
  }

  /** Makes all its writes visible and durable, together. Asked for again after that, it succeeds again. */
  async commit(session: string, number: bigint): Promise<void> {
    const transaction = this.bySession.get(session);
    if (transaction?.number === number && transaction.state === 'committing') return transaction.ended;
    if (transaction?.number !== number || transaction.state !== 'active') {
      if (this.sessions.hasCommitted(session, number)) return;
      throw noSuchTransaction(number, transaction?.number);
    }
    transaction.state = 'committing';
    try {
      await this.store.write(() => {
        for (const [key, value] of transaction.overlay.entries()) {
          if (value) this.store.put(key, value);
          else this.store.remove(key);
        }
        this.sessions.saveCommit(session, number);
      });
    } finally {
      this.finish(transaction);
    }
  }

  abort(transaction: Transaction): void {
    if (transaction.state === 'active') this.finish(transaction);
  }

  abortOf(session: string): void {
    const transaction = this.bySession.get(session);
    if (transaction) this.abort(transaction);
  }

  /**
   * The transactions that have written to the collection and are not over: its indexes must not change under
   * them.
   */
  writersOf(collection: Collection): Transaction[] {
    return [...this.bySession.values()].filter(({ written }) => written.has(collection));
  }

  connectionClosed(connection: object): void {
    for (const transaction of this.bySession.values()) if (transaction.connection === connection) this.abort(transaction);
  }

  abortExpired(): void {
    const oldest = Date.now() - LIFETIME_MS;
    for (const transaction of this.bySession.values()) if (transaction.startedAt < oldest) this.abort(transaction);
  }

  abortAll(): void {
    for (const transaction of this.bySession.values()) this.abort(transaction);
  }

  private finish(transaction: Transaction): void {
    if (this.bySession.get(transaction.session) === transaction) this.bySession.delete(transaction.session);
    for (const key of transaction.locks) this.locks.delete(key);
    transaction.snapshot.done();
    transaction.end();
    for (const listener of this.onEnd) listener(transaction);
  }
}

const noSuchTransaction = (number: bigint, running: bigint | undefined): CommandError =>
  new CommandError(
    251,
    running === number || running === undefined
      ? `Transaction with { txnNumber: ${number} } has been aborted.`
      : `Given transaction number ${number} does not match any in-progress transactions. The active transaction number is ${running}`,
  );
