import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from '../../platform/data-folder';
import type { SessionIssuer } from './clerk-sessions';

const FILE = 'local-issuer.pem';
/** Whoever signs in by a link. */
export const LOCAL_USER = 'user_local';
const ISSUER = 'urn:tuco:local-issuer';
const PARTY = 'http://localhost:3000';
/** How long a session lasts. */
export const LOCAL_SESSION_SECONDS = 12 * 3600;

/** The private key in the data folder, made on the first use. Readable by the owner alone. */
function privateKey(dataDir: string): string {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) {
    makeDataFolder(dataDir);
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    try {
      writeFileSync(file, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(file, 'utf8');
}

/** Stands in for Clerk where there is none: its tokens go through the same verification. */
export function localIssuer(dataDir: string): SessionIssuer {
  const pem = createPublicKey(createPrivateKey(privateKey(dataDir)))
    .export({ type: 'spki', format: 'pem' })
    .toString();
  return { issuer: ISSUER, authorizedParties: [PARTY], pem };
}

type LocalRole = 'admin' | 'member' | 'viewer';

/** A session token of the local issuer, as Clerk's version 2 tokens are, good for twelve hours. */
export function localSessionToken(dataDir: string, workspace: string, now: Date, role: LocalRole = 'admin'): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const header = part({ alg: 'RS256', typ: 'JWT', kid: 'local' });
  const claims = part({
    iss: ISSUER,
    azp: PARTY,
    sub: LOCAL_USER,
    sid: 'sess_local',
    v: 2,
    o: { id: workspace, rol: role, slg: 'local' },
    iat: seconds,
    nbf: seconds,
    exp: seconds + LOCAL_SESSION_SECONDS,
  });
  const signature = sign('RSA-SHA256', Buffer.from(`${header}.${claims}`), privateKey(dataDir)).toString('base64url');
  return `${header}.${claims}.${signature}`;
}
