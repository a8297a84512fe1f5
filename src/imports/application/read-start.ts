import { Readable } from 'node:stream';
import {
  BrokenCsv,
  type CsvPlace,
  type CsvRecord,
  type Dialect,
  readRecords,
  sniffDelimiter,
  START,
} from '#libs/spreadsheet-csv';
import { isBlank, MAX_COLUMNS, MAX_RECORD_BYTES, type StoredFile } from '../../platform/csv-jobs';
import { ValidationFailed } from '../../platform/errors';
import { type Columns, columnsOf, type Mapping } from '../domain/columns';
import { IMPORT_TEXTS } from '../domain/imports.texts';

/** What the first bytes of a file say. */
export interface FileStart {
  dialect: Dialect;
  columns: Columns;
  /** Where the record after the header begins. */
  place: CsvPlace;
  /** The first rows. */
  rows: { row: number; line: number; cells: string[] }[];
}

/**
 * Reads the header and the first rows.
 * @param maxRows how many rows to read
 * @throws ValidationFailed naming the line where the file is empty, is not text or not CSV, or has no column
 * with addresses
 */
export async function readStart(
  file: Pick<StoredFile, 'start' | 'size' | 'encoding'>,
  mapping: Mapping,
  maxRows: number,
): Promise<FileStart> {
  const dialect: Dialect = {
    delimiter: sniffDelimiter(file.start.toString('utf8').replace(/^\ufeff/, '')),
    encoding: file.encoding === 'windows-1252' ? 'windows-1252' : 'utf-8',
    maxRecordBytes: MAX_RECORD_BYTES,
    maxColumns: MAX_COLUMNS,
  };
  const whole = file.start.length >= file.size;
  let header: CsvRecord | undefined;
  let columns: Columns | undefined;
  const rows: FileStart['rows'] = [];
  let row = 0;
  try {
    for await (const record of readRecords(Readable.from([file.start]), dialect, START)) {
      if (!header) {
        if (isBlank(record.cells)) continue;
        const found = columnsOf(record.cells, mapping);
        if ('problems' in found) throw new ValidationFailed(found.problems);
        header = record;
        columns = found.columns;
        continue;
      }
      row += 1;
      if (!isBlank(record.cells)) rows.push({ row, line: record.line, cells: record.cells });
      if (rows.length >= maxRows) break;
    }
  } catch (error) {
    // The bytes at hand may end in the middle of a record; only what is wrong before that is wrong with the
    // file.
    if (!(error instanceof BrokenCsv)) throw error;
    if (whole || !header || rows.length === 0) throw new ValidationFailed([{ field: 'file', message: error.message }]);
  }
  if (!header || !columns) throw new ValidationFailed([{ field: 'file', message: IMPORT_TEXTS.empty }]);
  if (rows.length === 0 && whole) throw new ValidationFailed([{ field: 'file', message: IMPORT_TEXTS.noRows(header.next.line) }]);
  return { dialect, columns, place: header.next, rows };
}
