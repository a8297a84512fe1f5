import { parseArgs } from 'node:util';
import { startBlueBubblesSimulator } from './simulator';
import { QUICK_TIMES, REAL_TIMES } from './times';

const USAGE =
  'main.js --password P [--password P …] [--ledger FILE] [--port N] [--host H] [--times real|quick] [--hold-ms N] [--latency-ms N]';

/** Prints `ready <url>` once it listens; ends on SIGTERM, SIGINT or when its parent is gone. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string' },
      ledger: { type: 'string' },
      password: { type: 'string', multiple: true, default: [] },
      times: { type: 'string', default: 'real' },
      'hold-ms': { type: 'string' },
      'latency-ms': { type: 'string' },
    },
  });
  const number = (text: string, name: string): number => {
    if (!/^\d{1,7}$/.test(text)) throw new Error(`--${name} must be a number, not "${text}". Usage: ${USAGE}`);
    return Number(text);
  };
  const controls = {
    ...(values['hold-ms'] === undefined ? {} : { holdMs: number(values['hold-ms'], 'hold-ms') }),
    ...(values['latency-ms'] === undefined ? {} : { latencyMs: number(values['latency-ms'], 'latency-ms') }),
  };
  if (values.times !== 'real' && values.times !== 'quick') throw new Error(`--times must be real or quick. Usage: ${USAGE}`);
  const simulator = await startBlueBubblesSimulator({
    port: number(values.port, 'port'),
    host: values.host,
    ledgerFile: values.ledger ?? null,
    times: values.times === 'quick' ? QUICK_TIMES : REAL_TIMES,
    bridges: values.password.map((password) => ({ password, controls })),
  });
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void simulator.stop().finally(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('disconnect', end);
  process.stdout.write(`ready ${simulator.url}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`The simulator cannot start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
