import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeSignInCode } from '../auth/infrastructure/local-sign-in-codes';
import { LOCAL_WORKSPACE } from './local-settings';
import { readRunning } from './running';
import { signInLink } from './sign-in-link';

/** `npm run sign-in`: another link to the dashboard of the server that runs on this data folder. */
if (existsSync('.env')) process.loadEnvFile('.env');
const dataDir = resolve(process.env.DATA_DIR || './data');
const running = readRunning(dataDir);
if (!running) {
  process.stderr.write(`No server runs on ${dataDir}; run "npm start" first, or set DATA_DIR\n`);
  process.exit(1);
}
const code = makeSignInCode(dataDir, LOCAL_WORKSPACE, new Date());
process.stdout.write(`${signInLink(`http://localhost:${running.port}`, code)}\n`);
