/** What a client is told of a file, whatever it is about. `csv.texts.spec.ts` lists all of it. */
export const CSV_TEXTS = {
  empty: 'line 1: the file is empty',
  noRows: (line: number) => `line ${line}: there are no rows after the header`,
  noSuchLine: (line: number) => `no row of the first megabytes begins on line ${line}`,
  surplusDropped: (cells: number, columns: number) =>
    `has ${cells} cells and the header has ${columns}: those that are left over are not kept`,
  surplusJoined: (cells: number, columns: number) =>
    `has ${cells} cells and the header has ${columns}: the last ones are taken as one`,
  wrongBytes: (bytes: number) =>
    bytes === 1
      ? 'has a byte that is no UTF-8, and was read as Windows-1252'
      : `has ${bytes} bytes that are no UTF-8, and were read as Windows-1252`,
  fileEnds: 'is ended here by a mark of DOS (0x1A): what comes after it is not read',
  /** In place of the name of a column, in a file without a header. */
  columnWithoutName: (number: number) => `Column ${number}`,
  passedOver: (line: number) => `what stands above line ${line} is passed over: it holds no phone number and no e-mail address`,
  takenForHeader: (line: number) => `line ${line} is taken for the header, though no word of it is known`,
  unknownColumn: 'is not a column of the file, by name or by number',
  columnTwice: (name: string) => `is the column "${name}", which is mapped already`,
  unknownEncoding: (encodings: readonly string[]) => `must be one of ${encodings.join(', ')}`,
  otherEncoding: (encoding: string) => `must be ${encoding}, as the start of the file shows, or left out`,
  mappingIsNoJson: 'is not valid JSON',
  mappingIsNoObject: 'must be a JSON object of columns (names or numbers) and fields',
  mappingIsIllFormed: 'holds half of a surrogate pair, which is no character',
  brokeOff: 'the upload broke off',
  incomplete: 'the upload is incomplete, or is not multipart/form-data',
  missing: 'is missing: send the CSV as multipart/form-data, in the field file',
  tooManyParts: 'is sent with too many fields or files: send one file, in the field file, and few fields beside it',
  secondFile: 'is not a known file: send one file, in the field file',
  repeatedField: 'is given twice',
  /** Why a file is read so, in a dry run. */
  encodingBy: {
    mark: 'the file begins with the mark of it',
    zeros: 'every other byte is zero',
    ascii: 'the file has nothing beyond ASCII',
    sequences: 'its characters beyond ASCII are written so',
    words: 'it is not UTF-8, and its words make most sense so',
    named: 'the field encoding says so',
  },
  wrongBytesInAll: (bytes: number) => `${bytes} bytes are no UTF-8 and are read as Windows-1252`,
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
} as const;
