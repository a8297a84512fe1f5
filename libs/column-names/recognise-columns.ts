import { type Guess, guessOf, settled } from './guess';
import { FIELDS_BY_MEANING, type LeadMeaning } from './meanings';
import { inOrder } from './places';
import { typeColumnsOf } from './type-columns';
import { WHY } from './why';

/** What a column of a file holds, and how sure that is. */
export interface RecognisedColumn {
  /** Of the column, from 0. */
  index: number;
  /** As the header has it. */
  name: string;
  /** `typeOf` says what kind of contact another column holds. Null stays a custom field. */
  meaning: LeadMeaning | 'typeOf' | null;
  /**
   * Where its cells go: the first of the phones is `phone`, the next ones are `altPhone1` to `altPhone3`, and
   * so with e-mails. `fullName` is to be split into first and last name. Null where there is a better column,
   * or where the lead's fields are used up: a phone without a field is for rows in which one before it is
   * empty.
   */
  field: string | null;
  /** The column's place among those with its meaning, 0 being the best; null where it has no meaning. */
  place: number | null;
  /** Which column a `typeOf` is about; else null. */
  of: number | null;
  /** From 0 to 1. */
  certainty: number;
  /** In words, for whoever looks at the mapping. */
  why: string;
}

const FIELDS: Readonly<Record<LeadMeaning, readonly string[]>> = {
  phone: ['phone', 'altPhone1', 'altPhone2', 'altPhone3'],
  email: ['email', 'altEmail1', 'altEmail2', 'altEmail3'],
  firstName: ['firstName'],
  lastName: ['lastName'],
  fullName: ['fullName'],
  companyName: ['companyName'],
  jobTitle: ['jobTitle'],
  linkedinUrl: ['linkedinUrl'],
  notes: ['notes'],
  source: ['source'],
};

/** A column whose type column was found is as sure as that one's name. */
const CERTAINTY_OF_TYPE = 0.95;

/** Says what each column of a header holds, by the words in its name and by its neighbours. */
export function recogniseColumns(header: readonly string[]): RecognisedColumn[] {
  const guesses = settled(header.map(guessOf));
  const types = typeColumnsOf(guesses);
  const columns = guesses.map((guess): RecognisedColumn => ({
    ...{ index: guess.index, name: guess.name, meaning: null, field: null, place: null, of: null },
    certainty: 0,
    why: WHY.nothing(guess),
  }));
  for (const meaning of FIELDS_BY_MEANING) {
    const ordered = inOrder(guesses, meaning);
    ordered.forEach((guess, place) => Object.assign(columns[guess.index]!, placed(guess, { place, meaning, best: ordered[0]! })));
  }
  for (const [index, of] of types) {
    const why = WHY.kind(header[of]!);
    Object.assign(columns[index]!, { meaning: 'typeOf', field: null, place: null, of, certainty: CERTAINTY_OF_TYPE, why });
  }
  return withoutSplitTwice(columns);
}

interface Place {
  place: number;
  meaning: LeadMeaning;
  best: Guess;
}

function placed(guess: Guess, { place, meaning, best }: Place): Partial<RecognisedColumn> {
  const fields = FIELDS[meaning];
  const field = fields[place] ?? null;
  const { certainty } = guess;
  if (field !== null) return { meaning, field, place, certainty, why: WHY.meaning(guess) };
  const why = fields.length > 1 ? WHY.more(fields.length) : WHY.better(best.name);
  return { meaning, field, place, certainty, why: `${WHY.meaning(guess)}; ${why}` };
}

/** A whole name is read for what no column of its own gives. */
function withoutSplitTwice(columns: RecognisedColumn[]): RecognisedColumn[] {
  const isGiven = (field: string) => columns.some((column) => column.field === field);
  if (!isGiven('firstName') || !isGiven('lastName')) return columns;
  return columns.map((column) =>
    column.field === 'fullName' ? { ...column, field: null, why: `${column.why}; ${WHY.split}` } : column,
  );
}
