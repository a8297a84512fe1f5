import { single, undrawn, unrepeated } from './normalize';

/** What a part of a text may be, as bits: sets of them tell what a whole text is made of. */
export const OPT_OUT = 1;
export const OPT_IN = 2;
export const HELP = 4;
/** Politeness and the lead's own name. */
export const NOTHING = 0;
export type Meaning = typeof OPT_OUT | typeof OPT_IN | typeof HELP | typeof NOTHING;

export interface Entry {
  word: string;
  meaning: Meaning;
  /** The code of its language; null for a workspace's own word, and for a name. */
  language: string | null;
  /** Does it count where only other languages are spoken? */
  everywhere: boolean;
  /** An answer such as `yes`, which opts in only who opted out before. */
  afterStop: boolean;
}

/** Entries by their letters: spaces and hyphens inside do not count (`opt out`, `opt-out`, `optout`). */
export class Lexicon {
  private readonly entries = new Map<string, Entry[]>();
  private readonly beginnings = new Set<string>();
  /** The same with one letter of each run, for words that are drawn out. */
  private readonly undrawnEntries = new Map<string, Entry[]>();
  private readonly undrawnBeginnings = new Set<string>();

  add(tokens: readonly string[], entry: Entry): void {
    const key = tokens.join('');
    if (key === '') return;
    push(this.entries, key, entry);
    addBeginnings(this.beginnings, key);
    // A drawn-out YES is an answer, but no consent by a word.
    if (entry.meaning === OPT_IN) return;
    const undrawnKey = tokens.map(single).join('');
    push(this.undrawnEntries, undrawnKey, entry);
    addBeginnings(this.undrawnBeginnings, undrawnKey);
  }

  of(key: string, isUndrawn = false): readonly Entry[] {
    return (isUndrawn ? this.undrawnEntries : this.entries).get(key) ?? NONE;
  }

  begins(key: string, isUndrawn = false): boolean {
    return (isUndrawn ? this.undrawnBeginnings : this.beginnings).has(key);
  }
}
const NONE: readonly Entry[] = [];

function addBeginnings(beginnings: Set<string>, key: string): void {
  for (let end = 1; end <= key.length; end++) beginnings.add(key.slice(0, end));
}

function push(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key);
  if (list) list.push(entry);
  else map.set(key, [entry]);
}

/** What a text is when it consists of entries and of nothing else. */
export interface Whole {
  /** All meanings of its parts. */
  meanings: number;
  /** The first part that means something. */
  entry: Entry;
}

interface Words {
  tokens: readonly string[];
  /** The same with one letter of each run; null where no word is drawn out. */
  undrawnTokens: readonly string[] | null;
}

/**
 * Every way in which a text is made of entries as a whole, the words between them being politeness or names;
 * an empty list when it is not.
 */
export function wholesOf(tokens: readonly string[], lexicons: readonly Lexicon[], counts: (entry: Entry) => boolean): Whole[] {
  // Doubled letters are as they should be, where none is drawn out: "stoop" is no stop.
  const isDrawn = tokens.some((token) => undrawn(token) !== null);
  const words: Words = { tokens, undrawnTokens: isDrawn ? tokens.map(single) : null };
  // For each place, what the text before it may mean: few, since only sets of meanings are told apart.
  const reached: (Map<number, Entry | null> | undefined)[] = [new Map([[NOTHING, null]])];
  for (let at = 0; at < tokens.length; at++) {
    const here = reached[at];
    if (!here) continue;
    reached[at] = undefined;
    for (const [end, entry] of partsAt(words, at, lexicons)) {
      if (!counts(entry)) continue;
      const there = (reached[end] ??= new Map());
      for (const [meanings, first] of here) {
        const all = meanings | entry.meaning;
        if (!there.has(all)) there.set(all, first ?? (entry.meaning === NOTHING ? null : entry));
      }
    }
  }
  const wholes: Whole[] = [];
  for (const [meanings, entry] of reached[tokens.length] ?? []) if (entry) wholes.push({ meanings, entry });
  return wholes;
}

/** Entries that begin at a place, each with the place after it. */
function partsAt({ tokens, undrawnTokens }: Words, at: number, lexicons: readonly Lexicon[]): [end: number, entry: Entry][] {
  const parts: [number, Entry][] = [];
  for (const lexicon of lexicons) {
    for (const isUndrawn of undrawnTokens ? [false, true] : [false]) {
      const words = isUndrawn ? undrawnTokens! : tokens;
      let key = '';
      for (let end = at; end < words.length; end++) {
        key += words[end]!;
        for (const entry of lexicon.of(key, isUndrawn)) parts.push([end + 1, entry]);
        if (!lexicon.begins(key, isUndrawn)) break;
      }
    }
    // STOPSTOPSTOP: begins like no entry, so it was not found above.
    const once = unrepeated(tokens[at]!);
    if (once !== null) for (const entry of lexicon.of(once)) if (entry.meaning === OPT_OUT) parts.push([at + 1, entry]);
  }
  return parts;
}
