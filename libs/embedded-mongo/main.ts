import { parseArgs } from 'node:util';
import { startEmbeddedMongo } from './server';

/** `--port N --data DIR|:memory:`: runs alone until it is told to stop. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, data: { type: 'string', default: ':memory:' } },
  });
  const { uri, stop } = await startEmbeddedMongo({ dataDir: values.data, port: Number(values.port) });
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    void stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
  process.stdout.write(`ready ${uri}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
