import { Cursors } from './commands/cursors';
import { CommandError } from './errors';
import { Catalog, type Collection } from './storage/catalog';
import { Store } from './storage/store';
import { sweepExpired } from './storage/ttl';
import { Sessions } from './transactions/sessions';
import { type Transaction, Transactions } from './transactions/transactions';
import { DirectWriter, LatestReader } from './transactions/writers';

const SWEEP_MS = 1_000;
const GARBAGE_AT_ONCE = 2_000;
const SESSIONS_EVERY = 600;

/** Everything behind the connections, put together. */
export class Engine {
  readonly catalog: Catalog;
  readonly sessions: Sessions;
  readonly transactions: Transactions;
  readonly cursors = new Cursors();
  readonly latest: LatestReader;
  readonly direct: DirectWriter;
  private readonly sweeping: NodeJS.Timeout;
  private sweeps = 0;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  private constructor(readonly store: Store) {
    this.catalog = new Catalog(store);
    this.sessions = new Sessions(store);
    this.transactions = new Transactions(store, this.sessions);
    this.latest = new LatestReader(store);
    this.direct = new DirectWriter(store, this.transactions.locks, this.transactions.unseen);
    store.whenCommitted(() => this.transactions.unseen.clear());
    this.transactions.whenEnded((transaction) => this.cursors.closeOf(transaction));
    this.sweeping = setInterval(() => {
      this.running = this.running.then(() => this.sweep()).catch(() => undefined);
    }, SWEEP_MS);
    this.sweeping.unref();
  }

  static async open(dataDir: string): Promise<Engine> {
    return new Engine(await Store.open(dataDir));
  }

  /** The collection, made when there is none yet. */
  async require(ns: string): Promise<Collection> {
    const known = this.catalog.get(ns);
    if (known) return known;
    return this.store.writeAlone(() => this.catalog.get(ns) ?? this.catalog.create(ns));
  }

  /** Runs a change of a collection's indexes, when no transaction is writing to it. */
  async changeCatalog<T>(collection: Collection | undefined, change: () => T): Promise<T> {
    for (;;) {
      const result = await this.store.writeAlone((): { done: T } | { wait: Transaction } => {
        const [writer] = collection ? this.transactions.writersOf(collection) : [];
        return writer ? { wait: writer } : { done: change() };
      });
      if ('done' in result) return result.done;
      await result.wait.ended;
    }
  }

  /** @throws SnapshotUnavailable when the collection's indexes are younger than the transaction */
  requireKnown(collection: Collection, transaction: Transaction): void {
    if (collection.changedAt <= transaction.catalogAge) return;
    throw new CommandError(
      246,
      `Unable to read from a snapshot due to pending collection catalog changes; please retry the operation. Collection ${collection.ns}`,
    );
  }

  async close(): Promise<void> {
    this.stopped = true;
    clearInterval(this.sweeping);
    await this.running;
    this.cursors.closeAll();
    this.transactions.abortAll();
    await this.store.close();
  }

  /**
   * What nobody asks for: expired documents, transactions, cursors, sessions, and the remains of what was
   * dropped.
   */
  private async sweep(): Promise<void> {
    if (this.stopped) return;
    this.sweeps += 1;
    this.transactions.abortExpired();
    this.cursors.closeIdle();
    await sweepExpired(this);
    while (
      !this.stopped &&
      this.catalog.hasGarbage() &&
      (await this.store.write(() => this.catalog.collectGarbage(GARBAGE_AT_ONCE)))
    )
      continue;
    if (this.sweeps % SESSIONS_EVERY === 0) await this.store.write(() => this.sessions.removeOld(Date.now()));
  }
}
