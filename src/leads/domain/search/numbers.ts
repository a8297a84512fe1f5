import { normalizePhone, plainText } from '#libs/contact-methods';
import { fromTheEnd } from './tokens';
import { type Reading, wordsOf } from './words';

/** A number is found by so many digits from its start, and by so many from its end. */
const FEWEST_FROM_THE_START = 3;
const FEWEST_FROM_THE_END = 4;
/** Numbers in Russia and around it are dialled with this digit before ten others. */
const TRUNK_EIGHT = /^8\d{9,10}$/;
/** Digits of any script in groups, as people write numbers; no part of a word or an address. */
const NUMBER =
  /(?<![\p{L}\p{N}_@.+])(?:tel:)?[+＋]?\(?\p{Nd}[\p{Nd}\s()./·•\p{Pd}\p{Cf}−]*(?:;?(?:ext[.=]?|x|#)\s*\p{Nd}{1,7})?(?![\p{L}\p{N}_@])/giu;
const EXTENSION = /\s*(?:;?ext[.=]?|x|#)\s*\d{1,7}$/iu;
const FEWEST_BEFORE_EXTENSION = 7;

/** The numbers in what is searched for, as they were written, and what else there is. */
export function numbersIn(text: string): { numbers: string[]; rest: string } {
  const numbers: string[] = [];
  const rest = text.replace(NUMBER, (match) => {
    const plain = plainText(match);
    if (digitsOf(plain).length < FEWEST_FROM_THE_START) return match;
    numbers.push(plain);
    return ' ';
  });
  return { numbers, rest };
}

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** Words that are digits, with spaces between them, where no number is meant: `54 2025`. */
export const digitWords = (written: string): Reading | null => (/^\d+(?: +\d+)+$/.test(written) ? wordsOf(written) : null);

/**
 * What a number can mean that somebody typed, whole or in part: the digits from the start of a number, with
 * or without what is dialled before it at home (0, in some places 8) or abroad (00, 011), or its last digits.
 */
export function numberReadings(written: string): Reading[] {
  const withoutExtension = written.replace(EXTENSION, '');
  const number = digitsOf(withoutExtension).length < FEWEST_BEFORE_EXTENSION ? written : withoutExtension;
  // "(0)" behind a country code is dialled at home only.
  const digits = digitsOf(number.replace(/^(.*\d.*)\(0\)/, '$1'));
  const abroad = number.includes('+') ? digits : /^(?:00|011)(\d+)$/.exec(digits)?.[1];
  const starts =
    abroad === undefined ? [digits, ...atHome(digits)] : [abroad, ...whole(abroad), ...(digits === abroad ? [] : [digits])];
  const readings: Reading[] = [...new Set(starts)].map((start) => [start]);
  if (digits.length >= FEWEST_FROM_THE_END && !number.includes('+')) readings.push([fromTheEnd(digits)]);
  return readings;
}

/** The digits as they are abroad: without what is dialled at home before them. */
function atHome(digits: string): string[] {
  if (digits.startsWith('06') && digits.length > 9) return [digits.slice(1), digits.slice(2)];
  if (digits.startsWith('0')) return [digits.slice(1)].filter(({ length }) => length >= FEWEST_FROM_THE_START);
  return TRUNK_EIGHT.test(digits) ? [digits.slice(1)] : [];
}

/** A whole number as it is saved. */
function whole(digits: string): string[] {
  const saved = normalizePhone(`+${digits}`, '');
  return saved === null ? [] : [saved.slice(1)];
}
