import { fold, lettersOf } from './fold';
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
/** Of so many words is the longest phrase of the vocabulary made, with some to spare. */
const LONGEST_PHRASE = 6;

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
    .matchAll(/[\p{L}\p{M}]+|\p{Nd}+|[()[\]]/gu)) {
    if ('()[]'.includes(piece)) {
      depth = Math.max(0, depth + ('(['.includes(piece) ? 1 : -1));
      continue;
    }
    const inBrackets = depth > 0;
    if (/^\p{Nd}/u.test(piece)) words.push({ text: piece, senses: NOTHING, ordinal: Number(piece), inBrackets });
    else for (const text of partsOf(piece)) words.push({ text, senses: sensesOf(text), ordinal: null, inBrackets });
  }
  return joined(words);
}

export const has = ({ senses }: Word, ...roles: readonly Role[]): boolean => roles.some((role) => senses.has(role));

const sensesOf = (text: string): Senses => vocabulary().sensesOf(lettersOf(text)) ?? NOTHING;

/** The parts of letters that stand together: as the vocabulary takes them apart, else as their case does. */
function partsOf(piece: string): string[] {
  const parts = vocabulary().partsOf(lettersOf(piece));
  if (parts) return parts;
  const byCase = piece.split(/(?<=[\p{Ll}\p{Lo}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u);
  return byCase.flatMap((part) => vocabulary().partsOf(lettersOf(part)) ?? [fold(part)]);
}

/** Joins words that make one of the vocabulary's, the longest first. */
function joined(words: readonly Word[]): Word[] {
  const result: Word[] = [];
  for (let at = 0; at < words.length;) {
    const size = phraseAt(words, at);
    const parts = words.slice(at, at + size);
    const text = parts.map((part) => part.text).join(' ');
    result.push(size === 1 ? parts[0]! : { ...parts[0]!, text, senses: sensesOf(text) });
    at += size;
  }
  return result;
}

function phraseAt(words: readonly Word[], at: number): number {
  for (let size = Math.min(LONGEST_PHRASE, words.length - at); size > 1; size--) {
    const parts = words.slice(at, at + size);
    if (parts.some((part) => part.ordinal !== null)) continue;
    if (vocabulary().sensesOf(lettersOf(parts.map((part) => part.text).join('')))) return size;
  }
  return 1;
}
