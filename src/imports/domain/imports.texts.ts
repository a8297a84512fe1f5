import { UPLOAD_TEXTS } from '../../platform/csv-jobs/upload.texts';

/** What a client is told of a file that it uploads. `imports.texts.spec.ts` lists all of it. */
export const IMPORT_TEXTS = {
  empty: 'line 1: the file is empty',
  noRows: (line: number) => `line ${line}: there are no rows after the header`,
  noContactColumn: 'line 1: no column holds phone numbers or e-mail addresses; name one in mapping, such as {"Contact": "phone"}',
  repeatedColumn: (name: string) => `line 1: two columns are called "${name}"`,
  tooManyCells: (cells: number, columns: number) => `it has ${cells} cells and the header has ${columns}`,
  unknownColumn: 'is not a column of the file',
  unknownTarget: (columns: readonly string[]) => `must be null, customFields.<key>, or one of ${columns.join(', ')}`,
  ...UPLOAD_TEXTS,
  otherList: "must be the campaign's list, or left out",
  waitsForOthers: 'Other imports of the workspace are running',
} as const;
