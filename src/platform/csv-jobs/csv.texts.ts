/** What a client is told of a file, whatever it is about. `csv.texts.spec.ts` lists all of it. */
export const CSV_TEXTS = {
  empty: 'line 1: the file is empty',
  noRows: (line: number) => `line ${line}: there are no rows after the header`,
  repeatedColumn: (name: string) => `line 1: two columns are called "${name}"`,
  tooManyCells: (cells: number, columns: number) => `it has ${cells} cells and the header has ${columns}`,
  unknownColumn: 'is not a column of the file',
  mappingIsNoJson: 'is not valid JSON',
  mappingIsNoObject: 'must be a JSON object of column names and fields',
  brokeOff: 'the upload broke off',
  incomplete: 'the upload is incomplete, or is not multipart/form-data',
  missing: 'is missing: send the CSV as multipart/form-data, in the field file',
  secondFile: 'is not a known file: send one file, in the field file',
  repeatedField: 'is given twice',
  waitsForOthers: 'Other imports of the workspace are running',
} as const;
