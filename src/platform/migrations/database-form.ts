import type { Db } from 'mongodb';
import { type Declared, missing } from '../mongo/mongo-indexes';
import { type Migration, type MigrationRecord, MIGRATIONS_COLLECTION } from './migration';

const NAMED_AT_MOST = 5;

/**
 * The database is older than this version of the product. The message names what is missing and the command
 * that mends it.
 */
export class DatabaseNotMigrated extends Error {
  override readonly name = 'DatabaseNotMigrated';

  constructor(missing: readonly string[]) {
    const rest = missing.length - NAMED_AT_MOST;
    const named = [...missing.slice(0, NAMED_AT_MOST), ...(rest > 0 ? [`and ${rest} more`] : [])];
    super(
      `The database is not ready for this version. It lacks:\n- ${named.join('\n- ')}\n` +
        'Run the migrations, then start again: APP_ROLE=migrate node dist/src/main.js (with compose: docker compose run --rm migrate)',
    );
  }
}

/**
 * Looks whether the database has the form that this version needs. Migrations and indexes that this version
 * does not know do not matter: a newer version may have made them.
 * @throws DatabaseNotMigrated
 */
export async function verifyDatabase(db: Db, migrations: readonly Migration[], declared: Declared): Promise<void> {
  const lacking = await lackingIn(db, migrations, declared);
  if (lacking.length > 0) throw new DatabaseNotMigrated(lacking);
}

/** @returns what the database lacks of the form that this version needs, such as `the migration 0001-…` */
export async function lackingIn(db: Db, migrations: readonly Migration[], declared: Declared): Promise<string[]> {
  const [done, absent] = await Promise.all([
    db.collection<MigrationRecord>(MIGRATIONS_COLLECTION).find().toArray(),
    missing(db, declared),
  ]);
  const ids = new Set(done.map(({ _id }) => _id));
  return [
    ...migrations.filter(({ id }) => !ids.has(id)).map(({ id }) => `the migration ${id}`),
    ...absent.collections.map((name) => `the collection ${name}`),
    ...absent.indexes.map(({ collection, name }) => `the index ${name} of ${collection}`),
  ];
}
