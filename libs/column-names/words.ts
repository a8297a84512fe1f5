import { fold, lettersOf } from '#libs/folding';
import { type Senses, vocabulary } from './vocabulary';
import { type Role } from './vocabulary-entries';

/** A word of a column's name. */
export interface Word {
  /** As the column has it, or as its parts were joined. */
  text: string;
  /** Empty where no language has the word. */
  senses: Senses;
  /** Where the word is a number. */
  ordinal: number | null;
  /**
   * In brackets stands what a column is called beside its name, such as a remark for whoever fills a form in.
   */
  inBrackets: boolean;
}

/** No name of a column is read further; a question of a survey may be a page long. */
const LONGEST_NAME = 300;
/** A name with more words is a question, and says by the first ones what it is about. */
const MOST_WORDS = 12;
/** Of so many words is the longest phrase of the vocabulary made, with some to spare. */
const LONGEST_PHRASE = 6;

/** How phone numbers are written, by the name of an ITU recommendation. Its number counts no columns. */
const NUMBER_FORMAT = /(?<!\p{L})e[ ._-]?164(?!\p{Nd})/giu;

const NOTHING: Senses = new Map<Role, number>();

/**
 * The words of a column's name: apart at what is no letter or digit, at digits, at a change of case, and
 * where words that a language has are written together; then joined where they make one ("E-Mail", "first
 * name").
 */
export function wordsOf(name: string): Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const [piece] of name
    .slice(0, LONGEST_NAME)
    .normalize('NFKC')
    .replace(NUMBER_FORMAT, ' ')
    .matchAll(/[\p{L}\p{M}]+|\p{Nd}+|[()[\]]/gu)) {
    if ('()[]'.includes(piece)) {
      depth = Math.max(0, depth + ('(['.includes(piece) ? 1 : -1));
      continue;
    }
    if (words.length >= MOST_WORDS) break;
    const inBrackets = depth > 0;
    if (/^\p{Nd}/u.test(piece)) words.push({ text: piece, senses: NOTHING, ordinal: Number(piece), inBrackets });
    else for (const text of partsOf(piece)) words.push({ text, senses: sensesOf(text), ordinal: null, inBrackets });
  }
  return joined(words.slice(0, MOST_WORDS));
}

export const has = ({ senses }: Word, ...roles: readonly Role[]): boolean => roles.some((role) => senses.has(role));

/** The same for many roles: a word has one or two senses. */
export function hasOneOf({ senses }: Word, roles: ReadonlySet<Role>): boolean {
  for (const role of senses.keys()) if (roles.has(role)) return true;
  return false;
}

const sensesOf = (text: string): Senses => vocabulary().sensesOf(lettersOf(text)) ?? NOTHING;

/** The parts of letters that stand together: as the vocabulary takes them apart, else as their case does. */
function partsOf(piece: string): string[] {
  const parts = vocabulary().partsOf(lettersOf(piece));
  if (parts) return parts;
  const byCase = piece.split(/(?<=[\p{Ll}\p{Lo}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u);
  return byCase.slice(0, MOST_WORDS).flatMap((part) => vocabulary().partsOf(lettersOf(part)) ?? [fold(part)]);
}

/** Joins words that make one of the vocabulary's, the longest first. */
function joined(words: readonly Word[]): Word[] {
  const result: Word[] = [];
  const letters = words.map(({ text, ordinal }) => (ordinal === null ? lettersOf(text) : null));
  for (let at = 0; at < words.length;) {
    const size = phraseAt(letters, at);
    const parts = words.slice(at, at + size);
    const text = parts.map((part) => part.text).join(' ');
    result.push(size === 1 ? parts[0]! : { ...parts[0]!, text, senses: sensesOf(text) });
    at += size;
  }
  return result;
}

/** @param letters of each word; null where it is a number, which no phrase has */
function phraseAt(letters: readonly (string | null)[], at: number): number {
  const number = letters.slice(at, at + LONGEST_PHRASE).indexOf(null);
  const longest = number === -1 ? Math.min(LONGEST_PHRASE, letters.length - at) : number;
  for (let size = longest; size > 1; size--) {
    if (vocabulary().sensesOf(letters.slice(at, at + size).join(''))) return size;
  }
  return 1;
}
