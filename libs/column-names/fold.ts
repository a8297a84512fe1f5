/** Letters that Unicode does not take apart into a letter and a mark, as people write them without. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };

/** A text without case and accents. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => PLAIN[letter]!);

/** The letters of a text alone, folded: "E-Mail", "e mail" and "email" are one. */
export const lettersOf = (text: string): string => fold(text).replace(/[^\p{L}]/gu, '');
