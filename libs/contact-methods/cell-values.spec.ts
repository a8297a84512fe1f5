import fc from 'fast-check';
import { growthOf } from '../../test/support/growth';
import { addressesInCell, emailsInCell, normalizeEmail, normalizePhone, phonesInCell } from './index';

const ANN = 'ann@example.com';
const BOB = 'bob@example.org';
const [ONE, TWO, THREE] = ['+12025550101', '+12025550102', '+12025550103'] as const;

/** What is read of a cell, `?` for what cannot be. */
const read = ({ addresses, hasUnreadable }: { addresses: string[]; hasUnreadable: boolean }) => [
  ...addresses,
  ...(hasUnreadable ? ['?'] : []),
];

describe('the e-mail addresses of a cell', () => {
  it.each([
    [ANN, [ANN]],
    [`${ANN}; ${BOB}`, [ANN, BOB]],
    [`${ANN};${BOB};`, [ANN, BOB]],
    [`${ANN} ::: ${BOB}`, [ANN, BOB]],
    [`${ANN}:::${BOB}`, [ANN, BOB]],
    [`${ANN}\n${BOB}`, [ANN, BOB]],
    [`${ANN}\r\n\r\n${BOB}\r\n`, [ANN, BOB]],
    [`${ANN}, ${BOB}`, [ANN, BOB]],
    [`${ANN},${BOB},`, [ANN, BOB]],
    [`${ANN}；${BOB}`, [ANN, BOB]],
    [`${ANN}; ${BOB}, cy@example.net\ndee@example.com`, [ANN, BOB, 'cy@example.net', 'dee@example.com']],
    [`${ANN}; ANN@example.com; ${BOB}`, [ANN, BOB]],
    [`"${ANN}; ${BOB}"`, [ANN, BOB]],
    [`="${ANN}; ${BOB}"`, [ANN, BOB]],
    [`Ann <${ANN}>; Bob <${BOB}>`, [ANN, BOB]],
    [`Lee, Ann <${ANN}>, Ray, Bob <${BOB}>`, [ANN, BOB]],
    [`"Lee; Ann" <${ANN}>; "Ray, Bob" <${BOB}>`, [ANN, BOB]],
    [`work: ${ANN}; home: ${BOB} (old)`, [ANN, BOB]],
    [`mailto:${ANN}, mailto:${BOB}`, [ANN, BOB]],
    [`none@none.com; ${BOB}`, [BOB, '?']],
    [`none@none.com, ${BOB}`, [BOB, '?']],
    [`n/a; ${BOB}`, [BOB, '?']],
    [`${ANN}; call first`, [ANN, '?']],
    [`${ANN}\nann at work`, [ANN, '?']],
    [`${ANN}, call first`, ['?']],
    ['jo,doe@example.com', ['?']],
    ['ann@example.co,uk', ['?']],
    [`${ANN} ${BOB}`, ['?']],
    [`${ANN} / ${BOB}`, ['?']],
    ['n/a', ['?']],
    ['', []],
    [' ; \n', []],
  ])('%j are %j', (cell, expected) => expect(read(emailsInCell(cell))).toEqual(expected));
});

