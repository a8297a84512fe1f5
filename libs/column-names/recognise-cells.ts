import { VETOES } from './meanings';
import { has, wordsOf } from './words';

/** What a column holds, by its cells alone. */
export type CellsHold = 'phone' | 'email' | 'fullName';

/** The first rows of a file, and how far its header can be trusted. */
export interface SampleOfCells {
  rows: readonly (readonly string[])[];
  /** Empty where the file has no header. */
  names: readonly string[];
}

/** Nothing that is longer is a number, an address or a name; a cell may hold megabytes. */
const LONGEST = 320;
/** So many of the cells of a column that are not empty have to be alike. */
const ENOUGH_ALIKE = 0.8;

const EMAIL = /^(?:mailto:)?<?[^\s@<>,;]+@[^\s@<>,;]+\.[\p{L}\p{Nd}-]{2,}>?$/iu;
const LETTERS = /^[\p{L}\p{M}][\p{L}\p{M}\s.'’-]*$/u;

const FEWEST_DIGITS = 9;
const MOST_DIGITS = 15;
/** Digits without a sign between them are a phone number in a list of nothing else; these many. */
const BARE = /^[1-9]\d{8,10}$/;
const INTERNATIONAL = /^(?:\+|00[1-9])/;
/** A number with the 0 that is dialled inside a country; no group of its digits is one alone. */
const NATIONAL = /^\(?0[1-9](?!.*(?<!\d)\d(?!\d))/;
const NORTH_AMERICAN = /^\(?[2-9]\d{2}\)?[\s.-]*[2-9]\d{2}[\s.-]+\d{4}$/;
/**
 * Written with the signs of phone numbers, and none: US postcodes with four more digits, dates, decimals and
 * addresses of the Internet.
 */
const OTHERWISE = /^\d{5}-\d{4}$|^\d{1,4}([-/.])\d{1,2}\1\d{1,4}$|^\d+\.\d+$|^\d{1,3}(?:\.\d{1,3}){3}$/;

/**
 * Says what columns hold by their cells, for files whose names of columns say nothing, or that have none.
 * Names that say that a column is something else, such as an owner's, are believed. Bare digits may be
 * anybody's ids: they count in files without a header alone. In these, one column of words before the first
 * contact is of whole names.
 * @returns of each column, in order; null where its cells do not tell
 */
export function recogniseCells({ rows, names }: SampleOfCells): (CellsHold | null)[] {
  const isNamed = names.length > 0;
  const width = rows.reduce((most, { length }) => Math.max(most, length), names.length);
  const kinds = Array.from({ length: width }, (_, column): CellsHold | null => {
    if (isNamed && saysOtherwise(names[column] ?? '')) return null;
    const cells = rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
    if (areMostly(cells, (cell) => EMAIL.test(cell))) return 'email';
    return areMostly(cells, (cell) => isPhone(cell, isNamed)) ? 'phone' : null;
  });
  const first = kinds.findIndex((kind) => kind !== null);
  const ofNames = isNamed ? [] : kinds.flatMap((kind, column) => (kind === null && holdsNames(rows, column) ? [column] : []));
  if (ofNames.length === 1 && ofNames[0]! < first) kinds[ofNames[0]!] = 'fullName';
  return kinds;
}

const saysOtherwise = (name: string): boolean => wordsOf(name).some((word) => has(word, ...VETOES));

const areMostly = (cells: readonly string[], is: (cell: string) => boolean): boolean =>
  cells.length > 0 && cells.filter((cell) => cell.length <= LONGEST && is(cell)).length >= ENOUGH_ALIKE * cells.length;

function isPhone(cell: string, isNamed: boolean): boolean {
  const text = cell.replace(/^tel:/i, '');
  const digits = text.replace(/\D/g, '').length;
  if (!/^\+?[\d\s()./-]+$/.test(text) || digits < FEWEST_DIGITS || digits > MOST_DIGITS || OTHERWISE.test(text)) return false;
  return INTERNATIONAL.test(text) || NATIONAL.test(text) || NORTH_AMERICAN.test(text) || (!isNamed && BARE.test(text));
}

/** Words, and hardly ever the same ones twice, as a town would be. */
function holdsNames(rows: readonly (readonly string[])[], column: number): boolean {
  const cells = rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
  return areMostly(cells, (cell) => LETTERS.test(cell)) && new Set(cells).size >= ENOUGH_ALIKE * cells.length;
}
