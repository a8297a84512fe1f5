import { parseArgs } from 'node:util';
import { readConfig } from '../platform/config';
import { clientOf } from './connect';
import { setReadOnly } from './read-only';
import { CommandRefused, runCommand, say } from './run-command';

const USAGE = 'Usage: npm run workspace:read-only -- <workspace id> on|off [--reason past_due] [--force]';

/** `npm run workspace:read-only`: docs/operations.md. */
runCommand(async (args) => {
  const { positionals, values } = parsed(args);
  const [workspaceId, state, ...more] = positionals;
  if (!workspaceId || more.length > 0 || (state !== 'on' && state !== 'off')) throw new CommandRefused(USAGE);
  if (state === 'off' && values.reason !== undefined) throw new CommandRefused(`${USAGE}\nOnly "on" has a reason`);
  const config = readConfig(process.env, ['MONGODB_URI', 'RETENTION_DAYS_AUDIT']);
  const client = clientOf(config.MONGODB_URI);
  try {
    const reason = state === 'on' ? (values.reason ?? 'operator') : null;
    say(await setReadOnly(client, { workspaceId, reason, isForced: values.force }, config.RETENTION_DAYS_AUDIT));
  } finally {
    await client.close();
  }
});

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { reason: { type: 'string' }, force: { type: 'boolean', default: false } },
    });
  } catch (error) {
    throw new CommandRefused(`${(error as Error).message}\n${USAGE}`);
  }
}