describe('the phone numbers of a cell', () => {
  it.each([
    ['202-555-0101', [ONE]],
    ['202-555-0101; 202-555-0102', [ONE, TWO]],
    ['202-555-0101 ::: 202-555-0102 ::: 202-555-0103', [ONE, TWO, THREE]],
    ['202-555-0101\n202-555-0102', [ONE, TWO]],
    ['202-555-0101, 202-555-0102', [ONE, TWO]],
    ['Home: 202-555-0101; Cell: 202-555-0102 (new)', [ONE, TWO]],
    ['202-555-0101;ext=12; 202-555-0102;ext=13', [ONE, TWO]],
    ['tel:202-555-0101;phone-context=+1; 202-555-0102', [ONE, TWO]],
    ['="202-555-0101"; \'202-555-0102', [ONE, TWO]],
    ['000-000-0000, 202-555-0102', [TWO, '?']],
    ['202-555-0101; n/a; 202-555-0102', [ONE, TWO, '?']],
    ['202-555-0101; 123456', [ONE, '?']],
    ['202-555-0101; ann@example.com', [ONE, '?']],
    // One number each
    ['202-555-0101;ext=12', [ONE]],
    ['202-555-0101; 12345', [ONE]],
    ['202-555-0101; call first', [ONE]],
    ['202-555-0101,,12#', [ONE]],
    ['202-555\n0101', [ONE]],
    // Not separated by what separates values
    ['202-555-0101 / 202-555-0102', ['?']],
    ['202-555-0101 or 202-555-0102', ['?']],
    ['202-555-0101 & 202-555-0102', ['?']],
    ['1,2025550143E+10', ['?']],
    ['4930123456,00', ['?']],
    ['202-555-0101, call after 5', ['?']],
  ])('%j are %j', (cell, expected) => expect(read(phonesInCell(cell, '+1'))).toEqual(expected));
});

it('takes a number that is too short beside another for a part of it, not for a number of its own', () => {
  expect(read(phonesInCell('030 1234567; 123456', '+49'))).toEqual(['+49301234567', '?']);
  expect(read(phonesInCell('030 1234567, 0171 2345678', '+49'))).toEqual(['+49301234567', '+491712345678']);
  expect(read(phonesInCell('030 1234567, 123456', '+49'))).toEqual(['?']);
});

it('finds both kinds in one cell', () => {
  expect(read(addressesInCell(`202-555-0101; ${ANN}, ${BOB}; nobody`, '+1'))).toEqual([ONE, ANN, BOB, '?']);
});

describe('a cell', () => {
  const separator = fc.constantFrom(';', '; ', ' ::: ', '\n', '\r\n', ', ', ' ; ');
  const list = fc.array(fc.nat(9999), { minLength: 1, maxLength: 8 });

  it('gives every address that is written into it, once', () => {
    fc.assert(
      fc.property(list, separator, (numbers, between) => {
        const emails = numbers.map((number) => `jo${number}@example.com`);
        const phones = numbers.map((number) => `+1202555${String(number).padStart(4, '0')}`);
        const all = (values: string[]) => ({ addresses: [...new Set(values)], hasUnreadable: false });
        expect(emailsInCell(emails.join(between))).toEqual(all(emails));
        expect(phonesInCell(phones.join(between), '+49')).toEqual(all(phones));
        expect(addressesInCell([...emails, ...phones].join(between), '+49')).toEqual(all([...emails, ...phones]));
      }),
    );
  });

  it('is one value where it can be read as one, and never throws', () => {
    const signs = fc.constantFrom(...';:,\n "<>@.-+()', 'a@b.co', '2025550101', '::: ', 'ext=1', 'none@none.com', '0000000000');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: signs, maxLength: 40 }), fc.string({ unit: 'binary' })), (cell) => {
        const email = normalizeEmail(cell);
        if (email !== null) expect(emailsInCell(cell)).toEqual({ addresses: [email], hasUnreadable: false });
        const phone = normalizePhone(cell, '+1');
        if (phone !== null) expect(phonesInCell(cell, '+1')).toEqual({ addresses: [phone], hasUnreadable: false });
        for (const each of addressesInCell(cell, '+1').addresses) {
          expect(addressesInCell(each, '+49')).toEqual({ addresses: [each], hasUnreadable: false });
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it.each(['a,', 'a@b.co, ', ';', 'a;', '"a" <', '1,', '2025550101,', 'a@b,', '\n1'])(
    'takes as long as the cell is, and no longer, with many times %j',
    (unit) => {
      const work = (length: number) => {
        const cell = unit.repeat(Math.floor(length / unit.length));
        for (const values of [emailsInCell(cell), phonesInCell(cell, '+1')]) expect(values.addresses.length).toBeLessThan(50);
      };
      expect(growthOf(work, 99)).toBeLessThan(40);
    },
  );
});
