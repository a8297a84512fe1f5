import { plainText } from './characters';
import { MAX_INPUT, strictEmail } from './email';
import { isLabel } from './labels';
import { isPlaceholder } from './placeholders';

/** Nobody wraps an address more often; what has more layers is no address. */
const MAX_LAYERS = 12;
/** An address does not begin like this, though RFC 5321 would allow it. */
const BEGINS_WRAPPED = /^['`=]/;
const QUOTES = '"\'`\u00b4\u2018-\u201f\u00ab\u00bb\u2039\u203a\u02bc';
const QUOTES_AROUND = new RegExp(`^[${QUOTES}]+|[${QUOTES}]+$`, 'g');
const SIGNS_AROUND = new RegExp(`^[${QUOTES}<([\\s]+|[${QUOTES}>)\\]\\s:-]+$`, 'g');
/** `'jo'@example.com`: whether the quotes belong to the address cannot be told. */
const QUOTED_LOCAL_PART = /^(["'`]).*\1@/s;
/** `"Byron, Ada" <…>`: what is quoted is a name, whatever it holds. */
const QUOTED_NAME = /^\s*"[^"]*"\s*$/;
/** `Ada <ada@example.com>`, `Ada (ada@example.com)`, with signs behind it at most. */
const ENCLOSED = /^(.*?)[<([]([^<>()[\]@]+@[^<>()[\]@]+)[>)\]]([^\p{L}\p{N}@]*)$/su;
/** `(work)`, `[home]`: brackets without an address. */
const BRACKETS_BEFORE = /^[([][^()[\]@]*[)\]]\s*/;
const BRACKETS_AFTER = /\s*[([][^()[\]@]*[)\]](?=[)\]>]*$)/;
/** `Email: …`; what follows a URL's colon is none. */
const LABEL_BEFORE = /^(\p{L}[^@:<>"\n]{0,60}):(?!\/)\s*(?=[^@]+@)/u;
/** Their addresses look like those of e-mails. */
const OTHER_SERVICES = /^(?:sips?|xmpp|skype)$/i;
/** `… work`, `… - work`. */
const WORD_AFTER = /\s+(?:[-/|]\s*)?([\p{L}-]+)$/u;
const HYPERLINK = /^=\s*hyperlink\(\s*"([^"]*)"[^]*\)$/i;
const MAILTO = /^mailto:(?:\/\/)?([^?]*)/i;
const BULLET = /^[-*\u2022\u00b7]\s+/;

/**
 * The e-mail address that a cell holds, as people, mail programs and spreadsheets write it: without quotes, a
 * name beside it, brackets, `mailto:`, labels, separators behind it and the traces of formulas.
 * @returns the address as it is stored and compared: lower case, composed (NFC), its domain in ASCII as
 * IDNA has it; null when the cell holds none, or several, or a placeholder such as `none@none.com`. Never
 * throws.
 */
export function normalizeEmail(input: string): string | null {
  const address = readEmail(input);
  return address === null || isPlaceholder(address) ? null : address;
}

/** The same, placeholders included. */
export function readEmail(input: string): string | null {
  if (input.length > MAX_INPUT) return null;
  const text = plainText(input);
  const plain = BEGINS_WRAPPED.test(text) ? null : strictEmail(text);
  return plain ?? strictEmail(unwrapped(text));
}

/** The text without its layers; empty when there is no end of them. */
function unwrapped(text: string): string {
  let inner = text;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const before = inner;
    for (const step of STEPS) inner = step(inner).trim();
    if (inner === before) return inner;
  }
  return '';
}

const STEPS: readonly ((text: string) => string)[] = [
  (text) => text.replace(HYPERLINK, '$1').replace(/^=+/, ''),
  (text) =>
    text
      .replace(/[;,.:!?|\s]+$/, '')
      .replace(/^[;,:\s]+/, '')
      .replace(BULLET, ''),
  fromMailto,
  (text) => text.replace(BRACKETS_AFTER, '').replace(BRACKETS_BEFORE, ''),
  fromBrackets,
  (text) => text.replace(LABEL_BEFORE, (label, word: string) => (OTHER_SERVICES.test(word.trim()) ? label : '')),
  (text) => text.replace(WORD_AFTER, (rest, word: string) => (isLabel(word) ? '' : rest)),
  (text) => (QUOTED_LOCAL_PART.test(text) ? '' : text.replace(QUOTES_AROUND, '')),
  // Cut off by a field that was too short.
  (text) => (text.includes('>') ? text : text.replace(/^(?:[^<@]*\s)?</, '')),
  (text) => (text.includes('<') ? text : text.replace(/>$/, '')),
];

/** `mailto:ada%2Bnews@example.com?subject=Hello` (RFC 6068). */
function fromMailto(text: string): string {
  const address = MAILTO.exec(text)?.[1];
  if (address === undefined) return text;
  try {
    return plainText(decodeURIComponent(address));
  } catch {
    return address;
  }
}

/**
 * The address in brackets, where what stands before it is a name or the same address again; two addresses are
 * not one.
 */
function fromBrackets(text: string): string {
  const [, before, inside, after] = ENCLOSED.exec(text) ?? [];
  if (before === undefined || inside === undefined || after === undefined) return text;
  if (!before.includes('@') || QUOTED_NAME.test(before)) return inside;
  const again = strictEmail(before.replace(SIGNS_AROUND, '').replace(MAILTO, '$1'));
  return again !== null && again === strictEmail(inside.replace(MAILTO, '$1').trim()) ? inside : text;
}
