import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { normalizePhone } from '#libs/contact-methods';
import { formOf, reformed } from '../../migrations/rereading/address-form';
import { EMAILS, isStillChecked, PHONES, rereadContacts, type StoredContacts } from '../../migrations/rereading/lead-contacts';
import { rereadFields } from '../../migrations/rereading/named-addresses';
import { rereadSuppression } from '../../migrations/rereading/suppressions';
import { CONTACT_FIELDS, type ContactField, type Contacts, EMAIL_FIELDS, PHONE_FIELDS } from '../../src/leads/domain/lead';

const BOTH = [PHONES, EMAILS];
const NOTHING = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, null])) as Contacts;
const lead = (given: Partial<StoredContacts>): StoredContacts => ({ ...NOTHING, original: {}, ...given });
const known = (contacts: Contacts) => Object.fromEntries(Object.entries(contacts).filter(([, value]) => value !== null));

describe('the form of today', () => {
  it.each([
    ["'ada@example.com", 'ada@example.com'],
    ['`ada@example.com', 'ada@example.com'],
    ['=ada@example.com', 'ada@example.com'],
    ['jo@bücher.example', 'jo@xn--bcher-kva.example'],
    ['zoe\u0308@example.com', 'zoë@example.com'],
    ['ada@example.com', 'ada@example.com'],
    ['+5215512345678', '+525512345678'],
    ['+52015512345678', '+525512345678'],
    ['+520445512345678', '+525512345678'],
    ['+520455512345678', '+525512345678'],
    ['+551187654321', '+5511987654321'],
    ['+551133334444', '+551133334444'],
    ['+5511987654321', '+5511987654321'],
    ['+12025550101', '+12025550101'],
    ['none@none.com', null],
    ['none@example.com', null],
    ['noemail@example.com', null],
    ['no-email2@example.com', null],
    ['test@test.com', null],
    ['a@a.com', null],
    ['+10000000000', null],
    ['+15555555555', null],
    ['+499999999999', null],
    ['+11234567890', null],
    ['+10123456789', null],
    ['+13100143', null],
    ["'ada'@example.com", null],
  ])('of %s is %s', (address, form) => {
    expect(formOf(address)).toBe(form);
  });

  it('of any phone number that was stored is that of the library', () => {
    const country = fc.constantFrom('1', '44', '49', '33', '39', '52', '55', '61', '81', '86', '91', '7', '54', '353', '380');
    const national = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 5, maxLength: 12 }),
      fc.tuple(fc.constantFrom(...'0123456789'), fc.integer({ min: 4, max: 11 })).map(([digit, times]) => digit.repeat(times)),
      fc.constantFrom('1234567890', '0123456789'),
    );
    fc.assert(
      fc.property(country, national, (code, digits) => {
        const phone = parsePhoneNumberFromString(`+${code}${digits}`, { extract: false });
        fc.pre(phone?.isPossible() === true && !phone.nationalNumber.startsWith('0'));
        expect(reformed(reformed(phone!.number))).toBe(reformed(phone!.number));
        expect(formOf(phone!.number)).toBe(normalizePhone(phone!.number, '+1'));
      }),
      { numRuns: 3_000, examples: [['55', '9070000000']] },
    );
  });

  it.each([
    ["65f0c0ffee65f0c0ffee0001:'ada@example.com", '65f0c0ffee65f0c0ffee0001:ada@example.com'],
    [
      '65f0c0ffee65f0c0ffee0001:65f0c0ffee65f0c0ffee0002:+551187654321',
      '65f0c0ffee65f0c0ffee0001:65f0c0ffee65f0c0ffee0002:+5511987654321',
    ],
    ['ws_1 +5215512345678', 'ws_1 +525512345678'],
    ['imessage =ada@example.com', 'imessage ada@example.com'],
    ['ws_1:none@none.com', 'ws_1:none@none.com'],
    ['+10000000000', '+10000000000'],
    ['65f0c0ffee65f0c0ffee0001:lead:123456789012345678901234', '65f0c0ffee65f0c0ffee0001:lead:123456789012345678901234'],
    ['65f0c0ffee65f0c0ffee0001:~Zm9v_YmFy', '65f0c0ffee65f0c0ffee0001:~Zm9v_YmFy'],
    ['~Zm9v_YmFy', '~Zm9v_YmFy'],
    ['', ''],
  ])('behind a key, of %j is %j', (text, form) => {
    expect(reformed(text)).toBe(form);
    expect(reformed(form)).toBe(form);
  });
});

