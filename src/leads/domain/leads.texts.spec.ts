import { LEAD_TEXTS } from './leads.texts';

const said = Object.entries(LEAD_TEXTS).map(([name, text]) => {
  if (typeof text === 'string') return [name, text];
  const argument =
    name === 'noUsableContact'
      ? ['phone', 'altPhone1', 'email']
      : /phone|email|identityConflict|notKept/i.test(name)
        ? 'phone'
        : 7;
  return [name, (text as (argument: unknown) => string)(argument)];
});

describe('what a client is told of its leads', () => {
  it('is this', () => {
    expect(Object.fromEntries(said)).toEqual({
      notAnObject: 'must be an object',
      notAString: 'must be a string',
      unknownField: 'is not a known field',
      tooLong: 'must be at most 7 characters long',
      unusablePhone: 'is not a usable phone number; it is kept in original.phone as it was given',
      unusableEmail: 'is not a usable e-mail address; it is kept in original.phone as it was given',
      partlyUnusablePhone: 'holds something besides a usable phone number; all of it is kept in original.phone',
      partlyUnusableEmail: 'holds something besides a usable e-mail address; all of it is kept in original.phone',
      tooManyPhones: 'holds more phone numbers than the lead has room for; all of it is kept in original.phone',
      tooManyEmails: 'holds more e-mail addresses than the lead has room for; all of it is kept in original.phone',
      noContact: 'a lead needs a usable phone number or e-mail address, but has none',
      noUsableContact: 'a lead needs a usable phone number or e-mail address, but phone, altPhone1 and email are not usable',
      contactsCleared: 'the lead would be left without a usable phone number or e-mail address',
      ambiguous: 'belongs to a second lead of the list',
      identityConflict: 'is another one than that of the lead which has the same phone, so the row may be about somebody else',
      contactDropped: 'the lead has no room for 7 any more',
      notKept: 'holds something that is not usable; the lead keeps what it has, and original.phone too',
      notNamed: 'must name its lead by _id or externalId',
      notAnId: 'must be an id of 24 hex digits',
      notFound: 'there is no such lead',
      severalFound: 'several leads have it: name the list too, or the _id',
      duplicate: 'is that of another lead of the list',
      repeated: 'an earlier row of the call is about the same lead',
      tooManyKeys: 'may have at most 7 keys',
      emptyKey: 'has an empty key',
      longKey: 'has a key of more than 7 characters',
      refusedKey: 'may not have a key "7"',
      keyWithNul: 'has a key with a NUL character',
      longValue: 'is longer than 7 bytes',
      longInAll: 'is longer than 7 bytes in all',
      callsAreRunning: 'A call with an Idempotency-Key that began before is still running',
      tooDeep: 'is nested more than 7 levels deep',
    });
  });

  it('speaks of one unusable contact in the singular', () => {
    expect(LEAD_TEXTS.noUsableContact(['phone'])).toMatch(/ but phone is not usable$/);
  });
});
