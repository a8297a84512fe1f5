import fc from 'fast-check';
import { addressesOf, CONTACT_FIELDS, type ContactField, type Contacts, EMAIL_FIELDS, PHONE_FIELDS } from './lead';
import { mergeContacts } from './merge-contacts';

const NOTHING = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, null])) as Contacts;
type Given = Partial<Contacts>;
const [A, B, C, D, E, F] = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}@example.com`) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const [P, Q, R] = ['+12025550101', '+12025550102', '+12025550103'] as const;

const emails = (...values: string[]): Given => Object.fromEntries(values.map((value, index) => [EMAIL_FIELDS[index]!, value]));
const phones = (...values: string[]): Given => Object.fromEntries(values.map((value, index) => [PHONE_FIELDS[index]!, value]));
const lead = (given: Given, original: Partial<Record<ContactField, string>> = given as never) => ({
  ...NOTHING,
  ...given,
  original,
});
const EVERYTHING = { phone: true, email: true };

function merge(before: Given, row: Given, more: { cleared?: ContactField[]; replaceable?: typeof EVERYTHING } = {}) {
  const { contacts, fallen } = mergeContacts(lead(before), {
    draft: lead(row),
    cleared: more.cleared ?? [],
    replaceable: more.replaceable ?? EVERYTHING,
  });
  return { emails: addressesOf(contacts, EMAIL_FIELDS), phones: addressesOf(contacts, PHONE_FIELDS), fallen };
}

describe('the contacts of a row that are written to a lead', () => {
  it.each<[string, string[], string[], string[], string[]]>([
    ['the same', [A], [A], [A], []],
    ['none', [A, B], [], [A, B], []],
    ['a first one', [], [A, B], [A, B], []],
    ['an alternate that moves to the front', [A, B], [B], [B, A], []],
    ['the last alternate that moves to the front', [A, B, C, D], [D], [D, A, B, C], []],
    ['a new primary: the old one goes to the first free alternate', [A], [B], [B, A], []],
    ['a new primary beside alternates', [A, B], [C], [C, B, A], []],
    ['a new primary, where the last alternate has to go', [A, B, C, D], [E], [E, B, C, A], [D]],
    ['a new alternate', [A], [A, B], [A, B], []],
    ['a new alternate in the place of another', [A, B], [A, C], [A, C, B], []],
    ['a new alternate, where another has to go', [A, B, C, D], [A, E], [A, E, C, B], [D]],
    ['both changed places', [A, B], [B, A], [B, A], []],
    ['a new primary and the old one as alternate', [A, B], [C, A], [C, A, B], []],
    ['four new ones: nothing else has room', [A, B], [C, D, E, F], [C, D, E, F], [B, A]],
    ['the last alternate, which stays since it is given', [A, B, C, D], [E, D], [E, D, B, A], [C]],
  ])('are %s', (_, before, row, after, fallen) => {
    const merged = merge(emails(...before), emails(...row));
    expect([merged.emails, merged.fallen.map(({ address }) => address)]).toEqual([after, fallen]);
    const again = merge(emails(...merged.emails), emails(...row));
    expect([again.emails, again.fallen]).toEqual([after, []]);
  });

  it('leave the primary where a new one may not take its place', () => {
    const replaceable = { phone: true, email: false };
    expect(merge({ ...phones(P), ...emails(A) }, { ...phones(P), ...emails(B, A) }, { replaceable })).toEqual({
      phones: [P],
      emails: [A, B],
      fallen: [],
    });
    expect(merge(emails(A), phones(P), { replaceable }).phones).toEqual([P]);
    expect(merge(phones(P), { ...phones(P), ...emails(A) }, { replaceable }).emails).toEqual([A]);
    expect(merge(phones(P, Q), phones(R), { replaceable }).phones).toEqual([R, Q, P]);
    expect(merge(emails(A, B), emails(B), { replaceable }).emails).toEqual([B, A]);
  });

  it('clear what is to be cleared, first of all', () => {
    expect(merge(phones(P, Q), {}, { cleared: ['phone'] }).phones).toEqual([Q]);
    expect(merge(phones(P, Q), phones(R), { cleared: ['altPhone1'] }).phones).toEqual([R, P]);
    expect(merge(emails(A, B, C, D), emails(E), { cleared: ['altEmail3'] })).toMatchObject({ emails: [E, B, C, A], fallen: [] });
  });

  it('keep the texts that the addresses came as, and those that are not usable where there is no other', () => {
    const before = lead(
      { phone: P, altPhone1: Q, email: A },
      { phone: '(202) 555-0101', altPhone1: '202.555.0102', email: 'A@example.com', altEmail1: 'n/a' },
    );
    const given = (row: Given, original: Partial<Record<ContactField, string>>) =>
      mergeContacts(before, { draft: lead(row, original), cleared: [], replaceable: EVERYTHING }).original;
    expect(given({}, { phone: 'n/a' })).toEqual(before.original);
    expect(given({ phone: P }, { phone: '+1 202 555 0101' })).toEqual(before.original);
    expect(given({ phone: Q }, { phone: '+1 202 555 0102' })).toMatchObject({
      phone: '202.555.0102',
      altPhone1: '(202) 555-0101',
    });
    expect(given({ phone: R }, { phone: '202-555-0103' })).toMatchObject({
      phone: '202-555-0103',
      altPhone1: '202.555.0102',
      altPhone2: '(202) 555-0101',
    });
    expect(given({}, { altPhone3: 'call me' })).toEqual({ ...before.original, altPhone3: 'call me' });
    expect(given({ email: B }, { email: 'B@example.com' })).toMatchObject({ email: 'B@example.com', altEmail1: 'A@example.com' });
  });

  it('lose nothing: every address is there afterwards, or is said to have fallen off', () => {
    const some = (pool: string[]) => fc.uniqueArray(fc.constantFrom(...pool), { maxLength: 4 });
    const contacts = fc
      .tuple(some([A, B, C, D, E, F]), some([P, Q, R, '+12025550104', '+12025550105']))
      .map(([mails, numbers]) => ({ ...emails(...mails), ...phones(...numbers) }) as Record<string, string>);
    const replaceable = fc.record({ phone: fc.boolean(), email: fc.boolean() });
    fc.assert(
      fc.property(contacts, contacts, replaceable, (before, row, may) => {
        const merged = merge(before, row, { replaceable: may });
        const after = [...merged.phones, ...merged.emails];
        const fallen = merged.fallen.map(({ address }) => address);
        for (const address of Object.values(row)) expect(after).toContain(address);
        for (const address of Object.values(before)) expect(after.includes(address) !== fallen.includes(address)).toBe(true);
        for (const { field, address } of merged.fallen) expect(before[field]).toBe(address);
        expect(after).toHaveLength(new Set(after).size);
        // Nothing falls off while there is room.
        const isFull = (kind: string[]) => kind.length === 4;
        expect(fallen.every((one) => isFull(one.includes('@') ? merged.emails : merged.phones))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('change nothing when they are written once more, where a new primary may take the place of the old', () => {
    const some = fc.uniqueArray(fc.constantFrom(A, B, C, D, E, F), { maxLength: 4 });
    fc.assert(
      fc.property(some, some, (before, row) => {
        const once = merge(emails(...before), emails(...row)).emails;
        expect(merge(emails(...once), emails(...row)).emails).toEqual(once);
      }),
    );
  });
});
