import { type Quotes, RecordScanner } from './record-scanner';
import { type CsvPlace } from './records';

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** How a file separates and quotes its cells. */
export interface FoundDialect {
  delimiter: string;
  quotes: Quotes;
  /** `one column`: no character divides the records alike. */
  evidence: 'sep line' | 'records' | 'one column';
  /** Where the first record begins: after a line that only names the delimiter. */
  start: CsvPlace;
}

/** So many records are looked at, of so many bytes. */
const LOOKED_RECORDS = 50;
const LOOKED_BYTES = 256 * 1024;
/** Of a record. */
const LOOKED_CELLS = 20_000;

/** `sep=;`: how Excel is told. */
const SEP_LINE = /^"?sep=(\\t|[^"\r\nA-Za-z0-9\x80-\uffff])"?[,;\t| ]*(\r\n|\n|\r|$)/i;
/** Of a cell, and of the cells that one falls into whose quotes were not seen. */
const SPACED_START = /^[ \t]+"/;
const SPACED_END = /"[ \t]*$/;
const SPACED_BEHIND = /^"[^]*"[ \t]+$/;

/**
 * How a file separates its cells, by its first records: the most likely way comes first, those after it are
 * for where that one makes no sense.
 */
export function dialectsOf(start: Buffer): FoundDialect[] {
  const text = start.toString('latin1', 0, LOOKED_BYTES);
  const mark = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  const sep = SEP_LINE.exec(text.slice(mark));
  if (sep) {
    const delimiter = sep[1] === '\\t' ? '\t' : sep[1]!;
    const place = { offset: mark + sep[0].length, line: sep[2] === '' ? 1 : 2 };
    return [{ delimiter, quotes: quotesOf(start, place, delimiter), evidence: 'sep line', start: place }];
  }
  const place = { offset: mark, line: 1 };
  return delimitersOf(start, place).map((delimiter): FoundDialect => ({
    delimiter: delimiter ?? ',',
    quotes: quotesOf(start, place, delimiter ?? ','),
    evidence: delimiter === null ? 'one column' : 'records',
    start: place,
  }));
}

/** The characters that divide records, the likeliest first; `null` where none does. */
function delimitersOf(start: Buffer, place: CsvPlace): (string | null)[] {
  const counted = DELIMITERS.map((delimiter) => {
    // Whether there are spaces around quotes is not known yet, and cells are the same where there are none.
    const widths = firstRecords(start, place, { delimiter, quotes: { spaced: true, backslash: false } })
      .filter((cells) => cells.some((cell) => cell.trim() !== ''))
      .map((cells) => cells.length);
    return { delimiter, widths, ...commonestOf(widths) };
  });
  const firstWide = Math.min(...counted.map(({ widths }) => firstOf(widths)));
  // Text has commas, and so have numbers in Europe; what divides the rows divides the header too.
  const score = ({ share, widths }: (typeof counted)[number]) => (firstOf(widths) > firstWide ? share / 2 : share);
  const dividing = counted.filter(({ share }) => share > 0).sort((a, b) => score(b) - score(a));
  return dividing.length > 0 ? dividing.map(({ delimiter }) => delimiter) : [null];
}

/** The number of the first record that is divided. */
const firstOf = (widths: readonly number[]): number => {
  const first = widths.findIndex((width) => width > 1);
  return first < 0 ? Infinity : first;
};

/** Which part of the records has as many cells as most of those that have several. */
function commonestOf(widths: readonly number[]): { share: number } {
  const counts = new Map<number, number>();
  for (const width of widths) if (width > 1) counts.set(width, (counts.get(width) ?? 0) + 1);
  return { share: Math.max(0, ...counts.values()) / Math.max(1, widths.length) };
}

function firstRecords(
  start: Buffer,
  place: CsvPlace,
  { delimiter, quotes }: Pick<FoundDialect, 'delimiter' | 'quotes'>,
): string[][] {
  const scanner = new RecordScanner({
    delimiter,
    quotes,
    readAs: 'windows-1252',
    maxRecordBytes: LOOKED_BYTES,
    maxCells: LOOKED_CELLS,
  });
  const bytes = start.subarray(0, LOOKED_BYTES);
  const isWhole = bytes.length === start.length;
  const records: string[][] = [];
  let at = place.offset;
  while (records.length < LOOKED_RECORDS) {
    const record = scanner.scan(bytes, at, isWhole);
    if (record === null || typeof record === 'string') break;
    records.push(record.cells);
    at = record.end;
  }
  return records;
}

/** How the first records quote. */
function quotesOf(start: Buffer, place: CsvPlace, delimiter: string): Quotes {
  const plain = firstRecords(start, place, { delimiter, quotes: { spaced: false, backslash: false } });
  const spaced = plain.some(isSpaced);
  return { spaced, backslash: hasBackslashes(start.toString('latin1', place.offset, LOOKED_BYTES), delimiter) };
}

function isSpaced(cells: readonly string[]): boolean {
  if (cells.some((cell) => SPACED_BEHIND.test(cell))) return true;
  const end = cells.findLastIndex((cell) => SPACED_END.test(cell));
  return cells.some((cell, index) => index <= end && SPACED_START.test(cell));
}

/**
 * Are there more quotes behind a backslash than doubled ones? At the end of a cell both may be something
 * else: the last sign of a path, and a cell that is empty.
 */
function hasBackslashes(text: string, delimiter: string): boolean {
  const ends = new Set(['\r', '\n', undefined, delimiter]);
  let [escaped, doubled] = [0, 0];
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at - 1] === '\\' && !ends.has(text[at + 1])) escaped += 1;
    else if (text[at + 1] === '"' && !ends.has(text[at - 1]) && !ends.has(text[at + 2])) doubled += 1;
  }
  return escaped > doubled;
}
