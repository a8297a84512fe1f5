import { type OneByteEncoding, upperHalfOf } from './encodings';

/**
 * The encodings that are told by evidence; of two that fit as well, the one that stands first. Others have to
 * be named by whoever sends the file: Windows-1254, say, has all but six letters of Windows-1252.
 */
const CANDIDATES = ['windows-1252', 'macintosh', 'windows-1251', 'windows-1250', 'koi8-r', 'windows-1253', 'ibm866'] as const;
const USUAL = CANDIDATES[0];

/** Another encoding than the usual one has to fit by so much better: in all, and for each character. */
const MARGIN = 1.5;
const MARGIN_EACH = 0.3;
/** How well it has to fit, where 1 is that every character stands where it should. */
const FIT = 0.5;

/** Letters that hardly any name has, so that they say little. */
const RARE = /[ÿŸƒÐðÞþµΐΰЂЃѓЉЊЌЋЏљњќћџўЎЈјҐґЄЇІЅѕєїіђ]/;
/** An opening quote stands before a word, a closing one behind it or, as an apostrophe, within. */
const OPENS = /[‘“„‚«‹]/;
const CLOSES = /[’”»›]/;
const MAY_FOLLOW = /[®™©°ªº²³…–—·\u00a0]/;
const LETTER = /\p{L}/u;
const LATIN = /\p{Script=Latin}/u;
/** Capital and small letters of a word that is no word: "иВАН", "ВаНя". */
const MIXED_CASE = /\p{Ll}\p{Lu}/u;
const VOWELS = /[аеёиоуыэюяіїєαεηιουωάέήίόύώϊϋ]/gi;
const FEWEST_VOWELS = 0.2;

interface Fit {
  encoding: OneByteEncoding;
  score: number;
}

/**
 * Which encoding words are in that are no UTF-8, by whether the characters beyond ASCII stand where such do:
 * letters beside letters, small ones behind capitals, Cyrillic ones not beside Latin ones, quotes around
 * words.
 * @param words with the bytes as Latin-1
 */
export function codePageOf(words: readonly string[]): OneByteEncoding {
  const characters = words.reduce((sum, word) => sum + (word.match(/[\x80-\xff]/g)?.length ?? 0), 0);
  const [usual, ...others] = CANDIDATES.map((encoding): Fit => ({
    encoding,
    score: words.reduce((sum, word) => sum + fitOf(word, upperHalfOf(encoding)), 0),
  }));
  const enough = usual!.score + Math.max(MARGIN, MARGIN_EACH * characters);
  const better = others.filter(({ score }) => score >= FIT * characters && score >= enough);
  return better.reduce((best, one) => (one.score > best.score ? one : best), better[0] ?? { encoding: USUAL, score: 0 }).encoding;
}

/** Between -1 and 1 for each character of a word that is not ASCII. */
function fitOf(word: string, upper: string): number {
  const text = word.replace(/[\x80-\xff]/g, (character) => upper[character.charCodeAt(0) - 0x80]!);
  const isGibberish = [...text].some((letter) => LETTER.test(letter) && !LATIN.test(letter)) && isUnlikely(text);
  let fit = 0;
  for (let at = 0; at < word.length; at += 1) {
    if (word.charCodeAt(at) < 0x80) continue;
    fit += isGibberish ? -1 : fitAt(text, at);
  }
  return fit;
}

/** Of a word that is not Latin: capitals stand behind small letters, or there are hardly any vowels. */
const isUnlikely = (word: string): boolean =>
  MIXED_CASE.test(word) || (word.length >= 4 && (word.match(VOWELS)?.length ?? 0) < FEWEST_VOWELS * word.length);

const isLetter = (text: string, at: number): boolean => LETTER.test(text[at] ?? '');

function fitAt(text: string, at: number): number {
  const character = text[at]!;
  if (LETTER.test(character)) return LATIN.test(character) ? fitOfLatin(text, at) : fitOfOther(text, at);
  const [isBehind, isBefore] = [isLetter(text, at - 1), isLetter(text, at + 1)];
  if (CLOSES.test(character)) return isBehind ? 0.7 : -0.5;
  if (OPENS.test(character)) return isBehind ? -1 : 0.5;
  if (!isBefore && (MAY_FOLLOW.test(character) || !isBehind)) return 0;
  return -1;
}

const isUpper = (letter: string | undefined): boolean => letter !== undefined && /\p{Lu}/u.test(letter);
const isLower = (letter: string | undefined): boolean => letter !== undefined && /\p{Ll}/u.test(letter);
const isForeign = (letter: string | undefined): boolean => letter !== undefined && letter > '\x7f' && LETTER.test(letter);

function fitOfLatin(text: string, at: number): number {
  const [before, letter, after] = [text[at - 1], text[at], text[at + 1]];
  if ((isUpper(letter) && isLower(before)) || (isLower(letter) && isUpper(after))) return -1;
  if (isUpper(letter) && isUpper(before) && isLower(after)) return -0.5;
  if (!isLetter(text, at - 1) && !isLetter(text, at + 1)) return 0;
  // Polish has three letters with marks in a row (żółty), and hardly any language four.
  const inARow = 1 + foreignFrom(text, at, -1) + foreignFrom(text, at, 1);
  if (inARow >= 3) return inARow === 3 ? 0.5 : -1;
  return RARE.test(letter!) ? 0.3 : 1;
}

/** How many letters beyond ASCII follow in one direction. */
function foreignFrom(text: string, at: number, step: 1 | -1): number {
  let count = 0;
  while (isForeign(text[at + (count + 1) * step])) count += 1;
  return count;
}

function fitOfOther(text: string, at: number): number {
  const [before, letter, after] = [text[at - 1] ?? '', text[at]!, text[at + 1] ?? ''];
  if (LATIN.test(before) || LATIN.test(after)) return -1;
  // A sigma of the end of a word in the middle of one.
  if (letter === 'ς' && LETTER.test(after)) return -1;
  return RARE.test(letter) || (before + after).trim() === '' ? 0.3 : 1;
}
