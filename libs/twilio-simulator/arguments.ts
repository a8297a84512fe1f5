import { parseArgs } from 'node:util';
import { QUICK_TIMES, REAL_TIMES } from './controls';
import type { TwilioSimulatorOptions } from './simulator';

const USAGE = 'main.js --account SID:TOKEN:NUMBER[,NUMBER …] [--port N] [--host H] [--times real|quick] [--latency-ms N]';

/** What a command line asks for. @throws Error that says what is wrong with it */
export function readArguments(args: string[]): { options: TwilioSimulatorOptions; latencyMs: number } {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string' },
      account: { type: 'string', multiple: true, default: [] },
      times: { type: 'string', default: 'real' },
      'latency-ms': { type: 'string', default: '0' },
    },
  });
  const refuse = (words: string) => new Error(`${words}. Usage: ${USAGE}`);
  const number = (text: string, name: string): number => {
    if (!/^\d{1,7}$/.test(text)) throw refuse(`--${name} must be a number, not "${text}"`);
    return Number(text);
  };
  if (values.times !== 'real' && values.times !== 'quick') throw refuse('--times must be real or quick');
  const accounts = values.account.map((given) => {
    const [accountSid, authToken, numbers] = given.split(':');
    if (!accountSid || !authToken || !numbers) throw refuse('--account must be SID:TOKEN:NUMBER');
    return { accountSid, authToken, numbers: numbers.split(',') };
  });
  if (accounts.length === 0) throw refuse('There is no account');
  return {
    options: {
      port: number(values.port, 'port'),
      host: values.host,
      times: values.times === 'quick' ? QUICK_TIMES : REAL_TIMES,
      accounts,
    },
    latencyMs: number(values['latency-ms'], 'latency-ms'),
  };
}
