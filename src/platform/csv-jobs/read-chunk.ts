import type { Readable } from 'node:stream';
import { BrokenCsv, type CsvPlace, readRecords } from '#libs/spreadsheet-csv';
import { MAX_COLUMNS, MAX_RECORD_BYTES } from './csv-limits';
import type { RejectedRow } from './import-files';

const CHUNK_BYTES = 4 * 1024 * 1024;

export type CsvRow = Omit<RejectedRow, 'reason'>;

/** The rows of a chunk, where the next begins, and whether it is the last. */
export interface CsvChunk {
  rows: CsvRow[];
  place: CsvPlace;
  record: number;
  end: 'more' | 'done' | BrokenCsv;
}

/** How far a file was read, and how it is written. */
export interface ReadingPlace {
  /** In bytes, as stored. */
  size: number;
  encoding: 'utf-8' | 'windows-1252';
  delimiter: string;
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
  const { encoding, delimiter, place, size } = from;
  const chunk: CsvChunk = { rows: [], place, record: from.record, end: 'done' };
  if (place.offset >= size) return chunk;
  const dialect = { delimiter, encoding, maxRecordBytes: MAX_RECORD_BYTES, maxColumns: MAX_COLUMNS };
  try {
    for await (const { cells, line, next } of readRecords(open(place.offset), dialect, place)) {
      chunk.record += 1;
      chunk.place = next;
      if (!isBlank(cells)) chunk.rows.push({ row: chunk.record, line, cells });
      if (chunk.rows.length >= maxRows || next.offset - place.offset >= CHUNK_BYTES) {
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