describe('the contacts of a lead', () => {
  it.each<[string, Partial<StoredContacts>, Partial<Contacts>, StoredContacts['original'], string[]]>([
    [
      'lose a placeholder beside an address, whose text is there',
      { email: 'none@none.com', phone: '+12025550101', original: { email: 'None@none.com', phone: '2025550101' } },
      { phone: '+12025550101' },
      { email: 'None@none.com', phone: '2025550101' },
      ['none@none.com'],
    ],
    [
      'lose a placeholder, whose text is put there',
      { email: 'test@test.com', phone: '+12025550101' },
      { phone: '+12025550101' },
      { email: 'test@test.com' },
      ['test@test.com'],
    ],
    [
      'lose a placeholder that has another field by now',
      { email: 'noemail@x.example', altEmail1: 'ada@example.com', original: { email: 'n/a', altEmail1: 'noemail@x.example' } },
      { email: 'ada@example.com' },
      { email: 'n/a', altEmail1: 'noemail@x.example' },
      ['noemail@x.example'],
    ],
    [
      'lose one whose place has another text',
      { phone: '+10000000000', altPhone1: '+12025550101', original: { phone: 'n/a' } },
      { phone: '+12025550101' },
      { phone: 'n/a', altPhone1: '+10000000000' },
      ['+10000000000'],
    ],
    [
      'may be none at all',
      { phone: '+11234567890', original: { phone: '123-456-7890' } },
      {},
      { phone: '123-456-7890' },
      ['+11234567890'],
    ],
    [
      'close up where two are one',
      { email: "'ada@example.com", altEmail1: 'ada@example.com', altEmail2: 'bob@example.com', original: {} },
      { email: 'ada@example.com', altEmail1: 'bob@example.com' },
      {},
      [],
    ],
    [
      'gain what was not usable once',
      { phone: '+12025550101', original: { email: 'Ada Byron <ada@example.com>', phone: '(202) 555-0101' } },
      { phone: '+12025550101', email: 'ada@example.com' },
      { email: 'Ada Byron <ada@example.com>', phone: '(202) 555-0101' },
      [],
    ],
    [
      'gain every value of a cell',
      { email: 'cy@example.com', original: { email: 'cy@example.com', altEmail1: 'ada@example.com; bob@example.com' } },
      { email: 'cy@example.com', altEmail1: 'ada@example.com', altEmail2: 'bob@example.com' },
      { email: 'cy@example.com', altEmail1: 'ada@example.com; bob@example.com' },
      [],
    ],
    [
      'gain phones with their country code',
      {
        email: 'cy@example.com',
        original: { phone: '+1 202 555 0101 ::: +44 7911 123456', altPhone1: 'tel:555-0103;phone-context=+1-202' },
      },
      { email: 'cy@example.com', phone: '+12025550101', altPhone1: '+447911123456', altPhone2: '+12025550103' },
      { phone: '+1 202 555 0101 ::: +44 7911 123456', altPhone1: 'tel:555-0103;phone-context=+1-202' },
      [],
    ],
  ])('%s', (_, before, contacts, original, dropped) => {
    const next = rereadContacts(lead(before), BOTH)!;
    expect([known(next.contacts), next.original, next.dropped]).toEqual([contacts, original, dropped]);
    expect(rereadContacts({ ...next.contacts, original: next.original }, BOTH)).toBeNull();
  });

  it.each<[string, Partial<StoredContacts>]>([
    ['are right already', { email: 'ada@example.com', phone: '+12025550101', original: { email: 'Ada@Example.com' } }],
    ['were removed by somebody', { phone: '+12025550101', original: { email: 'ada@example.com', altPhone1: '+1 202 555 0102' } }],
    ['have no country code', { email: 'ada@example.com', original: { phone: '030 1234567; 0171 2345678' } }],
    ['are still not usable', { email: 'ada@example.com', original: { altEmail1: 'n/a', phone: 'call me', altPhone1: '12' } }],
  ])('that %s stay', (_, before) => {
    expect(rereadContacts(lead(before), BOTH)).toBeNull();
  });

  it('of one kind alone leave the other as it is', () => {
    const both = lead({ phone: '+551187654321', email: "'ada@example.com" });
    expect(known(rereadContacts(both, [PHONES])!.contacts)).toEqual({ phone: '+5511987654321', email: "'ada@example.com" });
    expect(known(rereadContacts(both, [EMAILS])!.contacts)).toEqual({ phone: '+551187654321', email: 'ada@example.com' });
  });

  it.each<[string, Partial<StoredContacts>, string | null, boolean]>([
    ['the one with iMessage is left', { phone: '+12025550101', email: 'none@none.com' }, '+12025550101', true],
    ['none had it, and fewer are left', { phone: '+12025550101', email: 'none@none.com' }, null, true],
    ['the one with iMessage has another form', { phone: '+551187654321' }, '+551187654321', false],
    ['the one with iMessage went', { phone: '+12025550101', email: 'none@none.com' }, 'none@none.com', false],
    ['there is one that was not asked', { phone: '+12025550101', original: { email: '<ada@example.com>' } }, null, false],
  ])('are checked still, where %s: %#', (_, before, availableAddress, expected) => {
    expect(isStillChecked(rereadContacts(lead(before), BOTH)!, availableAddress)).toBe(expected);
  });

  it('lose no usable address, and change once only', () => {
    const email = fc.constantFrom(
      "'ada@example.com",
      'ada@example.com',
      'none@none.com',
      'jo@bücher.example',
      'bob@example.com',
      null,
    );
    const phone = fc.constantFrom('+12025550101', '+10000000000', '+551187654321', '+5511987654321', '+5215512345678', null);
    const text = fc.constantFrom(
      'Ada <ada@example.com>',
      'x; y',
      'cy@example.com; bob@example.com',
      '+12025550109; +12025550108',
      undefined,
    );
    const fieldsOf = <T>(fields: readonly ContactField[], value: fc.Arbitrary<T>) =>
      fc.record(Object.fromEntries(fields.map((field) => [field, value])) as Record<ContactField, fc.Arbitrary<T>>);
    fc.assert(
      fc.property(
        fieldsOf(PHONE_FIELDS, phone),
        fieldsOf(EMAIL_FIELDS, email),
        fieldsOf(CONTACT_FIELDS, text),
        (phones, emails, texts) => {
          const original = Object.fromEntries(Object.entries(texts).filter(([, one]) => one !== undefined)) as Record<
            string,
            string
          >;
          const before = lead({ ...phones, ...emails, original });
          const next = rereadContacts(before, BOTH);
          if (!next) return;
          const after = Object.values(known(next.contacts));
          for (const address of CONTACT_FIELDS.flatMap((field) => before[field] ?? [])) {
            const form = formOf(address);
            if (form === null) expect(next.dropped).toContain(address);
            else expect(after).toContain(form);
          }
          expect(new Set(after).size).toBe(after.length);
          expect(rereadContacts({ ...next.contacts, original: next.original }, BOTH)).toBeNull();
        },
      ),
    );
  });
});

