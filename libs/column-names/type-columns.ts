import { type Guess } from './guess';
import { ENOUGH, type LeadMeaning } from './meanings';
import { scoreOf } from './score';
import { has, type Word, wordsOf } from './words';

/**
 * Which columns say what kind of value the column beside them holds ("Phone 1 - Type", "E-mail 1 - Label").
 * @returns the column that each is about, by the columns' numbers
 */
export function typeColumnsOf(guesses: readonly Guess[]): Map<number, number> {
  const found = new Map<number, number>();
  const stems = guesses.map(({ words, meaning }) => meaning && stemOf(words));
  for (const { index, words } of guesses) {
    const rest = words.filter((word) => !has(word, 'kind'));
    if (rest.length === words.length) continue;
    const meaning = (['phone', 'email'] as const).find((each) => scoreOf(rest, each).certainty >= ENOUGH);
    const about = meaning && nearest(guesses, stems, { index, meaning, stem: stemOf(rest) });
    if (about !== undefined) found.set(index, about);
  }
  return found;
}

interface Sought {
  index: number;
  meaning: LeadMeaning;
  stem: string;
}

function nearest(
  guesses: readonly Guess[],
  stems: readonly (string | null)[],
  { index, meaning, stem }: Sought,
): number | undefined {
  return guesses
    .filter((guess, at) => guess.meaning === meaning && stems[at] === stem)
    .sort((a, b) => a.words.length - b.words.length || Math.abs(a.index - index) - Math.abs(b.index - index))[0]?.index;
}

/** What the column of a value and that of its kind have in common. */
const stemOf = (words: readonly Word[]): string =>
  words
    .filter((word) => !has(word, 'value', 'number', 'filler') && !(has(word, 'address') && !has(word, 'email')))
    .map((word) => word.ordinal ?? [...word.senses.keys()][0] ?? word.text)
    .filter((part) => part !== 1)
    .sort()
    .join(' ');

/** What the cell of a type column says of the phone beside it. */
type KindOfPhone = 'mobile' | 'phone' | 'no phone';

/** Reads the cell of a type column, such as "* Mobile", "Work Fax" and "Fax professionnel". */
export function kindOfPhone(cell: string): KindOfPhone {
  const words = wordsOf(cell);
  if (words.some((word) => has(word, 'fax'))) return 'no phone';
  return words.some((word) => has(word, 'mobile', 'messenger')) ? 'mobile' : 'phone';
}
