import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { migrate, type MigrateMode, MigrationStopped } from './migrate';
import { readConfig } from './platform/config';
import { DatabaseNotMigrated, MigrationLockLost } from './platform/migrations';
import { NotResealed, type ResealMode } from './platform/secrets';
import { resealAll } from './reseal';
import { createApp } from './server';
import { startFailure } from './start-failure';
import { startLine } from './start-line';
import { stopOnSignals } from './stop';

/** Their messages are sentences. */
const IN_WORDS = [DatabaseNotMigrated, MigrationLockLost, MigrationStopped, NotResealed];

/** Of the roles that change what is stored and end. */
const MODE: MigrateMode & ResealMode = process.argv.includes('--dry-run') ? 'dry-run' : 'run';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Starts one role (`APP_ROLE`) of the product with the stores that the environment names. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  if (config.APP_ROLE === 'migrate') return migrateAlone(config.MONGODB_URI);
  if (config.APP_ROLE === 'reseal') return resealAll(config, MODE, say);
  const logger = new Logger('start');
  try {
    const app = await createApp(config);
    stopOnSignals(app, config);
    await app.listen(config.PORT, config.HOST);
    const { port } = app.getHttpServer().address() as AddressInfo;
    logger.log(startLine(config, port), 'Started');
  } catch (error) {
    const reason = startFailure(error, IN_WORDS);
    logger.fatal(reason === null ? { err: error } : { reason }, 'The process could not start');
    throw error;
  }
}

/** Migrates the database and ends; `--dry-run` only says what there would be to do. */
async function migrateAlone(uri: string): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  await migrate(uri, MODE, { say, signal: stop.signal });
}

main().catch((error: unknown) => {
  const unexpected = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`${startFailure(error, IN_WORDS) ?? unexpected}\n`);
  process.exit(1);
});
