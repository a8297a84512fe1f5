/**
 * What a word in the name of a column can say. A word can say several things, in one language or in several.
 */
export const ROLES = [
  // What a column may hold.
  'phone',
  'mobile',
  'landline',
  /** A service that goes by the number of a mobile, such as WhatsApp. */
  'messenger',
  'email',
  /** A name, and nothing says which part of it. */
  'name',
  /** `first` and `last` need a name beside them, or stand alone; `given` and `family` are such names. */
  'first',
  'last',
  'given',
  'family',
  'full',
  'company',
  'job',
  /** Of a job, or a form of address. */
  'title',
  'linkedin',
  'link',
  'notes',
  'source',
  // What may stand beside it.
  'number',
  'address',
  'value',
  'person',
  /** A person too, but beside others it is whoever runs the product: the host of an event. */
  'user',
  'work',
  'home',
  'direct',
  'main',
  'other',
  'primary',
  'secondary',
  'billing',
  'current',
  'verified',
  'filler',
  // What makes it something else.
  /** The column says what kind of thing the column beside it holds. */
  'kind',
  /** A machine that takes no text message. */
  'fax',
  /** Something about a contact, such as its status or its consent. */
  'about',
  'somebodyElse',
  /** A part of a name that leads have no field for. */
  'partOfName',
  'salutation',
  'suffix',
  'connection',
] as const;
export type Role = (typeof ROLES)[number];

/** Words that say the same, and where they were found. */
interface Entry {
  role: Role;
  /** Apart by semicolons. A word may be several words: its parts are found apart, joined and hyphenated. */
  words: string;
  /** Where somebody wrote them: an address, or what it is where it has none; `own` where nobody was asked. */
  source: string;
  /** How sure a column of this name alone is to hold it, from 0 to 1. Default 1. */
  weight?: number;
}

export interface Language {
  code: string;
  entries: readonly Entry[];
}
