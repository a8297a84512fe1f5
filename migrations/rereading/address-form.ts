import { DEFAULT_COUNTRY_CODE, normalizeAddress } from '#libs/contact-methods';

/** An address that stands alone, or behind the key of something: `line:address`, `workspace address`. */
const KEYED = /^(?<key>.*[: ])?(?<address>\+\d+|[^\s:~][^\s:]*@[^\s:]+)$/s;

/**
 * What may be read in another way than it was stored: numbers of these countries, and those that end with a
 * row of one digit or are a row of the keyboard. Reading each of a million numbers takes a minute.
 */
const SUSPECT_PHONE = /^\+(?:1(?!\d{10}$)|52|55)|(\d)\1{3}$|1234567890$|0123456789$/;
/** Countries whose numbers are read in their form of today. */
const RENUMBERED = /^\+5[25]/;
const PHONE = /^\+\d{6,15}$/;

/**
 * The form of today of an address that is stored. Phones are stored with their country code, so that no
 * country has to be guessed.
 * @returns null when it is not usable any more: a placeholder, or no address at all
 */
export function formOf(address: string): string | null {
  const isPhone = PHONE.test(address);
  if (isPhone && !SUSPECT_PHONE.test(address)) return address;
  const form = normalizeAddress(address, DEFAULT_COUNTRY_CODE)?.value ?? null;
  // A zero behind the country code is taken for a prefix each time that it is read.
  return isPhone && form !== null && !RENUMBERED.test(address) ? address : form;
}

/**
 * The same for addresses behind a key, and for those that something is remembered of: what is not usable any
 * more, hashes and ids stay as they are.
 */
export function reformed(text: string): string {
  const { key = '', address } = KEYED.exec(text)?.groups ?? {};
  const form = address === undefined ? null : formOf(address);
  return form === null ? text : `${key}${form}`;
}
