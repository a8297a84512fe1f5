import { normalize, tokensOf, undrawn } from './normalize';

/** Words in a row, as they may stand anywhere in a text. */
export interface Pattern {
  text: string;
  tokens: readonly string[];
  language: string;
  everywhere: boolean;
  /** Is it an opt-out word itself, rather than another way of saying it? */
  isWord: boolean;
}

const GAP = '*';
/** A gap holds up to this many words. */
const LONGEST_GAP = 4;
const SHORTEST_BEGINNING = 2;

/** Patterns by how they begin. */
export class Patterns {
  private readonly byFirst = new Map<string, Pattern[]>();
  private longestBeginning = 0;

  /** @param text words between spaces; `word-` is a beginning, `*` a gap */
  add(text: string, facts: { language: string; everywhere: boolean; isWord: boolean }): void {
    const tokens = text.split(' ').flatMap((part) => {
      if (part === GAP) return [GAP];
      const found = tokensOf(normalize(part));
      return part.endsWith('-') && found.length > 0 ? [...found.slice(0, -1), `${found.at(-1)}-`] : found;
    });
    const first = tokens[0];
    if (first === undefined) return;
    if (first.endsWith('-')) this.longestBeginning = Math.max(this.longestBeginning, first.length - 1);
    const list = this.byFirst.get(first);
    if (list) list.push({ text, tokens, ...facts });
    else this.byFirst.set(first, [{ text, tokens, ...facts }]);
  }

  /** The first of those that count and stand in a text. */
  find(tokens: readonly string[], counts: (pattern: Pattern) => boolean): Pattern | null {
    const words = tokens.map((token) => undrawn(token) ?? token);
    for (let at = 0; at < words.length; at++) {
      for (const pattern of this.startingWith(words[at]!)) {
        if (counts(pattern) && (matches(pattern.tokens, words, at) || matches(pattern.tokens, tokens, at))) return pattern;
      }
    }
    return null;
  }

  private *startingWith(word: string): Iterable<Pattern> {
    yield* this.byFirst.get(word) ?? [];
    for (let length = SHORTEST_BEGINNING; length <= Math.min(word.length, this.longestBeginning); length++) {
      yield* this.byFirst.get(`${word.slice(0, length)}-`) ?? [];
    }
  }
}

function matches(pattern: readonly string[], words: readonly string[], start: number): boolean {
  return matchesFrom(pattern, 0, words, start);
}

function matchesFrom(pattern: readonly string[], from: number, words: readonly string[], start: number): boolean {
  let at = start;
  for (let index = from; index < pattern.length; index++, at++) {
    const part = pattern[index]!;
    if (part === GAP) {
      for (let skipped = 0; skipped <= LONGEST_GAP; skipped++) {
        if (matchesFrom(pattern, index + 1, words, at + skipped)) return true;
      }
      return false;
    }
    const word = words[at];
    if (word === undefined) return false;
    if (part.endsWith('-') ? !word.startsWith(part.slice(0, -1)) : word !== part) return false;
  }
  return true;
}
