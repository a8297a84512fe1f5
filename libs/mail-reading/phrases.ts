import { fold } from '#libs/folding';

/** Scripts that put no spaces between words: a phrase of theirs may begin and end anywhere. */
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
const SPECIAL = /[.*+?^${}()|[\]\\/]/g;

/** A text as phrases are looked for in it: folded, on one line, with plain quotes and dashes. */
export function comparable(text: string): string {
  return fold(text)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .replace(/[‘’‛`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ');
}

/**
 * Finds any of many phrases as whole words in a comparable text. A star at the end of a phrase stands for the
 * rest of a word, one within it for up to three words.
 */
export class Phrases {
  private readonly pattern: RegExp;

  /** @param followedBy a pattern of what must stand behind the phrase */
  constructor(phrases: readonly string[], where: 'anywhere' | 'at the beginning' = 'anywhere', followedBy = '') {
    const alternatives = [...new Set(phrases)].map(patternOf);
    const before = where === 'anywhere' ? '' : String.raw`^[^\p{L}\p{N}]{0,10}`;
    this.pattern = new RegExp(`${before}(?:${alternatives.join('|')})${followedBy}`, 'u');
  }

  /** @param text see `comparable` */
  isIn(text: string): boolean {
    return this.pattern.test(text);
  }

  /** Where the first one begins, or -1. */
  placeIn(text: string): number {
    return text.search(this.pattern);
  }
}

function patternOf(phrase: string): string {
  const isOpen = phrase.endsWith('*');
  const words = comparable(isOpen ? phrase.slice(0, -1) : phrase).trim();
  const body = words
    .split(' * ')
    .map((piece) => piece.replace(SPECIAL, '\\$&'))
    .join(String.raw` (?:[^ ]{1,80} ){0,3}`);
  const begins = WITHOUT_SPACES.test(words[0]!) ? '' : String.raw`(?<![\p{L}\p{N}])`;
  const ends = isOpen || WITHOUT_SPACES.test(words.at(-1)!) ? '' : String.raw`(?![\p{L}\p{N}])`;
  return `${begins}${body}${ends}`;
}

/** Phrases as they stand in a data file: with bars between them, and lines that begin with # for their readers. */
export const listed = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'))
    .join(' ')
    .split('|')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
