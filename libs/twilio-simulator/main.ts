import { parseArgs } from 'node:util';
import { QUICK_TIMES, REAL_TIMES } from './controls';
import { startTwilioSimulator } from './simulator';

const USAGE = 'main.js --account SID:TOKEN:NUMBER[,NUMBER …] [--port N] [--host H] [--times real|quick] [--latency-ms N]';

/** Prints `ready <url>` once it listens; ends on SIGTERM, SIGINT or when its parent is gone. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string' },
      account: { type: 'string', multiple: true, default: [] },
      times: { type: 'string', default: 'real' },
      'latency-ms': { type: 'string', default: '0' },
    },
  });
  const number = (text: string, name: string): number => {
    if (!/^\d{1,7}$/.test(text)) throw new Error(`--${name} must be a number, not "${text}". Usage: ${USAGE}`);
    return Number(text);
  };
  if (values.times !== 'real' && values.times !== 'quick') throw new Error(`--times must be real or quick. Usage: ${USAGE}`);
  const accounts = values.account.map((given) => {
    const [accountSid, authToken, numbers] = given.split(':');
    if (!accountSid || !authToken || !numbers) throw new Error(`--account must be SID:TOKEN:NUMBER. Usage: ${USAGE}`);
    return { accountSid, authToken, numbers: numbers.split(',') };
  });
  if (accounts.length === 0) throw new Error(`There is no account. Usage: ${USAGE}`);
  const simulator = await startTwilioSimulator({
    port: number(values.port, 'port'),
    host: values.host,
    times: values.times === 'quick' ? QUICK_TIMES : REAL_TIMES,
    accounts,
  });
  simulator.control({ latencyMs: number(values['latency-ms'], 'latency-ms') });
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
