/** What a client is told of its leads, after the name of the field. `leads.texts.spec.ts` lists all of it. */
export const LEAD_TEXTS = {
  notAnObject: 'must be an object',
  notAString: 'must be a string',
  unknownField: 'is not a known field',
  tooLong: (characters: number) => `must be at most ${characters} characters long`,
  unusablePhone: (field: string) => `is not a usable phone number; it is kept in original.${field} as it was given`,
  unusableEmail: (field: string) => `is not a usable e-mail address; it is kept in original.${field} as it was given`,
  partlyUnusablePhone: (field: string) => `holds something besides a usable phone number; all of it is kept in original.${field}`,
  partlyUnusableEmail: (field: string) =>
    `holds something besides a usable e-mail address; all of it is kept in original.${field}`,
  tooManyPhones: (field: string) => `holds more phone numbers than the lead has room for; all of it is kept in original.${field}`,
  tooManyEmails: (field: string) =>
    `holds more e-mail addresses than the lead has room for; all of it is kept in original.${field}`,
  noContact: 'a lead needs a usable phone number or e-mail address, but has none',
  noUsableContact: (fields: readonly string[]) =>
    `a lead needs a usable phone number or e-mail address, but ${inWords(fields)} not usable`,
  contactsCleared: 'the lead would be left without a usable phone number or e-mail address',
  ambiguous: 'belongs to a second lead of the list',
  identityConflict: (matchedBy: string) =>
    `is another one than that of the lead which has the same ${matchedBy}, so the row may be about somebody else`,
  contactDropped: (address: string) => `the lead has no room for ${address} any more`,
  notKept: (field: string) => `holds something that is not usable; the lead keeps what it has, and original.${field} too`,
  notNamed: 'must name its lead by _id or externalId',
  notAnId: 'must be an id of 24 hex digits',
  notFound: 'there is no such lead',
  severalFound: 'several leads have it: name the list too, or the _id',
  duplicate: 'is that of another lead of the list',
  repeated: 'an earlier row of the call is about the same lead',
  tooManyKeys: (keys: number) => `may have at most ${keys} keys`,
  emptyKey: 'has an empty key',
  longKey: (characters: number) => `has a key of more than ${characters} characters`,
  refusedKey: (key: string) => `may not have a key "${key}"`,
  keyWithNul: 'has a key with a NUL character',
  longValue: (bytes: number) => `is longer than ${bytes} bytes`,
  longInAll: (bytes: number) => `is longer than ${bytes} bytes in all`,
  callsAreRunning: 'A call with an Idempotency-Key that began before is still running',
  tooDeep: (levels: number) => `is nested more than ${levels} levels deep`,
} as const;

const inWords = (fields: readonly string[]): string =>
  fields.length === 1 ? `${fields[0]} is` : `${fields.slice(0, -1).join(', ')} and ${fields.at(-1)} are`;
