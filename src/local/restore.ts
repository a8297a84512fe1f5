import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startEmbeddedMongo } from '@tuco/embedded-mongo';
import { restore } from '../commands/backup/restore';
import { clientOf } from '../commands/connect';
import { CommandRefused, runCommand, say } from '../commands/run-command';
import { makeDataFolder } from '../platform/data-folder';
import { LOCAL_KEYS } from './local-settings';

const AT_ONCE = '--sends-at-once';

/** `npm run restore:local`: makes a data folder for `npm start` from a backup. */
runCommand(async (args) => {
  const [folder, ...more] = args.filter((arg) => arg !== AT_ONCE);
  if (!folder || more.length > 0)
    throw new CommandRefused(`Usage: DATA_DIR=<new folder> npm run restore:local -- <folder> [${AT_ONCE}]`);
  const dataDir = resolve(process.env.DATA_DIR || './data');
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new CommandRefused(`${dataDir} is not empty: set DATA_DIR to a new folder`);
  }
  process.umask(0o077);
  makeDataFolder(dataDir);
  const mongo = await startEmbeddedMongo({ dataDir: join(dataDir, 'mongo') });
  const client = clientOf(mongo.uri);
  try {
    await restore(client, mongo.uri, folder, { sendsAtOnce: args.includes(AT_ONCE), say });
    for (const name of LOCAL_KEYS.filter((one) => existsSync(join(folder, one))))
      copyFileSync(join(folder, name), join(dataDir, name));
  } finally {
    await client.close();
    await mongo.stop();
  }
});
