import { type Guess } from './guess';
import { type LeadMeaning } from './meanings';
import { type Role } from './vocabulary-entries';
import { has } from './words';

/**
 * How far behind a column stands among those of one kind. A primary one comes first, then one that says
 * nothing, then a mobile, since that is what messages reach; a company's own number comes last.
 */
const BEHIND: Readonly<Record<'phone' | 'email', Partial<Record<Role, number>>>> = {
  phone: {
    primary: -1,
    mobile: 1,
    messenger: 2,
    direct: 3,
    work: 4,
    landline: 5,
    home: 5,
    billing: 6,
    other: 7,
    company: 8,
    main: 8,
  },
  email: { primary: -1, work: 1, direct: 1, home: 2, billing: 6, other: 7, company: 8, main: 8 },
};
/** From here on a word counts whatever else is said. */
const LATE = 6;
/** The second of anything stands behind every first. */
const BEHIND_BY_ORDINAL = 10;
/** A full step of certainty is worth so much. */
const BEHIND_BY_DOUBT = 20;

/** The columns of one meaning, the best first; of equals, the one further left. */
export function inOrder(guesses: readonly Guess[], meaning: LeadMeaning): Guess[] {
  const behind = (guess: Guess) =>
    (meaning === 'phone' || meaning === 'email' ? behindOf(guess, meaning) : 0) - guess.certainty * BEHIND_BY_DOUBT;
  return guesses.filter((guess) => guess.meaning === meaning).sort((a, b) => behind(a) - behind(b) || a.index - b.index);
}

function behindOf({ words }: Guess, meaning: 'phone' | 'email'): number {
  const ranks = Object.entries(BEHIND[meaning]) as [Role, number][];
  const kinds = ranks.filter(([role]) => words.some((word) => has(word, role))).map(([, rank]) => rank);
  const ordinal = Math.max(1, ...words.map((word) => word.ordinal ?? (has(word, 'secondary') ? 2 : 1)));
  return kindRank(kinds) + (ordinal - 1) * BEHIND_BY_ORDINAL;
}

/**
 * "Work Mobile" is a mobile, but "Other Mobile" and "Company Main Phone" are not the first that somebody has.
 */
function kindRank(kinds: readonly number[]): number {
  const late = kinds.filter((rank) => rank >= LATE);
  if (late.length > 0) return Math.max(...late);
  return kinds.length > 0 ? Math.min(...kinds) : 0;
}
