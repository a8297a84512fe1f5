import { plainText } from './characters';

/** RFC 5321: 254 characters in all, 64 before the @, 255 after it, 63 in a label of the domain. */
const MAX_ADDRESS = 254;
const MAX_LOCAL = 64;
/** A text longer than this is not looked at. */
const MAX_INPUT = 1_000;

/** RFC 5322 "atext", and the letters and digits of other scripts (RFC 6531). */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const TOP_LABEL = /^(?:[\p{L}\p{M}]{2,63}|xn--[a-z0-9-]{1,59})$/u;

/**
 * An e-mail address, trimmed and in lower case.
 * @returns null when the text is none: spaces inside, no domain with a dot, signs or lengths that RFC 5321
 * does not allow, or the placeholder `[email protected]` of pages that hide addresses. Quoted local parts and
 * IP addresses are not taken. Never throws.
 */
export function normalizeEmail(input: string): string | null {
  if (input.length > MAX_INPUT) return null;
  const address = plainText(input).toLowerCase();
  if (address.length > MAX_ADDRESS) return null;
  const at = address.indexOf('@');
  const local = address.slice(0, at);
  const labels = address.slice(at + 1).split('.');
  if (at < 1 || local.length > MAX_LOCAL || !LOCAL_PART.test(local)) return null;
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || !TOP_LABEL.test(labels.at(-1)!)) return null;
  return address;
}
