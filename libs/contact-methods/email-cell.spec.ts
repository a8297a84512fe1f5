import fc from 'fast-check';
import { growthOf } from '../../test/support/growth';
import { normalizeAddress, normalizeEmail } from './index';

/** Cells of each kind, and whose address they hold. */
const KINDS: Record<string, readonly [cell: string, address: string][]> = {
  'apostrophes and quotes': [
    ["'ada@example.com", 'ada@example.com'],
    ["'ada@example.com'", 'ada@example.com'],
    ['"bob@example.com"', 'bob@example.com'],
    ['“dee@example.com”', 'dee@example.com'],
    ['„eve@example.com“', 'eve@example.com'],
    ['«fay@example.com»', 'fay@example.com'],
    ['‘gil@example.com’', 'gil@example.com'],
    ['`hal@example.com`', 'hal@example.com'],
    ['"\'ida@example.com\'"', 'ida@example.com'],
    ["jo@example.com'", 'jo@example.com'],
    ['＂kay@example.com＂', 'kay@example.com'],
    ['"""lou@example.com"""', 'lou@example.com'],
    ["o'brien@example.com", "o'brien@example.com"],
    ["'o'brien@example.com'", "o'brien@example.com"],
  ],
  'wrappers of spreadsheets': [
    ['="cy@example.com"', 'cy@example.com'],
    ["='cy@example.com", 'cy@example.com'],
    ['=cy@example.com', 'cy@example.com'],
    ['\'="cy@example.com"', 'cy@example.com'],
    ['= "cy@example.com"', 'cy@example.com'],
    ['=HYPERLINK("mailto:cy@example.com","Cy")', 'cy@example.com'],
    ['=hyperlink( "mailto:cy@example.com" ; "cy@example.com" )', 'cy@example.com'],
  ],
  mailto: [
    ['mailto:ada@example.com', 'ada@example.com'],
    ['MAILTO:bob@example.com', 'bob@example.com'],
    ['mailto:ada@example.com?subject=Hello&cc=bob@example.com', 'ada@example.com'],
    ['mailto://ada@example.com', 'ada@example.com'],
    ['mailto: ada@example.com', 'ada@example.com'],
    ['mailto:ada%2Bnews@example.com', 'ada+news@example.com'],
    ['mailto:ada%40example.com', 'ada@example.com'],
    ['mailto:100%@example.com', '100%@example.com'],
    ['<mailto:ada@example.com>', 'ada@example.com'],
    ['ada@example.com<mailto:ada@example.com>', 'ada@example.com'],
    ['[ada@example.com](mailto:ada@example.com)', 'ada@example.com'],
    ['ada@example.com [mailto:ada@example.com]', 'ada@example.com'],
    ['Email: mailto:ada@example.com?body=a%20b', 'ada@example.com'],
  ],
  'a name beside it': [
    ['Ada Byron <ada@example.com>', 'ada@example.com'],
    ['"Ray, Bob" <bob@example.com>', 'bob@example.com'],
    ['Ray, Bob <bob@example.com>', 'bob@example.com'],
    ['<ada@example.com>', 'ada@example.com'],
    ["'Ada' <ada@example.com>;", 'ada@example.com'],
    ['"Ada @ Acme" <Ada@Example.com>', 'ada@example.com'],
    ['ada@example.com <ada@example.com>', 'ada@example.com'],
    ['"ada@example.com" <ADA@example.com>', 'ada@example.com'],
    ["'ada@example.com' <ada@example.com>", 'ada@example.com'],
    ['Ada Byron (ada@example.com)', 'ada@example.com'],
    ['Ada [ada@example.com]', 'ada@example.com'],
    ['"Ada <ada@example.com>"', 'ada@example.com'],
    ['Ada Byron\n<ada@example.com>', 'ada@example.com'],
    ['Ada <ada@example.com', 'ada@example.com'],
    ['ada@example.com>', 'ada@example.com'],
    ['Zoë 王 <zoë@bücher.example>', 'zoë@xn--bcher-kva.example'],
  ],
  'signs behind it': [
    ['ada@example.com;', 'ada@example.com'],
    ['ada@example.com,', 'ada@example.com'],
    ['ada@example.com.', 'ada@example.com'],
    ['ada@example.com ; ', 'ada@example.com'],
    ['ada@example.com.,;', 'ada@example.com'],
    ['ada@example.com；', 'ada@example.com'],
    ['; ada@example.com', 'ada@example.com'],
    ['- ada@example.com', 'ada@example.com'],
    ['• ada@example.com', 'ada@example.com'],
  ],
  labels: [
    ['ada@example.com (work)', 'ada@example.com'],
    ['Email: bob@example.com', 'bob@example.com'],
    ['E-Mail (privat): bob@example.com', 'bob@example.com'],
    ['Email:bob@example.com', 'bob@example.com'],
    ['SMTP:bob@example.com', 'bob@example.com'],
    ['Courriel : bob@example.com', 'bob@example.com'],
    ['ada@example.com [Home]', 'ada@example.com'],
    ['ada@example.com(old)', 'ada@example.com'],
    ['(work) ada@example.com', 'ada@example.com'],
    ['ada@example.com - work', 'ada@example.com'],
    ['ada@example.com home', 'ada@example.com'],
    ['Work email: Ada <ada@example.com> (assistant)', 'ada@example.com'],
  ],
  'invisible marks and odd spaces': [
    ['\u00a0ada@example.com\u00a0', 'ada@example.com'],
    ['ada\u200b@example.com', 'ada@example.com'],
    ['\ufeff"ada@example.com"', 'ada@example.com'],
    ['\u202aada@example.com\u202c;', 'ada@example.com'],
    ['\u3000Ada\u3000＜ada＠example．com＞', 'ada@example.com'],
    ['ada@exam\u00adple.com', 'ada@example.com'],
  ],
};

