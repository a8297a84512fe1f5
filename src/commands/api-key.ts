import { readConfig } from '../platform/config';
import { clientOf } from './connect';
import { newKey } from './new-key';
import { CommandRefused, runCommand, say } from './run-command';

/** `npm run api-key`: docs/operations.md. Only the key is printed, so that it can be put where it belongs. */
runCommand(async ([workspaceId, name, ...more]) => {
  if (!workspaceId || !name || more.length > 0) throw new CommandRefused('Usage: npm run api-key -- <workspace id> <name>');
  const config = readConfig(process.env, ['MONGODB_URI', 'RETENTION_DAYS_AUDIT']);
  const client = clientOf(config.MONGODB_URI);
  try {
    say(await newKey(client, workspaceId, name, config.RETENTION_DAYS_AUDIT));
  } finally {
    await client.close();
  }
});
