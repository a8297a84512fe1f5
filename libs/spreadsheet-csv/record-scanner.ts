import { isAscii, isUtf8 } from 'node:buffer';
import { latin1As, type ReadAs } from './encodings';
import { mended } from './utf8';

/** How cells with delimiters, quotes and line breaks in them are written, beside quotes that are doubled. */
export interface Quotes {
  /** Spaces may stand between a quote and the delimiter. */
  spaced: boolean;
  /** A quote within is written with a backslash before it. */
  backslash: boolean;
}

export interface Dialect {
  /** One character of ASCII. */
  delimiter: string;
  quotes: Quotes;
  readAs: ReadAs;
  /** A record of more bytes is taken for a quote that was never closed. */
  maxRecordBytes: number;
  /** So many cells of a record are kept; the others are counted. */
  maxCells: number;
}

/** A record, and the place behind it. */
export interface ScannedRecord {
  cells: string[];
  /** How many cells it has, those that are not kept among them. */
  width: number;
  end: number;
  /** In its cells. */
  lineBreaks: number;
  /** Bytes that are no UTF-8, and were read as Windows-1252. */
  wrongBytes: number;
}

/** Why a record cannot be read. */
export type Flaw = 'quote' | 'length';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;

/**
 * A cell as it stands in the bytes: from its content's first byte to behind its last, and where what follows
 * it is.
 */
interface Cell {
  from: number;
  to: number;
  next: number;
  hasEscapes: boolean;
}

/** More bytes are needed to know. */
type Incomplete = 'incomplete';

/** What was found of a record so far; places are counted from its start. */
interface Progress {
  cells: Omit<Cell, 'next'>[];
  width: number;
  /** Where the next cell begins. */
  from: number;
  lineBreaks: number;
}

const BEGINNING = (): Progress => ({ cells: [], width: 0, from: 0, lineBreaks: 0 });

/**
 * Finds records in bytes, as lenient as spreadsheets are: quotes inside plain cells, rows that are too short
 * or too long. A quote that is not closed where a cell can end makes it a plain cell.
 */
export class RecordScanner {
  private readonly delimiter: number;
  private lineBreaks = 0;
  private progress = BEGINNING();

  constructor(private readonly dialect: Dialect) {
    this.delimiter = dialect.delimiter.charCodeAt(0);
  }

  /**
   * Reads the record that begins at `at`.
   * @param isWhole nothing comes after these bytes
   * @returns `null` where there is none, `incomplete` where more bytes are needed, or what is wrong; after
   * `incomplete` it goes on with the same record, wherever that begins in the next bytes
   */
  scan(bytes: Buffer, at: number, isWhole: boolean): ScannedRecord | null | Incomplete | Flaw {
    if (at >= bytes.length) return isWhole ? null : 'incomplete';
    const { progress } = this;
    const { cells } = progress;
    let next: number;
    do {
      this.lineBreaks = progress.lineBreaks;
      const cell = this.cellAt(bytes, at + progress.from, isWhole);
      if (cell === 'incomplete' || cell === 'quote') {
        const isTooLong = bytes.length - at > this.dialect.maxRecordBytes;
        return isTooLong ? 'length' : cell;
      }
      ({ next } = cell);
      const end = bytes[next] === this.delimiter ? next : this.endOf(bytes, next, isWhole);
      if (end === 'incomplete') return end;
      const { from, to, hasEscapes } = cell;
      if (cells.length < this.dialect.maxCells) cells.push({ from: from - at, to: to - at, hasEscapes });
      progress.width += 1;
      progress.from = next + 1 - at;
      progress.lineBreaks = this.lineBreaks;
    } while (bytes[next] === this.delimiter);
    const end = this.endOf(bytes, next, isWhole) as number;
    this.progress = BEGINNING();
    if (end - at > this.dialect.maxRecordBytes) return 'length';
    const { width, lineBreaks } = progress;
    return { ...this.textsOf(bytes.subarray(at, end), cells), width, end, lineBreaks };
  }

  /** Behind the line break. */
  private endOf(bytes: Buffer, at: number, isWhole: boolean): number | Incomplete {
    if (at >= bytes.length) return at;
    if (bytes[at] !== CR) return at + 1;
    if (at + 1 >= bytes.length && !isWhole) return 'incomplete';
    return bytes[at + 1] === LF ? at + 2 : at + 1;
  }