const NO_ADDRESSES: Record<string, readonly string[]> = {
  'several, or none that is certain': [
    'ada@example.com; bob@example.com',
    'ada@example.com, bob@example.com',
    'ada@example.com ::: bob@example.com',
    'ada@example.com\nbob@example.com',
    'ada@example.com / bob@example.com',
    'Ada <ada@example.com>, Bob <bob@example.com>',
    'ada@example.com, Bob <bob@example.com>',
    'ada@example.com <bob@example.com>',
    '"Ada" <ada@example.com>; "Bob" <bob@example.com>',
    '"Ada" <ada@example.com> "<bob@example.com>"',
    'jo doe@example.com',
    'jo,doe@example.com',
    'jo@example.co m',
    'jo@example.co - uk',
    "'jo'@example.com",
    '"jo"@example.com',
    '(jo)@example.com',
    'ada (at) example.com',
    'sip:ada@example.com',
    'Skype: ada@example.com',
    'https://ada@example.com',
    'mailto:',
    '<>',
    `${'"<'.repeat(20)}ada@example.com`,
  ],
  placeholders: [
    'none@none.com',
    'noemail@example.com',
    'test@test.com',
    'No-Email@example.org',
    'no.email@gmail.com',
    'noemail12@example.com',
    'noemail+7@example.com',
    'NONE@example.com',
    'notprovided@example.net',
    'test@test.co.uk',
    'email@email.com',
    'asdf@asdf.com',
    'user@domain.com',
    'nobody@nowhere.com',
    'na@na.na',
    '"none@none.com";',
    'Nobody <no-email-provided@example.com>',
    'a@a.com',
    '123@123.com',
  ],
};

describe('the e-mail address of a cell', () => {
  describe.each(Object.entries(KINDS))('with %s', (_, cells) => {
    it.each(cells)('%j is %s', (cell, address) => {
      expect(normalizeEmail(cell)).toBe(address);
      expect(normalizeAddress(cell, '+1')).toEqual({ kind: 'email', value: address });
    });
  });

  describe.each(Object.entries(NO_ADDRESSES))('%s', (_, cells) => {
    it.each(cells)('%j is none', (cell) => expect(normalizeEmail(cell)).toBeNull());
  });

  it.each([
    'test@example.com',
    'none.such@example.com',
    'n.one@example.com',
    'testa@test.example.com',
    'mail@mail.example.com',
    'info@example.com',
    'noreply@example.com',
    'test@mail.com',
    'noel.mailer@example.com',
    '12@example.com',
  ])('%s is no placeholder', (address) => expect(normalizeEmail(address)).toBe(address));
});

describe('whatever is around an address', () => {
  const address = fc
    .emailAddress()
    .map((each) => each.toLowerCase())
    .filter((each) => normalizeEmail(each) === each && !/['`]@/.test(each));
  const wrapper = fc.constantFrom<(text: string) => string>(
    (text) => `'${text}`,
    (text) => `'${text}'`,
    (text) => `"${text}"`,
    (text) => `“${text}”`,
    (text) => `="${text}"`,
    (text) => `<${text}>`,
    (text) => `Ada Byron <${text}>`,
    (text) => `"Byron, Ada" <${text}>`,
    (text) => `Ada (${text})`,
    (text) => `${text};`,
    (text) => `${text} ,`,
    (text) => `${text}.`,
    (text) => `${text} (work)`,
    (text) => `Email: ${text}`,
    (text) => ` \u00a0${text}\u200b\t`,
    (text) => text.toUpperCase(),
  );

  it('is read as the address itself, with two wrappers too', () => {
    fc.assert(
      fc.property(address, wrapper, wrapper, (each, inner, outer) => {
        expect(normalizeEmail(inner(each))).toBe(each);
        expect(normalizeEmail(outer(inner(each)))).toBe(each);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read as the address itself in a link', () => {
    fc.assert(
      fc.property(address, (each) => {
        expect(normalizeEmail(`mailto:${encodeURIComponent(each)}?subject=Hello`)).toBe(each);
      }),
    );
  });

  it('is read once: what was read is read as itself, and nothing throws', () => {
    const signs = fc.constantFrom(...'a@.<>()[]"\'`=;,: %?-\n', 'b.co', 'mailto:', 'work', 'İ', 'ü', '\u0307', '“', '\u200b');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: signs, maxLength: 60 }), fc.string({ unit: 'binary' })), (text) => {
        const read = normalizeEmail(text);
        if (read !== null) expect(normalizeEmail(read)).toBe(read);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    'a@b.co<',
    '<',
    '(',
    ' (a)',
    "'",
    '=',
    'a: ',
    'mailto:',
    '"a" ',
    '"<a@b.co>" ',
    'a@b.co<a@b.co>',
    ' work',
    '%41',
    '- ',
  ])('takes as long as the text is, and no longer, with many times %j', (unit) => {
    const work = (length: number) => {
      for (const end of ['', 'a@b.co', '@']) normalizeEmail(unit.repeat(Math.floor(length / unit.length)) + end);
    };
    expect(growthOf(work, 99)).toBeLessThan(40);
  });
});
