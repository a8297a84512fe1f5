export { DatabaseNotMigrated, lackingIn, verifyDatabase } from './database-form';
export { type Migration, type MigrationContext } from './migration';
export { MigrationLockLost } from './migration-lock';
export { Migrator } from './migrator';