describe('a suppression', () => {
  it.each([
    [
      { key: "'ada@example.com", address: "'ada@example.com", domain: null },
      { key: 'ada@example.com', address: 'ada@example.com', domain: null },
    ],
    [
      { key: '+551187654321', address: '+551187654321', domain: null },
      { key: '+551187654321', address: '+5511987654321', domain: null },
    ],
    [
      { key: '@bücher.example', address: null, domain: 'bücher.example' },
      { key: '@xn--bcher-kva.example', address: null, domain: 'xn--bcher-kva.example' },
    ],
    [{ key: 'none@none.com', address: 'none@none.com', domain: null }, null],
    [{ key: '~Zm9v', address: null, domain: null }, null],
    [{ key: '+525512345678', address: '+525512345678', domain: null }, null],
  ])('of %j becomes %j', (before, after) => {
    expect(rereadSuppression(before)).toEqual(after);
  });
});

it('finds addresses in fields, lists and lists of objects', () => {
  const document = {
    address: '+551187654321',
    preferredAddress: null,
    recipients: ["'ada@example.com", 'none@none.com'],
    tried: ['imessage +551187654321', 'imessage +5511987654321'],
    attempts: [{ address: 'ada@example.com' }, { address: '+5215512345678' }],
  };
  const fields = ['address', 'preferredAddress', 'recipients', 'tried', 'absent.inside'];
  expect(rereadFields(document, { fields, inLists: [['attempts', 'address']] })?.is).toEqual({
    address: '+5511987654321',
    recipients: ['ada@example.com', 'none@none.com'],
    tried: ['imessage +5511987654321'],
    'attempts.1.address': '+525512345678',
  });
  expect(rereadFields({ address: null }, { fields: ['address'] })).toBeNull();
});
