import { createHmac, randomBytes } from 'node:crypto';

/** What stands for an address of somebody who was erased. */
export type KeyedHash = (address: string) => string;

const SECRET_BYTES = 32;
/**
 * No address begins with it, and it sorts behind every address of ASCII letters. A reader that asks for both
 * forms of an address at once comes to the hashed one last, and so misses none that is being hashed at that
 * moment.
 */
const MARK = '~';

/** A secret to hash with: random, as base64url. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/**
 * HMAC-SHA256 under a secret. Nobody can tell the address from it without the secret, not even by trying
 * every phone number that there is.
 */
export function keyedHash(secret: string): KeyedHash {
  const key = Buffer.from(secret, 'base64url');
  return (address) => `${MARK}${createHmac('sha256', key).update(address, 'utf8').digest('base64url')}`;
}
