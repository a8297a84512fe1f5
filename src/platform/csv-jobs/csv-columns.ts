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
}

/** What a caller says: column → where it goes, or `null` to leave the column out. */
export type Mapping = Record<string, string | null>;

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
 * @returns the header, or what is wrong
 */
export function headerOf(
  record: readonly string[],
  mapping: Mapping,
  { isTarget, unknownTarget, mark }: MappingRules,
): Header | { problems: ErrorDetail[] } {
  const names = record.map((name) => name.trim());
  const problems = Object.entries(mapping).flatMap(([column, to]) => {
    const field = `mapping.${column}`;
    return [
      ...(names.includes(column) ? [] : [{ field, message: CSV_TEXTS.unknownColumn }]),
      ...(to === null || isTarget(to) ? [] : [{ field, message: unknownTarget }]),
    ];
  });
  const repeated = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (repeated !== undefined) problems.push({ field: 'file', message: CSV_TEXTS.repeatedColumn(repeated) });
  if (problems.length > 0) return { problems };
  const ours = names.includes(mark);
  return { names, ours, reportColumns: ours ? reportColumnsOf(names) : 0 };
}

/** How many columns at the start of a file of the product's own are those of a list of rejected rows. */
export const reportColumnsOf = (names: readonly string[]): number =>
  REPORT_COLUMNS.every((name, index) => names[index] === name || names[index] === REPORT_PREFIX + name)
    ? REPORT_COLUMNS.length
    : 0;

/** The columns with these names that are free, in the order of the names. */
export const columnsNamed = (names: readonly string[], known: readonly string[], isFree: (index: number) => boolean): number[] =>
  names
    .map((name, index) => ({ index, rank: known.indexOf(plainName(name)) }))
    .filter(({ index, rank }) => rank >= 0 && isFree(index))
    .sort((a, b) => a.rank - b.rank)
    .map(({ index }) => index);

/** What is wrong with a row that has more cells than the header; blank ones do no harm. */
export const surplusProblem = (cells: readonly string[], { names }: CsvColumns): string | null =>
  cells.slice(names.length).some((cell) => cell.trim() !== '') ? CSV_TEXTS.tooManyCells(cells.length, names.length) : null;