  private cellAt(bytes: Buffer, at: number, isWhole: boolean): Cell | Incomplete | 'quote' {
    const opens = this.dialect.quotes.spaced ? this.behindSpaces(bytes, at) : at;
    if (bytes[opens] === QUOTE) return this.quotedCell(bytes, { at, opens }, isWhole);
    return this.plainCell(bytes, { at, from: at }, isWhole);
  }

  private plainCell(bytes: Buffer, { at, from }: { at: number; from: number }, isWhole: boolean): Cell | Incomplete {
    const { delimiter } = this;
    let to = from;
    for (; to < bytes.length; to += 1) {
      const byte = bytes[to];
      if (byte === delimiter || byte === LF || byte === CR) break;
    }
    if (to >= bytes.length && !isWhole) return 'incomplete';
    return { from: at, to, next: to, hasEscapes: false };
  }

  private quotedCell(bytes: Buffer, { at, opens }: { at: number; opens: number }, isWhole: boolean): Cell | Incomplete | 'quote' {
    const { backslash } = this.dialect.quotes;
    let hasEscapes = false;
    for (let to = opens + 1; to < bytes.length; to += 1) {
      const byte = bytes[to];
      if (byte === LF || (byte === CR && bytes[to + 1] !== LF)) this.lineBreaks += 1;
      const isEscape = (byte === QUOTE && bytes[to + 1] === QUOTE) || (backslash && this.isEscaped(bytes, to));
      if (isEscape) {
        hasEscapes = true;
        to += 1;
        continue;
      }
      if (byte !== QUOTE) continue;
      const next = this.dialect.quotes.spaced ? this.behindSpaces(bytes, to + 1) : to + 1;
      if (next >= bytes.length && !isWhole) return 'incomplete';
      if (next >= bytes.length || this.isEnd(bytes[next]!)) return { from: opens + 1, to, next, hasEscapes };
      // It was none that quotes the cell; line breaks up to here stay in it.
      return this.plainCell(bytes, { at, from: to + 1 }, isWhole);
    }
    return isWhole ? 'quote' : 'incomplete';
  }

  private isEscaped(bytes: Buffer, at: number): boolean {
    return bytes[at] === BACKSLASH && (bytes[at + 1] === QUOTE || bytes[at + 1] === BACKSLASH);
  }

  private isEnd(byte: number): boolean {
    return byte === this.delimiter || byte === LF || byte === CR;
  }

  private behindSpaces(bytes: Buffer, at: number): number {
    let to = at;
    while (bytes[to] === SPACE || (bytes[to] === TAB && this.delimiter !== TAB)) to += 1;
    return to;
  }

  private textsOf(record: Buffer, found: Progress['cells']): Pick<ScannedRecord, 'cells' | 'wrongBytes'> {
    const isPlain = isAscii(record);
    const whole = isPlain ? record.toString('latin1') : '';
    const isUtf = this.dialect.readAs === 'utf-8' || (this.dialect.readAs === 'mended utf-8' && (isPlain || isUtf8(record)));
    let wrongBytes = 0;
    const cells = found.map(({ from, to, hasEscapes }) => {
      let text: string;
      if (isPlain) text = whole.substring(from, to);
      else if (isUtf) text = record.toString('utf8', from, to);
      else {
        const read = this.decoded(record.subarray(from, to));
        wrongBytes += read.wrong;
        ({ text } = read);
      }
      return hasEscapes ? this.unescaped(text) : text;
    });
    return { cells, wrongBytes };
  }

  private decoded(bytes: Buffer): { text: string; wrong: number } {
    const { readAs } = this.dialect;
    if (readAs === 'mended utf-8' || readAs === 'utf-8') return mended(bytes);
    return { text: latin1As(bytes.toString('latin1'), readAs), wrong: 0 };
  }

  private unescaped(text: string): string {
    return this.dialect.quotes.backslash
      ? text.replace(/""|\\(["\\])/g, (_, escaped: string | undefined) => escaped ?? '"')
      : text.replaceAll('""', '"');
  }
}
