import { CSV_TEXTS } from './csv.texts';

const ARGUMENTS: Record<string, unknown[]> = { noRows: [3], repeatedColumn: ['Phone'], tooManyCells: [5, 4] };

describe('what a client is told of any file', () => {
  it('is this', () => {
    const said = Object.entries(CSV_TEXTS).map(([name, text]) => [
      name,
      typeof text === 'string' ? text : (text as (...args: unknown[]) => string)(...ARGUMENTS[name]!),
    ]);
    expect(Object.fromEntries(said)).toEqual({
      empty: 'line 1: the file is empty',
      noRows: 'line 3: there are no rows after the header',
      repeatedColumn: 'line 1: two columns are called "Phone"',
      tooManyCells: 'it has 5 cells and the header has 4',
      unknownColumn: 'is not a column of the file',
      mappingIsNoJson: 'is not valid JSON',
      mappingIsNoObject: 'must be a JSON object of column names and fields',
      brokeOff: 'the upload broke off',
      incomplete: 'the upload is incomplete, or is not multipart/form-data',
      missing: 'is missing: send the CSV as multipart/form-data, in the field file',
      secondFile: 'is not a known file: send one file, in the field file',
      repeatedField: 'is given twice',
      waitsForOthers: 'Other imports of the workspace are running',
    });
  });
});
