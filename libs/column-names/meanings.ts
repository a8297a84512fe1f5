import { type Role } from './vocabulary-entries';

/** The fields of a lead that a column can hold. `fullName` is split into first and last name. */
export const FIELDS_BY_MEANING = [
  'phone',
  'email',
  'firstName',
  'lastName',
  'fullName',
  'companyName',
  'jobTitle',
  'linkedinUrl',
  'notes',
  'source',
] as const;
export type LeadMeaning = (typeof FIELDS_BY_MEANING)[number];

/** By what a column's name is judged to hold one thing. */
export interface Model {
  /** The words that name it. Their weights in the vocabulary are the certainty to begin with. */
  heads: readonly Role[];
  /** Words that may stand beside them and cost nothing. */
  fits: readonly Role[];
  /**
   * Words that may stand before them, in the same way: "Verified Email" is an address, "Email Verified" is
   * not.
   */
  fitsBefore: readonly Role[];
  /** Words that make the certainty grow, as a person's makes a name that of a person. */
  confirms: Partial<Record<Role, number>>;
  /** What a word costs that no language knows, by where it stands. */
  unknown: { before: number; after: number; inBrackets: number };
  /** What a number beside it costs where it is not the first. */
  laterOrdinal: number;
}

/** A column that has these words is none that leads have a field for, whatever else it has. */
export const VETOES: readonly Role[] = [
  'kind',
  'fax',
  'about',
  'somebodyElse',
  'partOfName',
  'salutation',
  'suffix',
  'connection',
];

/** What a word costs that names something else. */
export const FOREIGN = 0.55;

/** What is not this sure stays a custom field. */
export const ENOUGH = 0.5;

/**
 * A person whose only address is in a column with an odd name is lost without it, so words before it cost
 * little.
 */
const OF_CONTACTS = { before: 0.2, after: 0.55, inBrackets: 0.2 };
/** A name, a company or a note of something else is worse than none. */
const OF_OTHERS = { before: 0.45, after: 0.55, inBrackets: 0.2 };

const PLACES: readonly Role[] = ['work', 'home', 'direct', 'main', 'other', 'primary', 'secondary', 'billing', 'current'];
const PEOPLE: readonly Role[] = ['person', 'user'];
const NO_CONFIRMATION = {};

export const MODELS: Readonly<Record<LeadMeaning, Model>> = {
  phone: {
    heads: ['phone', 'mobile', 'landline', 'messenger'],
    fits: [...PLACES, ...PEOPLE, 'number', 'value', 'company', 'filler', 'first'],
    fitsBefore: ['verified', 'address'],
    confirms: NO_CONFIRMATION,
    unknown: OF_CONTACTS,
    laterOrdinal: 0,
  },
  email: {
    heads: ['email'],
    fits: [...PLACES, ...PEOPLE, 'number', 'value', 'company', 'filler', 'address', 'first'],
    fitsBefore: ['verified'],
    confirms: NO_CONFIRMATION,
    unknown: OF_CONTACTS,
    laterOrdinal: 0,
  },
  firstName: {
    heads: ['given', 'first'],
    fits: [...PEOPLE, 'billing', 'primary', 'filler'],
    fitsBefore: [],
    confirms: { name: 0.15, full: 0.15 },
    unknown: { ...OF_OTHERS, before: 0.3 },
    laterOrdinal: 0.3,
  },
  lastName: {
    heads: ['family', 'last'],
    fits: [...PEOPLE, 'billing', 'primary', 'filler'],
    fitsBefore: [],
    confirms: { name: 0.15, full: 0.15 },
    unknown: { ...OF_OTHERS, before: 0.3 },
    laterOrdinal: 0.3,
  },
  fullName: {
    heads: ['full', 'name'],
    fits: ['filler', 'primary', 'user'],
    fitsBefore: [],
    confirms: { person: 0.1, billing: 0.05 },
    unknown: OF_OTHERS,
    laterOrdinal: 0.3,
  },
  companyName: {
    heads: ['company'],
    fits: ['person', 'primary', 'current', 'billing', 'work', 'filler'],
    fitsBefore: [],
    confirms: { name: 0.05 },
    unknown: { ...OF_OTHERS, before: 0.3 },
    laterOrdinal: 0.3,
  },
  jobTitle: {
    heads: ['job', 'title'],
    fits: ['current', 'work', 'filler', 'primary', 'name'],
    fitsBefore: [],
    confirms: { person: 0.1, company: 0.25 },
    unknown: OF_OTHERS,
    laterOrdinal: 0.3,
  },
  linkedinUrl: {
    heads: ['linkedin'],
    fits: ['person', 'link', 'address', 'filler'],
    fitsBefore: [],
    confirms: NO_CONFIRMATION,
    unknown: OF_OTHERS,
    laterOrdinal: 0.3,
  },
  notes: {
    heads: ['notes'],
    fits: ['person', 'filler', 'other'],
    fitsBefore: [],
    confirms: NO_CONFIRMATION,
    unknown: OF_OTHERS,
    laterOrdinal: 0.3,
  },
  // A CRM's "Lead Source" is a list of its own, and stays what it is.
  source: {
    heads: ['source'],
    fits: ['filler'],
    fitsBefore: [],
    confirms: NO_CONFIRMATION,
    unknown: { before: 1, after: 1, inBrackets: 1 },
    laterOrdinal: 1,
  },
};
