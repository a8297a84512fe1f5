import { copyFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backUp } from '../commands/backup/back-up';
import { summaryOf } from '../commands/backup/format';
import { snapshotClientOf } from '../commands/connect';
import { CommandRefused, runCommand, say } from '../commands/run-command';
import { LOCAL_KEYS } from './local-settings';
import { readRunning } from './running';

/** `npm run backup:local`: a copy of the data of `npm start`, with its keys, while it runs. */
runCommand(async ([folder, ...more]) => {
  if (!folder || more.length > 0) throw new CommandRefused('Usage: npm run backup:local -- <folder>');
  if (existsSync('.env')) process.loadEnvFile('.env');
  const dataDir = resolve(process.env.DATA_DIR || './data');
  const running = readRunning(dataDir);
  if (!running?.mongo) {
    throw new CommandRefused(
      `No server with stores of its own runs on ${dataDir}: run "npm start", or set DATA_DIR. Of a stopped one, copy the folder itself`,
    );
  }
  const client = snapshotClientOf(running.mongo);
  try {
    const manifest = await backUp(client, folder);
    for (const name of LOCAL_KEYS.filter((one) => existsSync(join(dataDir, one))))
      copyFileSync(join(dataDir, name), join(folder, name));
    say(summaryOf(manifest, folder));
    say(`Its keys are in it as well (${LOCAL_KEYS.join(', ')}): whoever has this folder can read everything.`);
  } finally {
    await client.close();
  }
});
