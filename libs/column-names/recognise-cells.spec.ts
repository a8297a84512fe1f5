import { recogniseCells } from './recognise-cells';

const heldBy = (cells: readonly string[], name?: string) =>
  recogniseCells({ rows: cells.map((cell) => [cell]), names: name === undefined ? [] : [name] })[0];

describe('a column of a file without a header', () => {
  it.each([
    ['addresses', 'email', ['ada@example.com', 'bob@example.org']],
    ['mail links', 'email', ['mailto:ada@example.com', '<bob@example.org>']],
    ['addresses beyond ASCII', 'email', ['jürgen@bücher.example', 'ann@例え.テスト']],
    ['one in five of which is something else', 'email', ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'none']],
    ['international numbers', 'phone', ['+1 202 555 0101', '+44 20 7946 0018', '+4915112345678']],
    ['numbers with 00', 'phone', ['0049 151 12345678', '0033612345678']],
    ['national numbers with a trunk 0', 'phone', ['030 1234567', '0151/12345678', '(0911) 123456']],
    ['North American numbers', 'phone', ['(202) 555-0101', '202-555-0102', '202.555.0103', '202 555 0104']],
    ['bare digits', 'phone', ['2025550101', '12025550102', '696995200']],
    ['tel links', 'phone', ['tel:+12025550101', 'tel:+12025550102']],
    ['social security numbers', null, ['078-05-1120', '219-09-9999']],
    ['postcodes', null, ['02139-1234', '90210-5678']],
    ['dates', null, ['2026-11-29', '29.11.2026', '11/29/2026']],
    ['times', null, ['2026-11-29 10:15:00', '2026-11-30 11:00:00']],
    ['coordinates', null, ['45.4641943', '-95.0518241']],
    ['addresses of the Internet', null, ['192.168.100.200', '192.168.100.201']],
    ['amounts', null, ['1,250,000.00', '3,000,000.00']],
    ['cards', null, ['4111 1111 1111 1111', '5500 0000 0000 0004']],
    ['file numbers', null, ['08.5.202320.155', '02.7.198812.004']],
    ['padded ids', null, ['000001234567', '000001234568']],
    ['timestamps', null, ['1732870931000', '1732870932000']],
    ['words', null, ['Ada', 'Bob']],
    ['one in two of which is an address', null, ['a@x.example', 'none']],
    ['megabytes', null, [`ada@example.com${'.'.repeat(1_000_000)}`, `+1${' '.repeat(1_000_000)}2025550101`]],
    ['nothing', null, ['', ' ']],
  ] as const)('of %s holds %s', (_what, holds, cells) => expect(heldBy(cells)).toBe(holds));

  it.each([
    [
      'before the first contact',
      [
        ['Ada Byron', '+12025550101'],
        ['Bob Example', '+12025550102'],
      ],
      ['fullName', 'phone'],
    ],
    [
      'behind it',
      [
        ['+12025550101', 'Boston'],
        ['+12025550102', 'Newton'],
      ],
      ['phone', null],
    ],
    [
      'two of them',
      [
        ['Ada', 'Byron', 'a@x.example'],
        ['Bob', 'Example', 'b@x.example'],
      ],
      [null, null, 'email'],
    ],
    [
      'the same ones again and again',
      [
        ['VIP', 'a@x.example'],
        ['VIP', 'b@x.example'],
      ],
      [null, 'email'],
    ],
    [
      'with digits',
      [
        ['Room 12', 'a@x.example'],
        ['Room 14', 'b@x.example'],
      ],
      [null, 'email'],
    ],
  ])('takes words for names: %s', (_what, rows, kinds) => expect(recogniseCells({ rows, names: [] })).toEqual(kinds));
});

describe('a column whose name says nothing', () => {
  it.each([
    ['电话', 'phone', ['+86 138 1234 5678', '+86 139 1234 5678']],
    ['邮箱', 'email', ['ann@example.com']],
    ['Büro', 'phone', ['+49 30 123456', '030 123457']],
    ['Whereabouts', 'email', ['ann@example.com', 'bob@example.com']],
    ['Order', null, ['2025550101', '2025550102']],
    ['Lead Owner', null, ['ann@example.com']],
    ['Assistant', null, ['+12025550101']],
    ['Fax', null, ['+12025550101']],
  ])('%s holds %s', (name, holds, cells) => expect(heldBy(cells, name)).toBe(holds));

  it('is never one of names', () => {
    expect(recogniseCells({ rows: [['Ada Byron', 'a@x.example']], names: ['姓名', '邮箱'] })).toEqual([null, 'email']);
  });
});
