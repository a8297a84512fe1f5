import { callingCodeOf } from '#libs/contact-methods';

const DOT = '•';
/** How many digits of a phone number stay readable at its end. */
const SHOWN_DIGITS = 2;

/**
 * An address as a page shows it to whoever has the link: enough for its owner to know it, too little for
 * anybody else to write to it. `a••@example.com`, `+1 ••• ••• ••31`.
 */
export const maskedAddress = (address: string): string => (address.includes('@') ? maskedEmail(address) : maskedPhone(address));

function maskedEmail(address: string): string {
  const at = address.lastIndexOf('@');
  const letters = [...new Intl.Segmenter().segment(address.slice(0, at))].map(({ segment }) => segment);
  // A name of one letter would be shown whole.
  return `${letters.length > 1 ? letters[0] : ''}${DOT.repeat(2)}${address.slice(at)}`;
}

function maskedPhone(address: string): string {
  const code = callingCodeOf(address) ?? '';
  const digits = address.slice(code.length).replace(/\D/g, '');
  const masked = DOT.repeat(Math.max(0, digits.length - SHOWN_DIGITS)) + digits.slice(-SHOWN_DIGITS);
  // In threes; the last group has two to four, as numbers are read.
  const groups = masked.match(/.{3}(?=.{2})|.+$/gu) ?? [];
  return [code, ...groups].filter(Boolean).join(' ');
}
