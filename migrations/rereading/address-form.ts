import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';

/** An address that stands alone, or behind the key of something: `line:address`, `workspace address`. */
const KEYED = /^(?<key>.*[: ])?(?<address>\+\d+|[^\s:~][^\s:]*@[^\s:]+)$/s;

/**
 * The form of today of an address that is stored. Phones are stored with their country code, so that no
 * country has to be guessed.
 * @returns null when it is not usable any more: a placeholder, or no address at all
 */
export const formOf = (address: string): string | null => normalizeAddress(address, DEFAULT_COUNTRY_CODE)?.value ?? null;

/**
 * The same for addresses behind a key, and for those that something is remembered of: what is not usable any
 * more, hashes and ids stay as they are.
 */
export function reformed(text: string): string {
  const { key = '', address } = KEYED.exec(text)?.groups ?? {};
  const form = address === undefined ? null : formOf(address);
  return form === null ? text : `${key}${form}`;
}
