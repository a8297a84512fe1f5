import { lettersOf } from '#libs/folding';
import { LANGUAGES } from './languages';
import { type Role } from './vocabulary-entries';

/** What a word says, and how sure a column of this name alone is to hold it. */
export type Senses = ReadonlyMap<Role, number>;

/** Shorter words are found where they stand alone, not inside others. */
const SHORTEST_PART = 3;
/** Of these the last part of a word may be: `phoneno`, `telnr`. */
const SHORT_ENDS: ReadonlySet<string> = new Set(['no', 'nr', 'id']);

/** The words of all languages, by their letters. */
class Vocabulary {
  private readonly senses = new Map<string, Map<Role, number>>();
  readonly longest: number;

  constructor() {
    for (const { entries } of LANGUAGES) {
      for (const { role, words, weight = 1 } of entries) {
        for (const word of words.split('; ')) for (const spelling of spellingsOf(word)) this.add(spelling, role, weight);
      }
    }
    this.longest = Math.max(...[...this.senses.keys()].map((letters) => letters.length));
  }

  /** What these letters say, or undefined where no language has them for a word. */
  sensesOf = (letters: string): Senses | undefined => this.senses.get(letters);

  /**
   * The words that letters without a space between them are made of, as in `mobilephonenumber` and
   * `Telefonnummer`: as few as can be.
   * @returns null where something is left over
   */
  partsOf(letters: string): string[] | null {
    if (letters.length > 2 * this.longest) return null;
    const best: (string[] | null)[] = [[]];
    for (let end = 1; end <= letters.length; end++) {
      best[end] = null;
      for (let start = Math.max(0, end - this.longest); start < end; start++) {
        const before = best[start];
        const part = letters.slice(start, end);
        if (!before || !this.isPart(part, end === letters.length)) continue;
        if (before.length + 1 < (best[end]?.length ?? Infinity)) best[end] = [...before, part];
      }
    }
    return best[letters.length] ?? null;
  }

  private isPart(letters: string, isLast: boolean): boolean {
    return this.senses.has(letters) && (letters.length >= SHORTEST_PART || (isLast && SHORT_ENDS.has(letters)));
  }

  private add(letters: string, role: Role, weight: number): void {
    const senses = this.senses.get(letters) ?? new Map<Role, number>();
    senses.set(role, Math.max(weight, senses.get(role) ?? 0));
    this.senses.set(letters, senses);
  }
}

/** A word folded, and as keyboards without umlauts write it. */
const spellingsOf = (word: string): string[] => {
  const spelled = word.toLowerCase().replace(/[äöü]/g, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[letter]!);
  return [lettersOf(word), lettersOf(spelled)];
};

let built: Vocabulary | undefined;

/** Made when it is first asked for: most processes read no file. */
export const vocabulary = (): Vocabulary => (built ??= new Vocabulary());
