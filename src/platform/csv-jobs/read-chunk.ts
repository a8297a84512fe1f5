import type { Readable } from 'node:stream';
import { BrokenCsv, type CsvPlace, type Quotes, type ReadAs, readRecords } from '#libs/spreadsheet-csv';
import { Slices } from '../event-loop';
import { CSV_TEXTS } from './csv.texts';
import { MAX_COLUMNS, MAX_RECORD_BYTES } from './csv-limits';
import type { ImportWarning, RowPlace } from './import-reports';

const CHUNK_BYTES = 4 * 1024 * 1024;
/** Records of a chunk, for each row that it may have: blank lines take their time as well. */
const RECORDS_A_ROW = 20;

export interface CsvRow extends RowPlace {
  cells: string[];
  /** Bytes of it that are no UTF-8 in a file in UTF-8, and were read as Windows-1252. */
  wrongBytes?: number;
}

/** The rows of a chunk, where the next begins, and whether it is the last. */
export interface CsvChunk {
  rows: CsvRow[];
  /** About the file, not about a row. */
  warnings: ImportWarning[];
  place: CsvPlace;
  record: number;
  end: 'more' | 'done' | BrokenCsv;
}

/** How far a file was read, and how it is written. */
export interface ReadingPlace {
  /** In bytes, as stored. */
  size: number;
  encoding: ReadAs;
  delimiter: string;
  /** Absent from files that an earlier version took in. */
  quotes?: Quotes;
  /** Where the next record begins. */
  place: CsvPlace;
  /** Records after the header that were read, blank ones included. */
  record: number;
}

/** A row whose cells are all empty or spaces: neither saved nor counted. */
export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/**
 * Reads the next rows of a file.
 * @param open opens the file at a byte
 * @returns at most `maxRows` rows that are not blank, of about 4 MB
 */
export async function readChunk(from: ReadingPlace, maxRows: number, open: (offset: number) => Readable): Promise<CsvChunk> {
  const { place, size } = from;
  const chunk: CsvChunk = { rows: [], warnings: [], place, record: from.record, end: 'done' };
  if (place.offset >= size) return chunk;
  const mostRecords = from.record + maxRows * RECORDS_A_ROW;
  const slices = new Slices();
  try {
    for await (const { cells, line, next, wrongBytes, endsFile } of readRecords(open(place.offset), dialectOf(from), place)) {
      chunk.record += 1;
      chunk.place = next;
      if (endsFile && next.offset < size) chunk.warnings.push(fileEnds(chunk.record, line));
      if (!isBlank(cells)) chunk.rows.push({ row: chunk.record, line, cells, ...(wrongBytes > 0 && { wrongBytes }) });
      if (slices.isOver) await slices.next();
      if (chunk.rows.length >= maxRows || chunk.record >= mostRecords || next.offset - place.offset >= CHUNK_BYTES) {
        chunk.end = next.offset >= size ? 'done' : 'more';
        break;
      }
    }
  } catch (error) {
    if (!(error instanceof BrokenCsv)) throw error;
    chunk.end = error;
  }
  return chunk;
}

const PLAIN: Quotes = { spaced: false, backslash: false };

const dialectOf = ({ delimiter, quotes = PLAIN, encoding }: ReadingPlace) => ({
  ...{ delimiter, quotes, readAs: encoding },
  ...{ maxRecordBytes: MAX_RECORD_BYTES, maxColumns: MAX_COLUMNS },
});

const fileEnds = (row: number, line: number): ImportWarning => ({
  ...{ row, line, field: 'file', message: CSV_TEXTS.fileEnds },
  ...{ text: '', about: [] },
});

const IS_ASCII = /^\p{ASCII}*$/u;

/** What is to be told of a row, whatever it is about. */
export const warningsOfReading = ({ cells, wrongBytes }: CsvRow): Pick<ImportWarning, 'field' | 'message' | 'text'>[] =>
  wrongBytes
    ? [{ field: 'row', message: CSV_TEXTS.wrongBytes(wrongBytes), text: cells.filter((cell) => !IS_ASCII.test(cell)).join(', ') }]
    : [];
