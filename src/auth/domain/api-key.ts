import { randomInt } from 'node:crypto';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';
import type { Scope } from './scopes';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARACTERS = 43;
const KEY_PREFIX = 'tuco_sk_';
const KEY_PATTERN = new RegExp(`^${KEY_PREFIX}[${ALPHABET}]{${RANDOM_CHARACTERS}}$`);

/** What a key may do, for how long, and from where. */
export interface KeyLimits {
  scopes: readonly Scope[];
  /** From this moment on the key is not good any more; `null`: it does not expire. */
  expiresAt: Date | null;
  /** Addresses and networks from which it may be used; empty: from anywhere. */
  allowedIps: readonly string[];
  /** Calls in a minute, beside the limit of the workspace; `null`: that one alone. */
  rateLimitPerMinute: number | null;
}

/** A workspace's key, without the secret: only its SHA-256 is kept. */
export interface ApiKey extends KeyLimits {
  id: string;
  workspaceId: WorkspaceId;
  name: string;
  /** The key's last four characters, by which people tell keys apart. */
  ending: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Until when the secret before the present one is good as well; `null` before the first rotation. */
  previousSecretUntil: Date | null;
}

/** A new key: `tuco_sk_` and 43 base62 characters (256 bits of randomness). */
export function newKeySecret(random: (max: number) => number = randomInt): string {
  return KEY_PREFIX + Array.from({ length: RANDOM_CHARACTERS }, () => ALPHABET[random(ALPHABET.length)]).join('');
}

export const looksLikeKey = (text: string): boolean => KEY_PATTERN.test(text);

/** What of a key can be changed. */
export type KeyChange = Partial<Pick<ApiKey, 'name' | keyof KeyLimits>>;

export interface Rotation {
  /** SHA-256 of the new secret. */
  fingerprint: string;
  ending: string;
  /** Until when the secret that is replaced stays good. */
  previousSecretUntil: Date;
}

export abstract class ApiKeys {
  abstract insert(key: ApiKey, fingerprint: string, transaction: Transaction): Promise<void>;
  /** Oldest first. */
  abstract list(workspaceId: WorkspaceId): Promise<ApiKey[]>;
  /** How many keys there are, counted up to `most`. */
  abstract count(workspaceId: WorkspaceId, most: number, transaction: Transaction): Promise<number>;
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<ApiKey | null>;
  abstract change(workspaceId: WorkspaceId, id: string, change: KeyChange, transaction: Transaction): Promise<void>;
  /** A secret from before the present one stops being good, whatever it was promised. */
  abstract rotate(workspaceId: WorkspaceId, id: string, rotation: Rotation, transaction: Transaction): Promise<void>;
  abstract remove(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<boolean>;
  /** The key of a secret, and until when that secret is good, where it is not the present one. */
  abstract findByFingerprint(fingerprint: string): Promise<{ key: ApiKey; secretUntil: Date | null } | null>;
  /** Moves `lastUsedAt` forward, never back. */
  abstract recordUse(id: string, at: Date): Promise<void>;
}
