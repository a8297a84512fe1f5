import fc from 'fast-check';
import { normalizeEmail } from './index';

describe('normalizeEmail', () => {
  it.each([
    ['jo@example.com', 'jo@example.com'],
    ['  Jo.Doe+Tag@Mail.Example.COM\t', 'jo.doe+tag@mail.example.com'],
    ['\ufeffjo@example.com\u200b', 'jo@example.com'],
    ["o'brien_1%x@example-site.org", "o'brien_1%x@example-site.org"],
    ['1@2.example.net', '1@2.example.net'],
    ['zoë@bücher.example', 'zoë@xn--bcher-kva.example'],
    ['Zoe\u0308@BU\u0308CHER.example', 'zoë@xn--bcher-kva.example'],
    ['zoë@xn--bcher-kva.example', 'zoë@xn--bcher-kva.example'],
    ['jo@faß.example', 'jo@xn--fa-hia.example'],
    ['İLKER@EXAMPLE.COM', 'ilker@example.com'],
    ['ILKER@EXAMPLE.COM', 'ilker@example.com'],
    ['I\u0307LKER@EXAMPLE.COM', 'ilker@example.com'],
    ['\u0130\u0307lker@example.com', 'ilker@example.com'],
    ['\u0130\u0323lker@example.com', 'ịlker@example.com'],
    ['i\u0323\u0307lker@example.com', 'ịlker@example.com'],
    ['jo@\u0130\u0307STANBUL.example', 'jo@istanbul.example'],
    ['a@xn--bcher-kva.xn--p1ai', 'a@xn--bcher-kva.xn--p1ai'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    [`a@${'b'.repeat(63)}.com`, `a@${'b'.repeat(63)}.com`],
  ])('takes %j', (input, expected) => expect(normalizeEmail(input)).toBe(expected));

  it.each([
    '',
    '@',
    'a@',
    '@example.com',
    'example.com',
    '[email protected]',
    'jo doe@example.com',
    'jo@exam ple.com',
    'jo@@example.com',
    'jo@doe@example.com',
    'jo@example',
    'jo@example.c',
    'jo@example.123',
    'jo@.example.com',
    'jo@example..com',
    'jo@-example.com',
    'jo@example-.com',
    'jo@exa_mple.com',
    '.jo@example.com',
    'jo.@example.com',
    'jo..doe@example.com',
    'jo,doe@example.com',
    'jo@example.com, doe@example.com',
    'jo@[127.0.0.1]',
    '"jo"@example.com',
    'jo@xn--.xn--',
    'jo\n@example.com',
    'n/a',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.com`,
    `${'a'.repeat(60)}@${'b'.repeat(60)}.${'b'.repeat(60)}.${'b'.repeat(60)}.${'b'.repeat(20)}.com`,
  ])('refuses %j', (input) => expect(normalizeEmail(input)).toBeNull());

  it('takes 254 characters and not 255', () => {
    const domain = [62, 62, 62].map((length) => 'b'.repeat(length)).join('.');
    const address = (length: number) => `${'a'.repeat(length - domain.length - 5)}@${domain}.com`;
    expect(normalizeEmail(address(252))).toBe(address(252));
    expect(address(254).indexOf('@')).toBeLessThanOrEqual(64);
    expect(normalizeEmail(address(254))).toBe(address(254));
    expect(normalizeEmail(address(255))).toBeNull();
  });

  it('takes every ordinary address in lower case, and the same again', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        // Others are wrapped, or placeholders such as a@a.com.
        fc.pre(!/^['`=]|^(.*)@\1\./i.test(address));
        const answer = normalizeEmail(` ${address.toUpperCase()} `);
        expect(answer).toBe(address.toLowerCase());
        expect(normalizeEmail(answer!)).toBe(answer);
      }),
    );
  });

  it('never throws, and gives one @ and no space, or null', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'a.@- [+_\n', '\u200b', 'ü') });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), signs), (text) => {
        const answer = normalizeEmail(text);
        if (answer !== null) expect(answer).toMatch(/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has one form for canonically equivalent texts, and reads that form as itself', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'iIİıaÅßΣ', '\u0307', '\u0323', '\u0301', '\u212a'), minLength: 1 });
    fc.assert(
      fc.property(letters, letters, (local, label) => {
        const text = `${local}@${label}.example`;
        const read = normalizeEmail(text);
        expect(normalizeEmail(text.normalize('NFD'))).toBe(read);
        expect(normalizeEmail(text.normalize('NFC'))).toBe(read);
        if (read !== null) expect(normalizeEmail(read)).toBe(read);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['a', 'a.', '@', '.', '-', 'a@', 'a-', ' ', '\u200b'])('is done with a hundred thousand times %j', (unit) => {
    for (const times of [120, 900, 100_000]) expect(normalizeEmail(unit.repeat(times))).toBeNull();
    expect(normalizeEmail(`a@${unit.repeat(450)}`)).toBeNull();
  });
});
