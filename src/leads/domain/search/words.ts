import { fold } from '#libs/folding';

/** Longer words are found by their beginning; in UTF-16 code units. */
const MAX_WORD_LENGTH = 30;
/** A run of characters without spaces is found from each of its first characters on. */
const MAX_STARTS = 20;

/** Scripts that are written without spaces between words. Hangul has spaces, but not inside a name. */
const SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar'];
const OF_SCRIPTS = SCRIPTS.map((script) => `\\p{Script_Extensions=${script}}`).join('');
const WITHOUT_SPACES = new RegExp(`^(?:(?=[\\p{L}\\p{N}])[${OF_SCRIPTS}])+$`, 'u');
const SEGMENTS = new RegExp(`(?:(?=[\\p{L}\\p{N}])[${OF_SCRIPTS}])+|(?:(?![${OF_SCRIPTS}])[\\p{L}\\p{N}])+`, 'gu');
/** Words, of each of which a token of the lead has to be the continuation. */
export type Reading = readonly string[];

/** One run of letters and digits in a text, as far as its script tells words apart. */
interface Segment {
  word: string;
  isWithoutSpaces: boolean;
}

/** The parts of a folded chunk between its signs; a part of two scripts is two. */
function segmentsOf(chunk: string): Segment[] {
  return (chunk.match(SEGMENTS) ?? []).map((word) => ({
    word: word.slice(0, MAX_WORD_LENGTH),
    isWithoutSpaces: WITHOUT_SPACES.test(word),
  }));
}

/** What stands between spaces, without case and accents. */
export const chunksOf = (text: string): string[] => fold(text).split(/\s+/u).filter(Boolean);

/** The words of a chunk, such as `o` and `brien`. */
export const wordsOf = (chunk: string): string[] => segmentsOf(chunk).map(({ word }) => word);

/** The chunk as one word without its signs, such as `obrien`; `null` where it is one word anyway. */
export function joined(chunk: string): string | null {
  const segments = segmentsOf(chunk);
  if (segments.length < 2 || segments.some(({ isWithoutSpaces }) => isWithoutSpaces)) return null;
  return segments
    .map(({ word }) => word)
    .join('')
    .slice(0, MAX_WORD_LENGTH);
}

/** What a text is found by: each word, by its beginning; chunks with signs inside also as a whole. */
export function textTokens(text: string): string[] {
  return chunksOf(text).flatMap((chunk) => {
    const segments = segmentsOf(chunk);
    const whole = joined(chunk);
    const words = segments.flatMap(({ word, isWithoutSpaces }) => (isWithoutSpaces ? startsOf(word) : [word]));
    // The first word is the beginning of the whole.
    return whole === null ? words : [whole, ...words.slice(1)];
  });
}

/** The run from each of its characters on: so that any part of it is the beginning of one. */
function startsOf(run: string): string[] {
  const characters = [...run].slice(0, MAX_STARTS);
  return characters.map((_, start) => characters.slice(start).join(''));
}

/**
 * What a person's name is found by. A name in a script without spaces is written in one, the family name
 * first or last, and is found by any part of that.
 */
export function nameTokens(firstName: string | null, lastName: string | null): string[] {
  const [first, last] = [firstName, lastName].map((name) => (name ? chunksOf(name) : []));
  const [given, family] = [first!.join(''), last!.join('')];
  const isRun = WITHOUT_SPACES.test(given) && WITHOUT_SPACES.test(family) && given.length + family.length <= MAX_WORD_LENGTH;
  if (!isRun) return [firstName, lastName].flatMap((name) => (name ? textTokens(name) : []));
  const runs = [...startsOf(family + given), ...startsOf(given + family)];
  return runs.filter((run) => !runs.some((other) => other !== run && other.startsWith(run)));
}
