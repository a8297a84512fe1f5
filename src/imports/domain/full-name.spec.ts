import { splitName } from './full-name';

describe('a whole name', () => {
  it.each([
    ['Ada Byron', 'Ada', 'Byron'],
    ['  Ada \t Byron ', 'Ada', 'Byron'],
    ['Augusta Ada Byron', 'Augusta', 'Ada Byron'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['Byron, Ada', 'Ada', 'Byron'],
    ['van Beethoven , Ludwig', 'Ludwig', 'van Beethoven'],
    ['Byron,', 'Byron', null],
    [', Ada', 'Ada', null],
    ['Dr. Ada Byron', 'Ada', 'Byron'],
    ['Frau Prof. Dr. Ada Byron', 'Ada', 'Byron'],
    ['Dr', 'Dr', null],
    ['Drew Barry', 'Drew', 'Barry'],
    ['Cher', 'Cher', null],
    ['山田太郎', '山田太郎', null],
    ['', null, null],
    ['   ', null, null],
  ])('"%s": %s, %s', (name, firstName, lastName) => expect(splitName(name)).toEqual({ firstName, lastName }));
});
