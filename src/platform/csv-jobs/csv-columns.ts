import type { ErrorDetail } from '../errors';
import { CSV_TEXTS } from './csv.texts';

/** The columns of a file, as far as every import needs to know them. */
export interface CsvColumns {
  /** The header as it is in the file. */
  names: string[];
  /**
   * The file is an export of the product, or a list of rejected rows: cells that look like formulas were made
   * safe.
   */
  ours: boolean;
  /** What is told of columns once, before any row. */
  warnings?: ColumnWarning[];
}

/** Something about a column that was not taken as it stands. */
export interface ColumnWarning extends ErrorDetail {
  /** The name of the column. */
  text: string;
}

/** What a caller says: column → where it goes, or `null` to leave the column out. */
export type Mapping = Record<string, string | null>;

/** The first rows below a header, or of a file that has none: their cells may tell what columns hold. */
export interface Sample {
  rows: readonly (readonly string[])[];
  isNamed: boolean;
  /**
   * No name of a column holds a contact, so any column may that no name tells. Else the cells count for names
   * in other letters than Latin ones alone, of which no word is known.
   */
  isAllThereIs: boolean;
}

/** A header that can be read. */
export interface Header extends CsvColumns {
  /** What the first columns are in a list of rejected rows: which row, which line, and why. Else 0. */
  reportColumns: number;
}

/** Where a mapping may send a column. */
export interface MappingRules {
  isTarget: (to: string) => boolean;
  /** Says so, where it sends one elsewhere. */
  unknownTarget: string;
  /** The name of the column by which the product knows its own files. */
  mark: string;
}

const REPORT_COLUMNS = ['row', 'line', 'reason'] as const;
const REPORT_PREFIX = 'tuco:';

/** A column's name without case, accents and punctuation. */
export const plainName = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** The first columns of a list of rejected rows; none has a name that a column of the file has. */
export const reportHeader = (names: readonly string[]): string[] =>
  REPORT_COLUMNS.map((name) => (names.includes(name) ? REPORT_PREFIX + name : name));

/**
 * Checks a header, and that the caller's mapping names columns and targets that there are.
 * @returns the header with what the mapping says of each column (absent: nothing), or what is wrong
 */
export function headerOf(
  record: readonly string[],
  mapping: Mapping,
  { isTarget, unknownTarget, mark }: MappingRules,
): (Header & { mapped: (string | null | undefined)[] }) | { problems: ErrorDetail[] } {
  const names = distinct(record.map((name) => name.trim()));
  const mapped = names.map((): string | null | undefined => undefined);
  const problems: ErrorDetail[] = [];
  for (const [column, to] of Object.entries(mapping)) {
    const field = `mapping.${column}`;
    const index = columnOf(names, column);
    if (index === null) problems.push({ field, message: CSV_TEXTS.unknownColumn });
    else if (mapped[index] !== undefined) problems.push({ field, message: CSV_TEXTS.columnTwice(names[index]!) });
    else mapped[index] = to;
    if (to !== null && !isTarget(to)) problems.push({ field, message: unknownTarget });
  }
  if (problems.length > 0) return { problems };
  const ours = names.includes(mark);
  return { names, ours, reportColumns: ours ? reportColumnsOf(names) : 0, mapped };
}

/** The column that goes by this name or, where none does, that has this number, from 1. */
export function columnOf(names: readonly string[], column: string): number | null {
  const index = names.indexOf(column);
  if (index >= 0) return index;
  const number = /^[1-9]\d{0,3}$/.test(column) ? Number(column) : 0;
  return number >= 1 && number <= names.length ? number - 1 : null;
}

/** The second of two columns of one name is called "Name (2)". Columns without a name stay so. */
function distinct(names: readonly string[]): string[] {
  const all = new Set(names);
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let count = 2; own !== '' && seen.has(own); count += 1) {
      const next = `${name} (${count})`;
      own = seen.has(next) || all.has(next) ? own : next;
    }
    seen.add(own);
    return own;
  });
}

/** How many columns at the start of a file of the product's own are those of a list of rejected rows. */
export const reportColumnsOf = (names: readonly string[]): number =>
  REPORT_COLUMNS.every((name, index) => names[index] === name || names[index] === REPORT_PREFIX + name)
    ? REPORT_COLUMNS.length
    : 0;

/** The columns with these names that are free, in the order of the names. */
export const columnsNamed = (names: readonly string[], known: readonly string[], isFree: (index: number) => boolean): number[] =>
  names
    .map((name, index) => ({ index, rank: rankOf(name, known) }))
    .filter(({ index, rank }) => rank >= 0 && isFree(index))
    .sort((a, b) => a.rank - b.rank)
    .map(({ index }) => index);

/** The second of two columns of a name has that of the first, too. */
const rankOf = (name: string, known: readonly string[]): number => {
  const rank = known.indexOf(plainName(name));
  return rank >= 0 ? rank : known.indexOf(plainName(name.replace(/ \(\d+\)$/, '')));
};

/** A row as its header has columns for it. */
export interface FittedRow {
  cells: readonly string[];
  /** What was done with the cells that were left over; blank ones do no harm. */
  warning: (ErrorDetail & { text: string }) | null;
}

/**
 * Makes a row fit its header. Where it has more cells and the last column holds text, that text had
 * delimiters in it: they are taken together; else what is left over goes.
 */
export function fitted(
  cells: readonly string[],
  { names, delimiter }: Pick<CsvColumns, 'names'> & { delimiter: string },
  isText: (column: number) => boolean,
): FittedRow {
  const columns = names.length;
  if (cells.length <= columns || cells.slice(columns).every((cell) => cell.trim() === '')) return { cells, warning: null };
  const filled = cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
  if (!isText(columns - 1)) {
    const message = CSV_TEXTS.surplusDropped(filled.length, columns);
    return { cells: cells.slice(0, columns), warning: { field: 'row', message, text: filled.slice(columns).join(delimiter) } };
  }
  const text = filled.slice(columns - 1).join(delimiter);
  const message = CSV_TEXTS.surplusJoined(filled.length, columns);
  return { cells: [...cells.slice(0, columns - 1), text], warning: { field: 'row', message, text } };
}
