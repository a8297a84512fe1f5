import { FOREIGN, type LeadMeaning, type Model, MODELS, VETOES } from './meanings';
import { type Role } from './vocabulary-entries';
import { has, type Word } from './words';

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
const NAMES: readonly Role[] = ['given', 'family', 'first', 'last', 'name', 'full'];
const CONTACTS: readonly Role[] = ['phone', 'mobile', 'email'];

/** How sure words are to mean this. */
export function scoreOf(words: readonly Word[], meaning: LeadMeaning): Score {
  const model = MODELS[meaning];
  const isPair = isPairOfNames(words);
  const best: Score = { meaning, certainty: 0, named: [], against: [] };
  if (isPair && (meaning === 'firstName' || meaning === 'lastName')) return best;
  const asPair = isPair && meaning === 'fullName';
  const heads = asPair ? NAMES : model.heads;
  return words.reduce((soFar, word, at) => {
    if (!has(word, ...heads)) return soFar;
    const weight = asPair ? CERTAINTY_OF_A_PAIR : Math.max(...heads.map((role) => word.senses.get(role) ?? 0));
    const score = weighed(words, at, { meaning, model, heads, weight });
    return score.certainty > soFar.certainty || soFar.named.length === 0 ? score : soFar;
  }, best);
}

/** A column with both names, such as "First and Last Name", "Vor- und Nachname" and "Nom, Prénom". */
export function isPairOfNames(words: readonly Word[]): boolean {
  // "First" of a phone is its place.
  if (words.some((word) => has(word, ...CONTACTS))) return false;
  const some = (...roles: Role[]) => words.some((word) => has(word, ...roles));
  return (some('given', 'first') && some('family', 'last')) || (some('name') && some('given', 'family'));
}

interface Head {
  meaning: LeadMeaning;
  model: Model;
  heads: readonly Role[];
  weight: number;
}

/** Weighs the words beside the head at a place. */
function weighed(words: readonly Word[], at: number, { meaning, model, heads, weight }: Head): Score {
  const named: string[] = [];
  const against: { text: string; cost: number }[] = [];
  let growth = 0;
  words.forEach((word, index) => {
    if (index === at || has(word, ...heads)) return void named.push(word.text);
    const cost = costOf(word, index < at ? 'before' : 'after', model);
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

function costOf(word: Word, place: 'before' | 'after', model: Model): number {
  if (word.ordinal !== null) {
    if (word.ordinal > LAST_OF_COLUMNS) return model.unknown[place];
    return word.ordinal > 1 ? model.laterOrdinal : 0;
  }
  if (has(word, ...model.fits) || confirming(word, model).length > 0) return 0;
  if (place === 'before' && has(word, ...model.fitsBefore)) return 0;
  if (has(word, ...VETOES)) return VETO;
  if (word.senses.size > 0) return FOREIGN;
  return word.inBrackets ? model.unknown.inBrackets : model.unknown[place];
}
