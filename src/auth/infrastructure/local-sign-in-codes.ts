import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from '../../platform/data-folder';
import { type SignedIn, SignInCodes } from '../domain/sign-in-codes';
import { LOCAL_SESSION_SECONDS, localSessionToken } from './local-issuer';

const FILE = 'sign-in-codes.json';
const GOOD_FOR_MS = 10 * 60_000;
const CODE_BYTES = 32;

/** What is kept of a code: whoever reads the file cannot sign in by it. */
interface KeptCode {
  digest: string;
  workspace: string;
  goodUntil: number;
}

const digestOf = (code: string): Buffer => createHash('sha256').update(code).digest();

/** Codes that are not too old. A file that was half written holds none. */
function readCodes(dataDir: string, now: Date): KeptCode[] {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) return [];
  try {
    const codes = JSON.parse(readFileSync(file, 'utf8')) as KeptCode[];
    return codes.filter(({ goodUntil }) => goodUntil > now.getTime());
  } catch {
    return [];
  }
}

function writeCodes(dataDir: string, codes: readonly KeptCode[]): void {
  const file = join(dataDir, FILE);
  writeFileSync(`${file}.new`, JSON.stringify(codes), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** A new code for a session in this workspace, good once and for ten minutes. */
export function makeSignInCode(dataDir: string, workspace: string, now: Date): string {
  const code = randomBytes(CODE_BYTES).toString('base64url');
  makeDataFolder(dataDir);
  const kept = { digest: digestOf(code).toString('hex'), workspace, goodUntil: now.getTime() + GOOD_FOR_MS };
  writeCodes(dataDir, [...readCodes(dataDir, now), kept]);
  return code;
}

/** The codes in the data folder, which `npm start` and `npm run sign-in` put there. */
export class LocalSignInCodes extends SignInCodes {
  /** @param dataDir `null` where there is no local issuer */
  constructor(private readonly dataDir: string | null) {
    super();
  }

  get areGiven(): boolean {
    return this.dataDir !== null;
  }

  exchange(code: string, now: Date): SignedIn | null {
    if (this.dataDir === null) return null;
    const digest = digestOf(code);
    const codes = readCodes(this.dataDir, now);
    // All are compared, so that the time tells nothing.
    const found = codes.filter((kept) => timingSafeEqual(Buffer.from(kept.digest, 'hex'), digest))[0];
    if (!found) return null;
    writeCodes(
      this.dataDir,
      codes.filter((kept) => kept !== found),
    );
    const expiresAt = new Date(now.getTime() + LOCAL_SESSION_SECONDS * 1_000);
    return { token: localSessionToken(this.dataDir, found.workspace, now), expiresAt };
  }
}
