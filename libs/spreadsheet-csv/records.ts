import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { latin1ToWindows1252 } from './encoding';

/** A place between two records of a file. */
export interface CsvPlace {
  /** In bytes from the start of the file. */
  offset: number;
  /** From 1. */
  line: number;
}

export const START: CsvPlace = { offset: 0, line: 1 };

export interface CsvRecord {
  cells: string[];
  /** The line that the record begins on, from 1. */
  line: number;
  /** Where the next record begins. */
  next: CsvPlace;
}

export interface Dialect {
  delimiter: string;
  /** Files in UTF-16 have to be turned into UTF-8 before. */
  encoding: 'utf-8' | 'windows-1252';
  /** A record of more bytes is taken for a quote that was never closed. */
  maxRecordBytes: number;
  maxColumns: number;
}

/** The file is no CSV from here on. */
export class BrokenCsv extends Error {
  constructor(
    readonly line: number,
    readonly why: string,
  ) {
    super(`line ${line}: ${why}`);
  }
}

/** Parsed in one go: a few milliseconds. */
const PIECE_BYTES = 64 * 1024;

const WORDS: Record<string, string> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_MAX_RECORD_SIZE: 'the record is too long; maybe a quote is opened and never closed',
};

/** The parser counts CRLF inside quotes twice. */
const lineBreaksIn = (cells: string[]): number =>
  cells.reduce((sum, cell) => sum + (/[\r\n]/.test(cell) ? cell.match(/\r\n|\n|\r/g)!.length : 0), 0);

/**
 * Reads records from `place` on, as lenient as spreadsheets are: quotes inside plain cells, rows that are too
 * short or too long.
 * @param bytes the file from `place.offset` on
 * @throws BrokenCsv with the line
 */
export async function* readRecords(bytes: Readable, dialect: Dialect, place: CsvPlace): AsyncGenerator<CsvRecord> {
  const latin1 = dialect.encoding === 'windows-1252';
  // Records are taken as they are found: those before a broken one would be lost with the stream that breaks.
  const found: { cells: string[]; bytes: number }[] = [];
  const parser = parse({
    delimiter: dialect.delimiter,
    encoding: latin1 ? 'latin1' : 'utf8',
    bom: place.offset === 0 && !latin1,
    relax_quotes: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: dialect.maxRecordBytes,
    on_record: (cells: string[], { bytes: upTo }) => {
      found.push({ cells, bytes: upTo });
      return null;
    },
  });
  let broken: Error | undefined;
  parser.on('error', (error) => (broken = error));
  const closed = new Promise<void>((done) => parser.once('close', done));
  let { line } = place;
  const take = function* (): Generator<CsvRecord> {
    for (const { cells: read, bytes: upTo } of found.splice(0)) {
      const cells = latin1 ? read.map(latin1ToWindows1252) : read;
      if (cells.length > dialect.maxColumns)
        throw new BrokenCsv(line, `it has ${cells.length} columns; at most ${dialect.maxColumns} are read`);
      if (cells.some((cell) => cell.includes('\0'))) throw new BrokenCsv(line, 'it has a NUL character; is this a text file?');
      const next = { offset: place.offset + upTo, line: line + 1 + lineBreaksIn(cells) };
      yield { cells, line, next };
      line = next.line;
    }
    if (broken) throw new BrokenCsv(line, broken instanceof CsvError ? (WORDS[broken.code] ?? broken.message) : broken.message);
  };
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        await new Promise<void>((done) => parser.write(chunk.subarray(from, from + PIECE_BYTES), () => done()));
        yield* take();
      }
    }
    parser.resume();
    parser.end();
    await closed;
    yield* take();
  } finally {
    parser.destroy();
    bytes.destroy();
  }
}
