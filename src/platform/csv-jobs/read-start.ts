import { Readable } from 'node:stream';
import { BrokenCsv, type CsvRecord, type Dialect, readRecords, sniffDelimiter, START } from '#libs/spreadsheet-csv';
import { type ErrorDetail, ValidationFailed } from '../errors';
import { CSV_TEXTS } from './csv.texts';
import type { CsvColumns } from './csv-columns';
import type { FileStart } from './csv-import';
import { MAX_COLUMNS, MAX_RECORD_BYTES } from './csv-limits';
import type { StoredFile } from './import-files';
import { isBlank } from './read-chunk';

/**
 * Reads the header and the first rows.
 * @param columnsOf says where each column of the header goes, or what is wrong with it
 * @param maxRows how many rows to read
 * @throws ValidationFailed naming the line where the file is empty, is not text or not CSV, or has a header
 * that `columnsOf` refuses
 */
export async function readStart<C extends CsvColumns>(
  file: Pick<StoredFile, 'start' | 'size' | 'encoding'>,
  columnsOf: (header: readonly string[]) => { columns: C } | { problems: ErrorDetail[] },
  maxRows: number,
): Promise<FileStart<C>> {
  const dialect: Dialect = {
    delimiter: sniffDelimiter(file.start.toString('utf8').replace(/^\ufeff/, '')),
    encoding: file.encoding === 'windows-1252' ? 'windows-1252' : 'utf-8',
    maxRecordBytes: MAX_RECORD_BYTES,
    maxColumns: MAX_COLUMNS,
  };
  const whole = file.start.length >= file.size;
  let header: CsvRecord | undefined;
  let columns: C | undefined;
  const rows: FileStart['rows'] = [];
  let row = 0;
  try {
    for await (const record of readRecords(Readable.from([file.start]), dialect, START)) {
      if (!header) {
        if (isBlank(record.cells)) continue;
        const found = columnsOf(record.cells);
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
  if (!header || !columns) throw new ValidationFailed([{ field: 'file', message: CSV_TEXTS.empty }]);
  if (rows.length === 0 && whole) throw new ValidationFailed([{ field: 'file', message: CSV_TEXTS.noRows(header.next.line) }]);
  return { dialect, columns, place: header.next, rows };
}
