import { MIGRATIONS } from '../migrations';
import { Migrator } from './platform/migrations';
import { declaredBy } from './platform/mongo';
import { SCHEMAS } from './schemas';

export type MigrateMode = 'run' | 'dry-run';

export interface MigrateOptions {
  /** Takes a line of progress for the person who watches. */
  say: (line: string) => void;
  /** Ends it early; another run goes on where this one was. */
  signal?: AbortSignal;
}

/**
 * Brings the database that the URI names to the form of this version, or says what there would be to do.
 * @throws IndexNotBuildable, MigrationLockLost, with sentences for the person who runs it
 */
export async function migrate(uri: string, mode: MigrateMode, { say, signal }: MigrateOptions): Promise<void> {
  const migrator = await Migrator.connect(uri, { migrations: MIGRATIONS, declared: declaredBy(SCHEMAS), say });
  const stopped = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(new MigrationStopped()));
  });
  try {
    await Promise.race([mode === 'run' ? migrator.migrate() : migrator.dryRun(), stopped]);
  } finally {
    await migrator.close();
  }
}

/** Somebody asked for the end. */
export class MigrationStopped extends Error {
  override readonly name = 'MigrationStopped';

  constructor() {
    super('The migrations were stopped before their end. Run them again to go on.');
  }
}
