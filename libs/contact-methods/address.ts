import { plainText } from './characters';
import { MAX_INPUT, strictEmail } from './email';
import { normalizeEmail, readEmail } from './email-cell';
import { formsOf } from './lenient';
import { normalizePhone, readPhone } from './phone';

/** What a message can be sent to. */
export interface Address {
  kind: 'phone' | 'email';
  /** E.164, or an e-mail address in lower case. */
  value: string;
}

/**
 * Reads a text as an e-mail address when it holds an @, else as a phone number; null when it is neither.
 * Never throws.
 */
export function normalizeAddress(input: string, defaultCountryCode: string): Address | null {
  const email = normalizeEmail(input);
  if (email !== null) return { kind: 'email', value: email };
  const phone = normalizePhone(input, defaultCountryCode);
  return phone === null ? null : { kind: 'phone', value: phone };
}

/** E.164, of any length: what is stored may be shorter than what is usable today. */
const STORED_PHONE = /^\+\d{4,15}$/;

/**
 * The forms under which an address that somebody names may be stored: as it is read today, in all forms of a
 * phone number, and as it stands there. Placeholders and numbers that are not usable today were stored once,
 * and whoever stops messages to them means them.
 * @returns none where it is no address at all. Never throws.
 */
export function storedFormsOf(input: string, defaultCountryCode: string): string[] {
  const text = plainText(input);
  const asItStands = STORED_PHONE.test(text) ? text : text.length > MAX_INPUT ? null : strictEmail(text);
  const found = [readEmail(input) ?? readPhone(input, defaultCountryCode), asItStands].flatMap((address) => address ?? []);
  return [...new Set(found.flatMap(formsOf))];
}
