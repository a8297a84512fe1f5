import { CSV_TEXTS } from './csv.texts';

const ARGUMENTS: Record<string, unknown[]> = {
  noRows: [3],
  noSuchLine: [7],
  surplusDropped: [5, 4],
  surplusJoined: [5, 4],
  wrongBytes: [2],
  wrongBytesInAll: [2],
  columnTwice: ['Phone'],
  columnWithoutName: [2],
  takenForHeader: [3],
  passedOver: [3],
  unknownEncoding: [['utf-8', 'gbk']],
  otherEncoding: ['utf-16le'],
};

describe('what a client is told of any file', () => {
  it('is this', () => {
    const said = Object.entries(CSV_TEXTS).map(([name, text]) => [
      name,
      typeof text !== 'function' ? text : (text as (...args: unknown[]) => string)(...ARGUMENTS[name]!),
    ]);
    expect(CSV_TEXTS.wrongBytes(1)).toBe('has a byte that is no UTF-8, and was read as Windows-1252');
    expect(Object.fromEntries(said)).toEqual({
      empty: 'line 1: the file is empty',
      noRows: 'line 3: there are no rows after the header',
      noSuchLine: 'no row of the first megabytes begins on line 7',
      surplusDropped: 'has 5 cells and the header has 4: those that are left over are not kept',
      surplusJoined: 'has 5 cells and the header has 4: the last ones are taken as one',
      wrongBytes: 'has 2 bytes that are no UTF-8, and were read as Windows-1252',
      fileEnds: 'is ended here by a mark of DOS (0x1A): what comes after it is not read',
      columnWithoutName: 'Column 2',
      passedOver: 'what stands above line 3 is passed over: it holds no phone number and no e-mail address',
      takenForHeader: 'line 3 is taken for the header, though no word of it is known',
      unknownColumn: 'is not a column of the file, by name or by number',
      columnTwice: 'is the column "Phone", which is mapped already',
      unknownEncoding: 'must be one of utf-8, gbk',
      otherEncoding: 'must be utf-16le, as the start of the file shows, or left out',
      mappingIsNoJson: 'is not valid JSON',
      mappingIsNoObject: 'must be a JSON object of columns (names or numbers) and fields',
      mappingIsIllFormed: 'holds half of a surrogate pair, which is no character',
      brokeOff: 'the upload broke off',
      incomplete: 'the upload is incomplete, or is not multipart/form-data',
      missing: 'is missing: send the CSV as multipart/form-data, in the field file',
      tooManyParts: 'is sent with too many fields or files: send one file, in the field file, and few fields beside it',
      secondFile: 'is not a known file: send one file, in the field file',
      repeatedField: 'is given twice',
      encodingBy: {
        mark: 'the file begins with the mark of it',
        zeros: 'every other byte is zero',
        ascii: 'the file has nothing beyond ASCII',
        sequences: 'its characters beyond ASCII are written so',
        words: 'it is not UTF-8, and its words make most sense so',
        named: 'the field encoding says so',
      },
      wrongBytesInAll: '2 bytes are no UTF-8 and are read as Windows-1252',
      delimiterBy: {
        'sep line': 'the first line says so',
        records: 'it divides the first rows alike',
        'one column': 'no other character divides the rows',
      },
      quotesBy: {
        spaced: 'there are spaces around quotes in the first rows',
        backslash: 'quotes in cells have a backslash before them in the first rows',
      },
      headerBy: {
        named: 'the field headerLine says so',
        first: 'it is the first row',
        search: 'it is the first row that has a column for phones or e-mails',
        cells: 'no name of a column is known, and the rows below it hold phones or e-mails',
        none: 'the first row holds a phone number or an e-mail address itself, so the file has no header',
      },
      waitsForOthers: 'Other imports of the workspace are running',
    });
  });
});
