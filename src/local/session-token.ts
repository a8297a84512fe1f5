import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { localSessionToken } from '../auth/infrastructure/local-issuer';
import { LOCAL_WORKSPACE } from './local-settings';

/** Prints a dashboard session token, with the admin role, of the local workspace. */
const dataDir = resolve(process.env.DATA_DIR || './data');
if (!existsSync(join(dataDir, 'local-issuer.pem'))) {
  process.stderr.write(`There is no local installation in ${dataDir}; run "npm start" first, or set DATA_DIR\n`);
  process.exit(1);
}
process.stdout.write(`${localSessionToken(dataDir, LOCAL_WORKSPACE, new Date())}\n`);
