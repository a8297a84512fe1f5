import { ENOUGH, FIELDS_BY_MEANING, type LeadMeaning } from './meanings';
import { isPairOfNames, type Score, scoreOf } from './score';
import { type Role } from './vocabulary-entries';
import { has, type Word, wordsOf } from './words';

/** What a column seems to hold, before its neighbours have a say. */
export interface Guess {
  index: number;
  name: string;
  words: Word[];
  /** The best of all meanings; its certainty may be too little. */
  score: Score | null;
  /** Null where no meaning is sure enough. */
  meaning: LeadMeaning | null;
  certainty: number;
  /** What the other columns of the header said of it. */
  remark: string | null;
}

export const guessOf = (name: string, index: number): Guess => {
  const words = wordsOf(name);
  const scores = FIELDS_BY_MEANING.map((meaning) => scoreOf(words, meaning)).filter(({ named }) => named.length > 0);
  const score = scores.reduce<Score | null>((best, each) => (!best || each.certainty > best.certainty ? each : best), null);
  const isSure = score !== null && score.certainty >= ENOUGH;
  return {
    ...{ index, name, words, score, remark: null },
    meaning: isSure ? score.meaning : null,
    certainty: score?.certainty ?? 0,
  };
};

/** A first name that is this sure tells what a name beside it is. */
const SURE = 0.9;
const NAME_BESIDE_THE_OTHER = 0.75;
const LINK_OF_CONNECTIONS = 0.7;

/**
 * Settles the names that mean different things in different files. "Name" beside a first name is a last name
 * ("Vorname, Name"), beside a last name a first one ("Nome, Cognome"), else the whole name. "Title" is a form
 * of address where the file has a suffix of names too, and no other column for that, as Outlook's files do.
 * "URL" is the profile in LinkedIn's list of connections. "User Email" is the host's where "Invitee Email"
 * stands beside it.
 */
export function settled(guesses: readonly Guess[]): Guess[] {
  const means = (meaning: LeadMeaning) => guesses.some((guess) => guess.meaning === meaning && guess.certainty >= SURE);
  const says = (role: Role) => guesses.some(({ words }) => words.some((word) => has(word, role)));
  const [hasFirst, hasLast] = [means('firstName'), means('lastName')];
  const isTitleOfAddress = says('suffix') && !guesses.some(({ words }) => isOnly(words, 'salutation'));
  return guesses.map((guess): Guess => {
    const { words } = guess;
    if (isOnly(words, 'name') && hasFirst !== hasLast) {
      const meaning = hasFirst ? 'lastName' : 'firstName';
      const remark = `it stands beside ${hasFirst ? 'a first' : 'a last'} name`;
      return { ...guess, meaning, certainty: NAME_BESIDE_THE_OTHER, remark };
    }
    if (isOnly(words, 'title') && isTitleOfAddress) {
      return { ...guess, meaning: null, certainty: 0, remark: 'it is a form of address where names have a suffix too' };
    }
    if (isOnly(words, 'link') && says('connection')) {
      return { ...guess, meaning: 'linkedinUrl', certainty: LINK_OF_CONNECTIONS, remark: 'it is a list of connections' };
    }
    if (words.some((word) => has(word, 'user')) && guess.meaning !== null && isOfPerson(guesses, guess.meaning)) {
      return { ...guess, meaning: null, certainty: 0, remark: 'it is of a user, and another column of the same is of a person' };
    }
    return guess;
  });
}

const isOfPerson = (guesses: readonly Guess[], meaning: LeadMeaning): boolean =>
  guesses.some((guess) => guess.meaning === meaning && guess.words.some((word) => has(word, 'person')));

/** Is it this one word, with nothing beside it that matters? */
const isOnly = (words: readonly Word[], role: Role): boolean => {
  const telling = words.filter((word) => word.ordinal === null && !has(word, 'filler'));
  return telling.length === 1 && has(telling[0]!, role) && !isPairOfNames(words);
};
