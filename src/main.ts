import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { migrate, type MigrateMode, MigrationStopped } from './migrate';
import { InvalidConfig, readConfig } from './platform/config';
import { DatabaseNotMigrated, MigrationLockLost } from './platform/migrations';
import { IndexNotBuildable } from './platform/mongo';
import { NotResealed, type ResealMode, WrongEncryptionKey } from './platform/secrets';
import { resealAll } from './reseal';
import { createApp } from './server';
import { startLine } from './start-line';
import { stopOnSignals } from './stop';

/** What went wrong is said in a sentence that needs no stack. */
const IN_WORDS = [
  InvalidConfig,
  DatabaseNotMigrated,
  MigrationLockLost,
  MigrationStopped,
  IndexNotBuildable,
  WrongEncryptionKey,
  NotResealed,
];

/** Of the roles that change what is stored and end. */
const MODE: MigrateMode & ResealMode = process.argv.includes('--dry-run') ? 'dry-run' : 'run';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Starts one role (`APP_ROLE`) of the product with the stores that the environment names. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (config.APP_ROLE === 'migrate') return migrateAlone(config.MONGODB_URI);
  if (config.APP_ROLE === 'reseal') return resealAll(config, MODE, say);
  const app = await createApp(config);
  stopOnSignals(app, config);
  await app.listen(config.PORT, config.HOST);
  const { port } = app.getHttpServer().address() as AddressInfo;
  new Logger('start').log(startLine(config, port), 'Started');
}

/** Migrates the database and ends; `--dry-run` only says what there would be to do. */
async function migrateAlone(uri: string): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  await migrate(uri, MODE, { say, signal: stop.signal });
}

main().catch((error: unknown) => {
  const isPlain = IN_WORDS.some((kind) => error instanceof kind);
  process.stderr.write(`${error instanceof Error ? (isPlain ? error.message : error.stack) : String(error)}\n`);
  process.exit(1);
});
