import { columnsNamed, headerOf, plainName, surplusProblem } from './csv-columns';

const rules = { isTarget: (to: string) => to === 'email', unknownTarget: 'must be null or email', mark: 'mark' };

describe('a header', () => {
  it('is taken without spaces around names', () => {
    expect(headerOf([' Email ', 'x'], { x: null, Email: 'email' }, rules)).toEqual({
      names: ['Email', 'x'],
      ours: false,
      reportColumns: 0,
    });
  });

  it('is refused with a column of which there are two, and a mapping that names none, or goes nowhere', () => {
    expect(headerOf(['a', 'a'], { b: 'email', a: 'phone' }, rules)).toEqual({
      problems: [
        { field: 'mapping.b', message: 'is not a column of the file' },
        { field: 'mapping.a', message: 'must be null or email' },
        { field: 'file', message: 'line 1: two columns are called "a"' },
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

it('takes blank cells beyond the header, and no others', () => {
  const columns = { names: ['a', 'b'], ours: false };
  expect(surplusProblem(['1', '2', ' ', ''], columns)).toBeNull();
  expect(surplusProblem(['1', '2', '3'], columns)).toBe('it has 3 cells and the header has 2');
});
