import type { Db } from 'mongodb';

/** What a migration works with while it runs. */
export interface MigrationContext {
  db: Db;
  /** Tells the person who runs it how far it is. */
  say: (line: string) => void;
  /** @throws Error when another process has taken over; to be asked between two batches */
  goOn: () => void;
}

/**
 * One change of what is stored. Version N of the product must run on the data of version N+1, so a migration
 * expands (fills, adds, copies); what the old version still reads is removed one version later.
 */
export interface Migration {
  /** The name of its file, `NNNN-what-it-does`; never changed once it was released. */
  id: string;
  /** What there is to do, one sentence each; none when there is nothing. It reads only. */
  plan(db: Db): Promise<string[]>;
  /**
   * Does it. It may be ended at any moment and is then begun again, so each of its steps does no harm when it
   * is done twice.
   */
  run(context: MigrationContext): Promise<void>;
}

/** The collection that says which migrations ran, and which process runs them now. */
export const MIGRATIONS_COLLECTION = 'migrations';

export interface MigrationRecord {
  _id: string;
  finishedAt: Date;
  milliseconds: number;
}
