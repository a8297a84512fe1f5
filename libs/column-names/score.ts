import { FIELDS_BY_MEANING, FOREIGN, type LeadMeaning, type Model, MODELS, VETOES } from './meanings';
import { type Role } from './vocabulary-entries';
import { has, hasOneOf, type Word } from './words';

/** How sure a name is to mean something, and by which words. */
export interface Score {
  meaning: LeadMeaning;
  certainty: number;
  /** The words that name it. */
  named: string[];
  /** The words that speak against it, the strongest first: such as name something else, and unknown ones. */
  against: string[];
}

/** Years and the like number no columns. */
const LAST_OF_COLUMNS = 99;
const VETO = 1;

const CERTAINTY_OF_A_PAIR = 0.95;
const NAMES: ReadonlySet<Role> = new Set(['given', 'family', 'first', 'last', 'name', 'full']);
const VETO_ROLES: ReadonlySet<Role> = new Set(VETOES);

interface Roles {
  heads: ReadonlySet<Role>;
  fits: ReadonlySet<Role>;
  fitsBefore: ReadonlySet<Role>;
}

/** The roles of a model, to be looked up: a file may have a thousand columns. */
const ROLES: ReadonlyMap<LeadMeaning, Roles> = new Map(
  FIELDS_BY_MEANING.map((meaning) => {
    const { heads, fits, fitsBefore } = MODELS[meaning];
    return [meaning, { heads: new Set(heads), fits: new Set(fits), fitsBefore: new Set(fitsBefore) }];
  }),
);

const CONTACTS: readonly Role[] = ['phone', 'mobile', 'email'];

/** How sure words are to mean this. */
export function scoreOf(words: readonly Word[], meaning: LeadMeaning): Score {
  const isPair = (meaning === 'firstName' || meaning === 'lastName' || meaning === 'fullName') && isPairOfNames(words);
  const best: Score = { meaning, certainty: 0, named: [], against: [] };
  if (isPair && meaning !== 'fullName') return best;
  const heads = isPair ? NAMES : ROLES.get(meaning)!.heads;
  return words.reduce((soFar, word, at) => {
    if (!hasOneOf(word, heads)) return soFar;
    const weight = isPair ? CERTAINTY_OF_A_PAIR : weightOf(word, heads);
    const score = weighed(words, at, { meaning, heads, weight });
    return score.certainty > soFar.certainty || soFar.named.length === 0 ? score : soFar;
  }, best);
}

const weightOf = ({ senses }: Word, heads: ReadonlySet<Role>): number =>
  Math.max(...[...senses].map(([role, weight]) => (heads.has(role) ? weight : 0)));

/** A column with both names, such as "First and Last Name", "Vor- und Nachname" and "Nom, Prénom". */
export function isPairOfNames(words: readonly Word[]): boolean {
  // "First" of a phone is its place.
  if (words.some((word) => has(word, ...CONTACTS))) return false;
  const some = (...roles: Role[]) => words.some((word) => has(word, ...roles));
  return (some('given', 'first') && some('family', 'last')) || (some('name') && some('given', 'family'));
}

interface Head {
  meaning: LeadMeaning;
  heads: ReadonlySet<Role>;
  weight: number;
}

/** Weighs the words beside the head at a place. */
function weighed(words: readonly Word[], at: number, { meaning, heads, weight }: Head): Score {
  const model = MODELS[meaning];
  const named: string[] = [];
  const against: { text: string; cost: number }[] = [];
  let growth = 0;
  words.forEach((word, index) => {
    if (index === at || hasOneOf(word, heads)) return void named.push(word.text);
    const cost = costOf(word, index < at ? 'before' : 'after', meaning);
    if (cost > 0) against.push({ text: word.text, cost });
    growth = Math.max(growth, ...confirming(word, model).map((role) => model.confirms[role]!));
  });
  const certainty = against.reduce((left, { cost }) => left - cost, Math.min(1, weight + growth));
  against.sort((a, b) => b.cost - a.cost);
  return {
    meaning,
    certainty: Math.max(0, Math.round(certainty * 100) / 100),
    named,
    against: against.map(({ text }) => text),
  };
}

const confirming = ({ senses }: Word, { confirms }: Model): Role[] => [...senses.keys()].filter((role) => role in confirms);

function costOf(word: Word, place: 'before' | 'after', meaning: LeadMeaning): number {
  const model = MODELS[meaning];
  const { fits, fitsBefore } = ROLES.get(meaning)!;
  if (word.ordinal !== null) {
    if (word.ordinal > LAST_OF_COLUMNS) return model.unknown[place];
    return word.ordinal > 1 ? model.laterOrdinal : 0;
  }
  if (hasOneOf(word, fits) || confirming(word, model).length > 0) return 0;
  if (place === 'before' && hasOneOf(word, fitsBefore)) return 0;
  if (hasOneOf(word, VETO_ROLES)) return VETO;
  if (word.senses.size > 0) return FOREIGN;
  return word.inBrackets ? model.unknown.inBrackets : model.unknown[place];
}
