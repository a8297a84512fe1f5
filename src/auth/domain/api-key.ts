import { randomInt } from 'node:crypto';
import type { WorkspaceId } from '../../platform/ids';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARACTERS = 43;
const KEY_PREFIX = 'tuco_sk_';
const KEY_PATTERN = new RegExp(`^${KEY_PREFIX}[${ALPHABET}]{${RANDOM_CHARACTERS}}$`);

/** A workspace's key, without the secret: only its SHA-256 is kept. */
export interface ApiKey {
  id: string;
  workspaceId: WorkspaceId;
  name: string;
  /** The key's last four characters, by which people tell keys apart. */
  ending: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** A new key: `tuco_sk_` and 43 base62 characters (256 bits of randomness). */
export function newKeySecret(random: (max: number) => number = randomInt): string {
  return KEY_PREFIX + Array.from({ length: RANDOM_CHARACTERS }, () => ALPHABET[random(ALPHABET.length)]).join('');
}

export const looksLikeKey = (text: string): boolean => KEY_PATTERN.test(text);

export abstract class ApiKeys {
  abstract insert(key: ApiKey, fingerprint: string): Promise<void>;
  abstract list(workspaceId: WorkspaceId): Promise<ApiKey[]>;
  abstract rename(workspaceId: WorkspaceId, id: string, name: string): Promise<ApiKey | null>;
  abstract remove(workspaceId: WorkspaceId, id: string): Promise<boolean>;
  abstract findByFingerprint(fingerprint: string): Promise<ApiKey | null>;
  /** Moves `lastUsedAt` forward, never back. */
  abstract recordUse(id: string, at: Date): Promise<void>;
}
