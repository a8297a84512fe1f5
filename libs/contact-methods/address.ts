import { normalizeEmail } from './email-cell';
import { normalizePhone } from './phone';

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
