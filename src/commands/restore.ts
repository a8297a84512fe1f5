import { parseArgs } from 'node:util';
import { readConfig } from '../platform/config';
import { restore } from './backup/restore';
import { clientOf } from './connect';
import { CommandRefused, runCommand, say } from './run-command';

const USAGE = 'Usage: npm run restore -- <folder> [--sends-at-once]';

/** `npm run restore`: docs/operations/backup.md. */
runCommand(async (args) => {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'sends-at-once': { type: 'boolean', default: false } },
  });
  const [folder, ...more] = positionals;
  if (!folder || more.length > 0) throw new CommandRefused(USAGE);
  const { MONGODB_URI: uri } = readConfig(process.env, ['MONGODB_URI']);
  const client = clientOf(uri);
  try {
    await restore(client, uri, folder, { sendsAtOnce: values['sends-at-once'], say });
  } finally {
    await client.close();
  }
});
