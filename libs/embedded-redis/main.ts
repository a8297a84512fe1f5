import { parseArgs } from 'node:util';
import { startEmbeddedRedis } from './server';

/**
 * `node main.js [--port N] [--host H]`: prints `ready <uri>` once it listens; ends on SIGTERM, SIGINT or when
 * its parent is gone.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, host: { type: 'string' } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port must be 0 to 65535, not "${values.port}"`);
  const redis = await startEmbeddedRedis({ port, host: values.host });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void redis.stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
  process.stdout.write(`ready ${redis.uri}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The embedded Redis cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
