import { Readable } from 'node:stream';
import { BrokenCsv, type CsvRecord, dialectsOf, type FoundDialect, readRecords } from '#libs/spreadsheet-csv';
import { ValidationFailed } from '../errors';
import { Slices } from '../event-loop';
import { CSV_TEXTS } from './csv.texts';
import type { CsvColumns } from './csv-columns';
import type { FileStart } from './csv-import';
import { MAX_COLUMNS, MAX_RECORD_BYTES } from './csv-limits';
import { findByCells, findHeader, type HeaderSearch, MAX_HEADER_RECORDS, problemsOf } from './find-header';
import type { StoredFile } from './import-files';
import { isBlank } from './read-chunk';

/**
 * Records that are looked at for a header and the first rows, behind the line that the caller names. A file
 * may hold a line for each of its bytes.
 */
const MAX_FIRST_RECORDS = 20_000;

/** The part of a stored file that its start is read from. */
export type FileBeginning = Pick<StoredFile, 'start' | 'size' | 'found'>;

/** The first records, blank ones included, and what stopped the reading. */
interface FirstRecords {
  records: CsvRecord[];
  broken: BrokenCsv | null;
  /** These are all that there are. */
  isWhole: boolean;
}

/**
 * Finds out how a file is written, where its header is, and reads that and the first rows.
 * @param maxRows how many rows to read
 * @throws ValidationFailed naming the line where the file is empty, is not text or not CSV, or has no header
 * that fits
 */
export async function readStart<C extends CsvColumns>(
  file: FileBeginning,
  search: HeaderSearch<C>,
  maxRows: number,
): Promise<FileStart<C>> {
  const dialects = dialectsOf(file.start);
  const readings: Reading<C>[] = [];
  let refused: ValidationFailed | undefined;
  for (const findHeaderBy of [findHeader, findByCells]) {
    for (const [index, dialect] of dialects.entries()) {
      try {
        const reading = (readings[index] ??= {
          dialect,
          first: await firstRecords(file, dialect, { search, maxRows }),
          search,
          maxRows,
        });
        return await startOf(file, reading, findHeaderBy);
      } catch (error) {
        if (!(error instanceof ValidationFailed)) throw error;
        // The likeliest way to read it says best what is wrong with it.
        refused ??= error;
      }
    }
  }
  throw refused!;
}

interface Reading<C extends CsvColumns> {
  dialect: FoundDialect;
  first: FirstRecords;
  search: HeaderSearch<C>;
  maxRows: number;
}

async function startOf<C extends CsvColumns>(
  file: FileBeginning,
  { dialect, first, search, maxRows }: Reading<C>,
  findHeaderBy: typeof findHeader,
): Promise<FileStart<C>> {
  const { records, broken, isWhole } = first;
  const filled = records.filter(({ cells }) => !isBlank(cells));
  if (filled.length === 0) throw refusal(broken?.message ?? CSV_TEXTS.empty);
  const header = await findHeaderBy(filled, search);
  if (!header) throw broken && isWhole ? refusal(broken.message) : new ValidationFailed(problemsOf(filled, search));
  const { record, columns, by } = header;
  const at = records.indexOf(record);
  const isRow = by === 'none';
  const rows = records
    .slice(isRow ? at : at + 1)
    .map(({ cells, line, wrongBytes }, index) => ({ row: index + 1, line, cells, wrongBytes }))
    .filter(({ cells }) => !isBlank(cells))
    .slice(0, maxRows);
  if (rows.length < maxRows && broken && (isWhole || rows.length === 0)) throw refusal(broken.message);
  if (rows.length === 0 && isWhole) throw refusal(CSV_TEXTS.noRows(record.next.line));
  const place = isRow ? (records[at - 1]?.next ?? dialect.start) : record.next;
  return { found: file.found, dialect, header: { line: isRow ? null : record.line, by }, columns, place, rows };
}

const refusal = (message: string): ValidationFailed => new ValidationFailed([{ field: 'file', message }]);

/** Reads as many records as the search for a header and the rows behind it may need. */
async function firstRecords<C extends CsvColumns>(
  { start, size, found }: FileBeginning,
  { delimiter, quotes, start: place }: FoundDialect,
  { search, maxRows }: { search: HeaderSearch<C>; maxRows: number },
): Promise<FirstRecords> {
  const dialect = { delimiter, quotes, readAs: found.readAs, maxRecordBytes: MAX_RECORD_BYTES, maxColumns: MAX_COLUMNS };
  const records: CsvRecord[] = [];
  const isWhole = start.length >= size;
  const { headerLine = 0 } = search;
  let wanted = MAX_HEADER_RECORDS + maxRows;
  let looked = 0;
  const slices = new Slices();
  try {
    for await (const record of readRecords(Readable.from([start.subarray(place.offset)]), dialect, place)) {
      if (record.endsFile) return { records, broken: null, isWhole: true };
      records.push(record);
      if (slices.isOver) await slices.next();
      if (record.line <= headerLine) continue;
      looked += 1;
      if (!isBlank(record.cells)) wanted -= 1;
      if (wanted === 0 || looked === MAX_FIRST_RECORDS) return { records, broken: null, isWhole: false };
    }
  } catch (error) {
    // The bytes at hand may end in the middle of a record; only what is wrong before that is wrong with the
    // file.
    if (!(error instanceof BrokenCsv)) throw error;
    return { records, broken: error, isWhole };
  }
  return { records, broken: null, isWhole };
}
