import { columnsNamed, fitted, headerOf, plainName } from './csv-columns';

const rules = { isTarget: (to: string) => to === 'email', unknownTarget: 'must be null or email', mark: 'mark' };

describe('a header', () => {
  it('is taken without spaces around names, with what the mapping says of each', () => {
    expect(headerOf([' Email ', 'x', 'y'], { x: null, Email: 'email' }, rules)).toEqual({
      names: ['Email', 'x', 'y'],
      ours: false,
      reportColumns: 0,
      mapped: ['email', null, undefined],
    });
  });

  it('may be mapped by the numbers of its columns, where none has that name', () => {
    expect(headerOf(['a', 'a', '1'], { 2: 'email', 1: null }, rules)).toMatchObject({ mapped: [undefined, 'email', null] });
  });

  it.each([
    [
      ['Phone', 'Phone'],
      ['Phone', 'Phone (2)'],
    ],
    [
      ['a', 'b', 'a', 'a'],
      ['a', 'b', 'a (2)', 'a (3)'],
    ],
    [
      ['a', 'a (2)', 'a'],
      ['a', 'a (2)', 'a (3)'],
    ],
    [
      ['a', 'a', 'a (2)'],
      ['a', 'a (3)', 'a (2)'],
    ],
    [
      ['a (2)', 'a (2)'],
      ['a (2)', 'a (2) (2)'],
    ],
    [
      ['', 'a', ' ', 'a '],
      ['', 'a', '', 'a (2)'],
    ],
    [
      ['A', 'a'],
      ['A', 'a'],
    ],
  ])('of %j has the names %j', (record, names) => {
    expect(headerOf(record, {}, rules)).toMatchObject({ names });
  });

  it('is refused with a mapping that names no column, or one twice, or goes nowhere', () => {
    expect(headerOf(['a', 'b'], { c: 'email', a: 'phone', 0: null, 3: null, b: 'email', 2: null }, rules)).toEqual({
      problems: [
        { field: 'mapping.0', message: 'is not a column of the file, by name or by number' },
        { field: 'mapping.3', message: 'is not a column of the file, by name or by number' },
        { field: 'mapping.c', message: 'is not a column of the file, by name or by number' },
        { field: 'mapping.a', message: 'must be null or email' },
        { field: 'mapping.b', message: 'is the column "b", which is mapped already' },
      ],
    });
  });

  it.each<[string[], number]>([
    [['row', 'line', 'reason', 'email', 'mark'], 3],
    [['row', 'line', 'tuco:reason', 'reason', 'mark'], 3],
    [['email', 'row', 'line', 'reason', 'mark'], 0],
    [['row', 'line', 'reason', 'email'], 0],
    [['reason', 'mark'], 0],
  ])('%j has %i columns of a list of rejected rows', (names, count) => {
    expect(headerOf(names, {}, rules)).toMatchObject({ reportColumns: count, ours: names.includes('mark') });
  });
});

it('finds columns in the order of the names that are known, without case, accents and punctuation', () => {
  const names = ['Télé-Phone', 'E-Mail', 'Mobile No', 'Phone'];
  expect(names.map(plainName)).toEqual(['telephone', 'email', 'mobileno', 'phone']);
  expect(columnsNamed(names, ['phone', 'telephone', 'email'], (index) => index !== 1)).toEqual([3, 0]);
});

describe('a row with more cells than the header', () => {
  const fit = (cells: string[], isText: boolean) => fitted(cells, { names: ['a', 'b'], delimiter: ';' }, () => isText);

  it.each([[['1', '2']], [['1', '2', ' ', '']], [['1']]])('is %j, where these are blank', (cells) => {
    expect(fit(cells, true)).toEqual({ cells, warning: null });
  });

  it.each<[string[], boolean, string[], string, string]>([
    [['1', '2', '3'], false, ['1', '2'], '3', 'has 3 cells and the header has 2: those that are left over are not kept'],
    [['1', '2', '', '4', ''], false, ['1', '2'], ';4', 'has 4 cells and the header has 2: those that are left over are not kept'],
    [
      ['1', 'tea', ' coffee'],
      true,
      ['1', 'tea; coffee'],
      'tea; coffee',
      'has 3 cells and the header has 2: the last ones are taken as one',
    ],
    [['1', '', '', 'x', ' '], true, ['1', ';;x'], ';;x', 'has 4 cells and the header has 2: the last ones are taken as one'],
    [['', '', 'x'], false, ['', ''], 'x', 'has 3 cells and the header has 2: those that are left over are not kept'],
  ])('%j, the last column holding text: %j', (row, isText, cells, text, message) => {
    expect(fit(row, isText)).toEqual({ cells, warning: { field: 'row', message, text } });
  });
});
