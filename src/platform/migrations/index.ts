export { DatabaseNotMigrated, verifyDatabase } from './database-form';
export { MIGRATIONS_COLLECTION, type Migration, type MigrationContext } from './migration';
export { MigrationLockLost } from './migration-lock';
export { Migrator, type MigratorOptions } from './migrator';
