import { domainToASCII } from 'node:url';
import { plainText } from './characters';

/** RFC 5321: 254 characters in all, 64 before the @, 255 after it, 63 in a label of the domain. */
const MAX_ADDRESS = 254;
const MAX_LOCAL = 64;
/** A text longer than this is not looked at. */
export const MAX_INPUT = 1_000;

/** RFC 5322 "atext", and the letters and digits of other scripts (RFC 6531). */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;
const TOP_LABEL = /^(?:[\p{L}\p{M}]{2,63}|xn--[a-z0-9-]{1,59})$/u;

const NEEDS_IDNA = /\P{ASCII}|(?:^|\.)xn--/u;
/** An i with marks above or below it, decomposed (NFD): what `toLowerCase` makes of the Turkish capital İ. */
const MARKED_I = /i\p{M}+/gu;

/**
 * An address that stands alone, in the one form in which it is stored and compared: lower case, composed
 * (NFC), its domain in ASCII as IDNA has it. Case falls as Unicode has it, whatever the locale of the
 * machine; İ becomes a plain i. Read again, the form is itself, and texts that are canonically equivalent
 * have one form.
 * @param text plain characters, trimmed
 * @returns null when the text is no address: spaces inside, no domain with a dot, signs or lengths that RFC
 * 5321 does not allow. Quoted local parts and IP addresses are not taken. Never throws.
 */
export function strictEmail(text: string): string | null {
  const lower = composed(text);
  if (lower.length > MAX_ADDRESS) return null;
  const at = lower.indexOf('@');
  const local = lower.slice(0, at);
  if (at < 1 || local.length > MAX_LOCAL || !LOCAL_PART.test(local)) return null;
  const domain = strictDomain(lower.slice(at + 1));
  if (domain === null || local.length + 1 + domain.length > MAX_ADDRESS) return null;
  return `${local}@${domain}`;
}

/**
 * The domain of e-mail addresses in the same form: lower case, in ASCII.
 * @returns null when the text is none; never throws
 */
export function normalizeDomain(input: string): string | null {
  return input.length > MAX_INPUT ? null : strictDomain(composed(plainText(input)));
}

function strictDomain(text: string): string | null {
  if (!isDomain(text)) return null;
  if (!NEEDS_IDNA.test(text)) return text;
  const ascii = domainToASCII(text);
  return isDomain(ascii) ? ascii : null;
}

/** Nobody writes an i with a second dot: each U+0307 over an i goes, in whatever order its marks stand. */
const composed = (text: string): string =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(MARKED_I, (letter) => letter.replaceAll('\u0307', ''))
    .normalize('NFC');

function isDomain(text: string): boolean {
  const labels = text.split('.');
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && TOP_LABEL.test(labels.at(-1)!);
}
