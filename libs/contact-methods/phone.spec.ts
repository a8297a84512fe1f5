import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { countryOfPhone, mainRegion, normalizeAddress, normalizePhone } from './index';

interface PhoneCase {
  input: string;
  defaultCountryCode: string;
  expected: string | null;
  category: string;
}

const cases = JSON.parse(readFileSync(join(process.cwd(), 'test/fixtures/phones.json'), 'utf8')) as PhoneCase[];
const categories = [...new Set(cases.map((each) => each.category))];

describe('normalizePhone', () => {
  it('has all cases', () => expect(cases).toHaveLength(1_500));

  it.each(categories)('reads every case of "%s"', (category) => {
    const ofCategory = cases.filter((each) => each.category === category);
    const answers = ofCategory.map((each) => ({ ...each, expected: normalizePhone(each.input, each.defaultCountryCode) }));
    expect(answers).toEqual(ofCategory);
  });

  it.each([
    // Labels before
    ['Tel. (home): +1 202 555 0101', '+1', '+12025550101'],
    ['WhatsApp +447400123456', '+1', '+447400123456'],
    ['tel2025550101', '+1', '+12025550101'],
    ['Bürotelefon: 030 123456', '+49', '+4930123456'],
    ['O2025550101', '+1', null],
    ['O-416-555-0108', '+1', null],
    ['(l)71234-5-65-84', '+7', null],
    ['+O 876-210-5367', '+1', null],
    ['O: 416-555-0108', '+1', '+14165550108'],
    ['Bistro 416-555-0108', '+1', '+14165550108'],
    ['**416-555-0108', '+1', null],
    ['Suite 5, 2025550101', '+1', null],
    // Labels after
    ['2025550101 ask for Bob', '+1', '+12025550101'],
    ['2025550101h', '+1', null],
    ['2025550101home', '+1', '+12025550101'],
    ['2025550101homer', '+1', null],
    ['2025550101 24h', '+1', null],
    ['2025550101 *', '+1', '+12025550101'],
    ['+49 30 123456-*', '+49', null],
    ['112 345 672 O', '+55', null],
    ['112 345 672 (o)', '+55', '+55112345672'],
    ['83.01.12.39.11.X', '+7', null],
    ['2025550101 [work]', '+1', '+12025550101'],
    ['202555010O', '+1', null],
    ['+49301234XX', '+49', null],
    ['+49 30 1234 XXXX', '+49', null],
    ['+49301234**', '+49', null],
    ['+49 30 1234 ????', '+49', null],
    ['+49 30 1234_', '+49', null],
    // Extensions
    ['2025550101x9', '+1', '+12025550101'],
    ['2025550101 #12', '+1', '+12025550101'],
    ['(8123) (4341) x12', '+65', '+6581234341'],
    ['(8123) [4341], ext. 5', '+65', '+6581234341'],
    ['2025550101,,123#', '+1', '+12025550101'],
    ['2025550101 ext. 12 (work)', '+1', '+12025550101'],
    ['2025550101 ext 2025550102', '+1', null],
    ['2025550101 x 2025550102', '+1', null],
    ['2025550101-X12', '+1', null],
    ['2025550101 x', '+1', null],
    // Several
    ['2025550101\r\n2025550102', '+1', null],
    ['030 1234567/030 1234568', '+49', null],
    ['1234567 / 7654321', '+49', null],
    ['2025550101, 2025550102', '+1', null],
    ['2025550101 +1 202 555 0102', '+1', null],
    ['03301/234567', '+49', '+493301234567'],
    ['030\n123456', '+49', '+4930123456'],
    // Spreadsheets
    ["='2025550101", '+1', '+12025550101'],
    ['\'="2025550101"', '+1', '+12025550101'],
    ['“2025550101”', '+1', '+12025550101'],
    ['1.2025550143e10', '+1', null],
    ['1,2025550143E+10', '+1', null],
    ['12E10', '+49', null],
    ['2025550101.0', '+1', null],
    ['2025550101.', '+1', '+12025550101'],
    ['4930123456,00', '+49', null],
    ['4930123456.000', '+49', null],
    ['12.0', '+49', null],
    ['3212.0000', '+45', '+4532120000'],
    // Characters
    ['＋１（２０２）５５５－０１０１', '+44', '+12025550101'],
    ['०३० १२३४५६', '+49', '+4930123456'],
    ['٠٣٠ ١٢٣٤٥٦', '+49', '+4930123456'],
    ['+1\u200b202\u00ad555\u20110101\u2069', '+44', '+12025550101'],
    ['++1 202 555 0101', '+44', '+12025550101'],
    // No number
    ['2025550101@example.com', '+1', null],
    ['me@2025550101.example.com', '+1', null],
    ['', '+1', null],
    ['911', '+1', null],
    ['+', '+1', null],
    ['+999 123456789', '+1', null],
    ['202 555 0143', 'nonsense', null],
    ['+1 202 555 0143', '', '+12025550143'],
  ])('reads %j (%s) as %j', (input, defaultCountryCode, expected) => {
    expect(normalizePhone(input, defaultCountryCode)).toBe(expected);
  });

  const usable = cases.filter((each) => each.expected !== null);

  it('gives a number in E.164 back unchanged, whatever the country', () => {
    const numbers = fc.constantFrom(...usable.map((each) => each.expected!));
    const codes = fc.constantFrom(...new Set(cases.map((each) => each.defaultCountryCode)), '', 'x');
    fc.assert(fc.property(numbers, codes, (number, code) => normalizePhone(number, code) === number));
  });

  it('is not misled by marks, labels, wrappers and extensions around a number', () => {
    const one = fc.constantFrom(...usable.filter((each) => /^(national|international|e164)$/.test(each.category)));
    const before = fc.constantFrom('', ' ', '\u200e', "'", 'Tel: ', 'Phone: ', 'mobil ', '\ufeff', '\u00a0');
    const after = fc.constantFrom('', ' ', '\u200e', ' (home)', ' - work', ' m', ' ext. 123', ' x9', ';ext=77', ' !', '\n');
    fc.assert(
      fc.property(one, before, after, ({ input, defaultCountryCode, expected }, left, right) => {
        expect(normalizePhone(left + input.trim() + right, defaultCountryCode)).toBe(expected);
      }),
    );
  });

  it('refuses two numbers, however they are joined', () => {
    const one = fc.constantFrom(...usable.filter((each) => /^(national|international|e164)$/.test(each.category)));
    const joints = fc.constantFrom(
      ' / ',
      '; ',
      ', ',
      ';',
      ',',
      ' or ',
      ' and ',
      ' & ',
      ' | ',
      '\n',
      '\r\n',
      ' x ',
      ' ext ',
      ' +',
    );
    fc.assert(
      fc.property(one, joints, ({ input, defaultCountryCode }, joint) => {
        fc.pre(input.replace(/\D/g, '').length >= 8);
        expect(normalizePhone(input.trim() + joint + input.trim(), defaultCountryCode)).toBeNull();
      }),
    );
  });

  it('never throws, and gives E.164 or null', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'0123456789+-()./ ,;x#eE=\'"@*\n', 'ext', '\u200b', '٣', '９', 'Tel') });
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), signs),
        fc.oneof(fc.constantFrom('+1', '+49', '+7', ''), fc.string()),
        (text, code) => {
          const answer = normalizePhone(text, code);
          if (answer !== null) {
            expect(answer).toMatch(/^\+[1-9]\d{1,16}$/);
            expect(normalizePhone(answer, code)).toBe(answer);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each(['1', ' ', '(', 'x', ',', '\n', '+', '-', 'ext ', '1 ', '/1', "'", '"', '=', '\u200b', '1,', 'é'])(
    'is done with a hundred thousand times %j',
    (unit) => {
      for (const times of [120, 100_000]) expect(normalizePhone(unit.repeat(times), '+1')).toBeNull();
    },
  );
});

