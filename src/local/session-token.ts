import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { localSessionToken } from '../auth/infrastructure/local-issuer';
import { LOCAL_WORKSPACE } from './local-settings';
import { readRunning } from './running';

/** Prints a dashboard session token, with the admin role, of the local workspace. */
if (existsSync('.env')) process.loadEnvFile('.env');
const dataDir = resolve(process.env.DATA_DIR || './data');
if (!existsSync(join(dataDir, 'local-issuer.pem'))) {
  process.stderr.write(`There is no local installation in ${dataDir}; run "npm start" first, or set DATA_DIR\n`);
  process.exit(1);
}
/** `--env`: what a shell needs to call the API, as variables. */
const token = localSessionToken(dataDir, LOCAL_WORKSPACE, new Date());
const running = readRunning(dataDir);
if (process.argv.includes('--env')) {
  if (!running) {
    process.stderr.write(`No server runs on ${dataDir}; run "npm start" first, or set DATA_DIR\n`);
    process.exit(1);
  }
  process.stdout.write(`API=${running.url}/api\nKEY=${token}\nBRIDGE=${running.bridge ?? ''}\n`);
} else process.stdout.write(`${token}\n`);
