import { parseArgs } from 'node:util';
import { readConfig } from '../platform/config';
import { backUp } from './backup/back-up';
import { summaryOf } from './backup/format';
import { snapshotClientOf } from './connect';
import { CommandRefused, runCommand, say } from './run-command';

/** `npm run backup`: docs/operations/backup.md. */
runCommand(async (args) => {
  const [folder, ...more] = parseArgs({ args: [...args], allowPositionals: true }).positionals;
  if (!folder || more.length > 0) throw new CommandRefused('Usage: npm run backup -- <folder>');
  const client = snapshotClientOf(readConfig(process.env, ['MONGODB_URI']).MONGODB_URI);
  try {
    say(summaryOf(await backUp(client, folder), folder));
  } finally {
    await client.close();
  }
});