describe('mainRegion', () => {
  it.each([
    ['+1', 'US'],
    ['+44', 'GB'],
    ['+7', 'RU'],
    ['47', 'NO'],
    [' +49 ', 'DE'],
    ['+599', 'CW'],
  ])('of %s is %s', (code, region) => expect(mainRegion(code)).toBe(region));

  it.each([
    '',
    '+',
    '+0',
    '+999',
    '+800',
    '+1 242',
    '+12025550101',
    'US',
    '++1',
    'constructor',
    '__proto__',
    '1'.repeat(100_000),
  ])('is none for %j', (code) => expect(mainRegion(code)).toBeUndefined());
});

describe('countryOfPhone', () => {
  it.each([
    ['+12025550101', 'US'],
    ['+14165550108', 'CA'],
    ['+12025551234', 'US'],
    ['+447400123456', 'GB'],
    ['+77123456789', 'KZ'],
    ['+79123456789', 'RU'],
    // Possible, not in use: the calling code decides.
    ['+16590193459', 'US'],
    ['+75615909908', 'RU'],
  ])('of %s is %s', (number, country) => expect(countryOfPhone(number)).toBe(country));

  it.each(['', '+', 'abc', '2025550101', '+99912345678', '+80012345678', '+1'.repeat(50_000)])('is none for %j', (number) => {
    expect(countryOfPhone(number)).toBeNull();
  });

  it('knows the country of every usable case', () => {
    const unknown = cases.filter((each) => each.expected !== null && !/^[A-Z]{2}$/.test(countryOfPhone(each.expected) ?? ''));
    expect(unknown).toEqual([]);
  });
});

describe('normalizeAddress', () => {
  it('tells phones and e-mail addresses apart', () => {
    expect(normalizeAddress(' Jo@Example.com ', '+1')).toEqual({ kind: 'email', value: 'jo@example.com' });
    expect(normalizeAddress('(202) 555-0101', '+1')).toEqual({ kind: 'phone', value: '+12025550101' });
    expect(normalizeAddress('2025550101@', '+1')).toBeNull();
    expect(normalizeAddress('nobody', '+1')).toBeNull();
  });
});
