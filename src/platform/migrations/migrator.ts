import os from 'node:os';
import { type Db, MongoClient } from 'mongodb';
import { build, counted, type Declared, missing } from '../mongo/mongo-indexes';
import { type Migration, type MigrationRecord, MIGRATIONS_COLLECTION } from './migration';
import { MigrationLock } from './migration-lock';

const LEASE_MS = 15_000;
const SERVER_WITHIN_MS = 30_000;

export interface MigratorOptions {
  /** In the order in which they run. */
  migrations: readonly Migration[];
  declared: Declared;
  say: (line: string) => void;
  /** How long a process that is not heard of keeps the lock. */
  leaseMs?: number;
}

/** Brings a database to the form that this version of the product reads and writes. */
export class Migrator {
  private readonly db: Db;
  private readonly lock: MigrationLock;

  private constructor(
    private readonly client: MongoClient,
    private readonly options: MigratorOptions,
  ) {
    this.db = client.db();
    this.lock = new MigrationLock(this.db, options.leaseMs ?? LEASE_MS);
  }

  /** Connects without a time limit on answers: building an index on millions of documents takes minutes. */
  static async connect(uri: string, options: MigratorOptions): Promise<Migrator> {
    const client = new MongoClient(uri, {
      socketTimeoutMS: 0,
      serverSelectionTimeoutMS: SERVER_WITHIN_MS,
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      runtimeAdapters: { os },
    });
    await client.connect();
    return new Migrator(client, options);
  }

  /**
   * Runs what has not run yet, in order, and builds the indexes. Another process that does the same is waited
   * for.
   */
  async migrate(): Promise<void> {
    const { say, migrations, declared } = this.options;
    const from = performance.now();
    await this.lock.acquire((holder, since) =>
      say(`Another process (${holder}) has been migrating since ${since.toISOString()}; waiting until it is done …`),
    );
    try {
      const pending = await this.pending();
      for (const migration of pending) await this.runOne(migration);
      const absent = await missing(this.db, declared);
      this.lock.assertHeld();
      await build(this.db, absent, say);
      const seconds = ((performance.now() - from) / 1_000).toFixed(1);
      say(
        `The database is up to date: ${counted(pending.length, 'migration')} of ${migrations.length} run now, ` +
          `${counted(absent.indexes.length, 'index', 'indexes')} of ${declared.indexes.length} built now, in ${seconds} s.`,
      );
    } finally {
      await this.lock.release().catch(() => undefined);
    }
  }

  /** Says what `migrate` would do, and changes nothing. */
  async dryRun(): Promise<void> {
    const { say, declared } = this.options;
    const pending = await this.pending();
    for (const migration of pending) {
      const plan = await migration.plan(this.db);
      say(`${migration.id} would run${plan.length > 0 ? `:\n  - ${plan.join('\n  - ')}` : ', and finds nothing to change.'}`);
    }
    const { collections, indexes } = await missing(this.db, declared);
    for (const collection of collections) say(`The collection ${collection} would be made.`);
    for (const { collection, name } of indexes) say(`The index ${name} of ${collection} would be built.`);
    const nothing = pending.length + collections.length + indexes.length === 0;
    say(nothing ? 'The database is up to date.' : 'This was a dry run: nothing was changed.');
  }

  /**
   * Ends the connection; the lock too, so that another process can go on at once where this one was stopped
   * in the middle.
   */
  async close(): Promise<void> {
    await this.lock.release().catch(() => undefined);
    await this.client.close();
  }

  private async pending(): Promise<Migration[]> {
    const done = await this.db.collection<MigrationRecord>(MIGRATIONS_COLLECTION).find().toArray();
    const ids = new Set(done.map(({ _id }) => _id));
    return this.options.migrations.filter(({ id }) => !ids.has(id));
  }

  private async runOne(migration: Migration): Promise<void> {
    const { say } = this.options;
    const from = performance.now();
    const plan = await migration.plan(this.db);
    if (plan.length > 0) say(`${migration.id}:\n  - ${plan.join('\n  - ')}`);
    this.lock.assertHeld();
    await migration.run({ db: this.db, say: (line) => say(`  ${line}`), goOn: () => this.lock.assertHeld() });
    this.lock.assertHeld();
    const milliseconds = Math.round(performance.now() - from);
    const record: MigrationRecord = { _id: migration.id, finishedAt: new Date(), milliseconds };
    await this.db.collection<MigrationRecord>(MIGRATIONS_COLLECTION).insertOne(record);
    if (plan.length > 0) say(`${migration.id} is done (${(milliseconds / 1_000).toFixed(1)} s).`);
  }
}
