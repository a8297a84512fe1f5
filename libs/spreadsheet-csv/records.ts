import type { Readable } from 'node:stream';
import { type Dialect, type Flaw, RecordScanner, type ScannedRecord } from './record-scanner';

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
  /** Bytes of it that are no UTF-8, and were read as Windows-1252. */
  wrongBytes: number;
  /** It is the mark by which DOS ends a file: nothing is read after it. */
  endsFile?: true;
}

export interface ReadingDialect extends Omit<Dialect, 'maxCells'> {
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

const FLAWS: Record<Flaw, string> = {
  quote: 'a quote is opened and never closed',
  length: 'the record is too long; maybe a quote is opened and never closed',
};

/** Looked through in one go: a few milliseconds. */
const PIECE_BYTES = 64 * 1024;
const UTF8_MARK = Buffer.from('\ufeff');
/** How DOS and CP/M end a text: with this, and with whatever fills the last block of the disk. */
const END_OF_FILE = '\x1a';
const FILLING = new Set([END_OF_FILE, '\0']);

/**
 * Reads records from `place` on. A mark at the start of the file is passed over.
 * @param bytes the file from `place.offset` on
 * @throws BrokenCsv with the line
 */
export async function* readRecords(bytes: Readable, dialect: ReadingDialect, place: CsvPlace): AsyncGenerator<CsvRecord> {
  const reader = new RecordReader(dialect, place);
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
        for (const record of reader.take(chunk.subarray(from, from + PIECE_BYTES), 'more')) {
          yield record;
          if (record.endsFile) return;
        }
      }
    }
    yield* reader.take(Buffer.alloc(0), 'nothing');
  } finally {
    bytes.destroy();
  }
}

/** Reads records of bytes that come in pieces. */
class RecordReader {
  private readonly scanner: RecordScanner;
  /** What no record has been made of yet. */
  private rest: Buffer = Buffer.alloc(0);
  /** Where that begins. */
  private offset: number;
  private line: number;

  constructor(
    private readonly dialect: ReadingDialect,
    place: CsvPlace,
  ) {
    this.scanner = new RecordScanner({ ...dialect, maxCells: dialect.maxColumns });
    ({ offset: this.offset, line: this.line } = place);
  }

  /** The records that are whole with this piece. @throws BrokenCsv with the line */
  *take(piece: Buffer, comes: 'more' | 'nothing'): Generator<CsvRecord> {
    const isWhole = comes === 'nothing';
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, piece]) : piece;
    const base = this.offset;
    let at = 0;
    if (base === 0 && bytes.length < UTF8_MARK.length && !isWhole) return void (this.rest = Buffer.from(bytes));
    if (base === 0 && bytes.subarray(0, UTF8_MARK.length).equals(UTF8_MARK)) at = UTF8_MARK.length;
    for (;;) {
      const scanned = this.scanner.scan(bytes, at, isWhole);
      if (scanned === null || scanned === 'incomplete') break;
      if (typeof scanned === 'string') throw new BrokenCsv(this.line, FLAWS[scanned]);
      at = scanned.end;
      const isLast = isWhole && at >= bytes.length;
      const record = this.checked(isLast ? withoutEndOfFile(scanned) : scanned, base);
      this.line = record.next.line;
      yield record;
    }
    this.rest = Buffer.from(bytes.subarray(at));
    this.offset = base + at;
  }

  /** @throws BrokenCsv */
  private checked({ cells, width, end, lineBreaks, wrongBytes }: ScannedRecord, base: number): CsvRecord {
    const { line } = this;
    const { maxColumns } = this.dialect;
    const next = { offset: base + end, line: line + 1 + lineBreaks };
    if (cells.length === 1 && isEndOfFile(cells[0]!)) return { cells: [''], line, next, wrongBytes: 0, endsFile: true };
    if (width > maxColumns) throw new BrokenCsv(line, `it has ${width} columns; at most ${maxColumns} are read`);
    if (cells.some((cell) => cell.includes('\0'))) throw new BrokenCsv(line, 'it has a NUL character; is this a text file?');
    return { cells, line, next, wrongBytes };
  }
}

const isEndOfFile = (text: string): boolean =>
  text.startsWith(END_OF_FILE) && [...text].every((character) => FILLING.has(character) || character.trim() === '');

/** How many characters at the end are the mark, and what fills the block behind it. */
function fillingOf(text: string): number {
  let length = 0;
  while (FILLING.has(text.at(-1 - length) ?? '')) length += 1;
  return text.slice(text.length - length).includes(END_OF_FILE) ? length : 0;
}

/** The mark may stand right behind the last cell. */
function withoutEndOfFile(record: ScannedRecord): ScannedRecord {
  const { cells } = record;
  const last = cells.at(-1)!;
  if (cells.length === 1 && isEndOfFile(last)) return record;
  return { ...record, cells: [...cells.slice(0, -1), last.slice(0, last.length - fillingOf(last))] };
}
