import { fold } from '#libs/folding';

/** Scripts that put no spaces between words: a phrase of theirs may begin and end anywhere. */
const WITHOUT_SPACES = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u;
const WORD = /[\p{L}\p{N}]+/gu;
/** What a star between two words may stand for. */
const MAX_GAP = 3;
/** Phrases that begin with the beginning of a word are looked up by so many letters of it. */
const STEM = 3;

/** A text as phrases are looked for in it: folded, on one line, with plain quotes and dashes. */
export function comparable(text: string): string {
  return fold(text)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .replace(/[‘’‛`´]/g, "'")
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ');
}

interface Phrase {
  /** Null stands for up to three words. */
  words: (string | null)[];
  /** The last word may go on. */
  isOpen: boolean;
}

/**
 * Finds any of many phrases, word by word, in a comparable text; signs between words do not matter. A star at
 * the end of a phrase stands for the rest of a word, one within it for up to three words.
 */
export class Phrases {
  private readonly byWord = new Map<string, Phrase[]>();
  private readonly byStem = new Map<string, Phrase[]>();
  private readonly unspaced: string[] = [];

  /**
   * @param isFirst it must stand at the beginning; what follows the phrase decides then, where that is given
   */
  constructor(
    phrases: readonly string[],
    private readonly isFirst = false,
    private readonly followedBy?: RegExp,
  ) {
    for (const text of new Set(phrases)) this.add(text);
  }

  private add(text: string): void {
    const isOpen = text.endsWith('*');
    const folded = comparable(isOpen ? text.slice(0, -1) : text).trim();
    if (WITHOUT_SPACES.test(folded)) {
      this.unspaced.push(folded);
      return;
    }
    const words = folded
      .split(/(?<= )\*(?= )/)
      .flatMap((piece, index) => [...(index > 0 ? [null] : []), ...(piece.match(WORD) ?? [])]);
    const [first] = words;
    if (first == null) return;
    const phrase = { words, isOpen };
    const isStem = isOpen && words.length === 1;
    const [map, key] = isStem ? [this.byStem, first.slice(0, STEM)] : [this.byWord, first];
    map.set(key, [...(map.get(key) ?? []), phrase]);
  }

  /** @param text see `comparable` */
  isIn(text: string): boolean {
    if (this.unspaced.some((phrase) => this.hasUnspaced(text, phrase))) return true;
    const found = [...text.matchAll(WORD)];
    const words = found.map(([word]) => word);
    const places = this.isFirst ? Math.min(1, words.length) : words.length;
    for (let at = 0; at < places; at += 1) {
      const word = words[at]!;
      for (const phrases of [this.byWord.get(word), this.byStem.get(word.slice(0, STEM))]) {
        for (const phrase of phrases ?? []) {
          const end = endOf(phrase, words, at);
          if (end >= 0 && this.isFollowed(text, found[end]!)) return true;
        }
      }
    }
    return false;
  }

  private hasUnspaced(text: string, phrase: string): boolean {
    if (!this.isFirst) return text.includes(phrase);
    const at = text.search(/[\p{L}\p{N}]/u);
    return at >= 0 && text.startsWith(phrase, at);
  }

  private isFollowed(text: string, { 0: word, index }: RegExpExecArray): boolean {
    return this.followedBy === undefined || this.followedBy.test(text.slice(index + word.length));
  }
}

/** The place of a phrase's last word where the phrase begins at a word, or -1. */
function endOf({ words: phrase, isOpen }: Phrase, words: readonly string[], from: number): number {
  let at = from;
  for (let index = 0; index < phrase.length; index += 1) {
    const wanted = phrase[index]!;
    if (wanted === null) {
      const next = phrase[index + 1]!;
      const gap = words.slice(at, at + MAX_GAP + 1).indexOf(next);
      if (gap < 0) return -1;
      at += gap;
      continue;
    }
    const word = words[at];
    if (word === undefined) return -1;
    const isLast = index === phrase.length - 1;
    if (word !== wanted && !(isLast && isOpen && word.startsWith(wanted))) return -1;
    at += 1;
  }
  return at - 1;
}

/**
 * Phrases as they stand in a data file: with bars between them, and lines that begin with # for their
 * readers.
 */
export const listed = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => !line.trim().startsWith('#'))
    .join(' ')
    .split('|')
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');
