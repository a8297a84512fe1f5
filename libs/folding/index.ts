/** Letters with strokes, ligatures and the like, which have no decomposition in Unicode. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ƒ: 'f',
  ə: 'e',
  ɨ: 'i',
  ʉ: 'u',
  ƀ: 'b',
  ɓ: 'b',
  ɖ: 'd',
  ɗ: 'd',
  ɛ: 'e',
  ɔ: 'o',
  ς: 'σ',
};
const SPECIAL_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'gu');

const ASCII_ONLY = /^[\x20-\x7e]*$/;

/**
 * A text without case, accents and widths, as people without its keyboard type it: `lukasik` for Łukasik,
 * `strauss` for Strauß. Letters of different scripts that only look alike stay different. Idempotent.
 */
export function fold(text: string): string {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(SPECIAL_LETTER, (letter) => PLAIN_LETTERS[letter]!)
      // Hangul as syllables again.
      .normalize('NFC')
  );
}

/** The letters of a text alone, folded: "E-Mail", "e mail" and "email" are one. */
export const lettersOf = (text: string): string => fold(text).replace(/[^\p{L}]/gu, '');
