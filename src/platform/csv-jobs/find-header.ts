import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CsvRecord } from '#libs/spreadsheet-csv';
import { type ErrorDetail, ValidationFailed } from '../errors';
import { CSV_TEXTS } from './csv.texts';
import type { CsvColumns, Mapping, Sample } from './csv-columns';
import type { FileStart } from './csv-import';

/**
 * Says where each column of a header goes, or what is wrong with it.
 * @param sample to look at where the names say nothing
 */
type ColumnsOf<C extends CsvColumns> = (
  header: readonly string[],
  mapping: Mapping,
  sample?: Sample,
) => { columns: C } | { problems: ErrorDetail[] };

/** How the header is found. */
export interface HeaderSearch<C extends CsvColumns> {
  columnsOf: ColumnsOf<C>;
  mapping: Mapping;
  /** The line that it is on, where the caller says so. */
  headerLine?: number;
}

/** Rows whose cells are looked at. */
const ROWS_LOOKED_AT = 10;
/** So many records are looked at for a header. */
export const MAX_HEADER_RECORDS = 10;

interface FoundHeader<C extends CsvColumns> {
  /** The header; where there is none, the first row. */
  record: CsvRecord;
  columns: C;
  by: FileStart['header']['by'];
}

/**
 * Finds the header among the first records of a file that are not blank: the first that has a column for
 * contacts, by its words or by the mapping. Titles above it are passed over.
 * @returns `null` where none has
 * @throws ValidationFailed where one has, but the mapping is wrong for it; or where the caller names a line
 * that is none
 */
export async function findHeader<C extends CsvColumns>(
  records: readonly CsvRecord[],
  search: HeaderSearch<C>,
): Promise<FoundHeader<C> | null> {
  const { columnsOf, mapping, headerLine } = search;
  if (headerLine !== undefined) {
    const record = records.find(({ line }) => line === headerLine);
    if (!record) throw new ValidationFailed([{ field: 'headerLine', message: CSV_TEXTS.noSuchLine(headerLine) }]);
    const sample = { rows: rowsBelow(records, record), isNamed: true, isAllThereIs: false };
    return { record, columns: required(record, columnsOf(record.cells, mapping, sample)), by: 'named' };
  }
  const [first] = records;
  const last = first!.cells.some(isContact) ? [] : [first!];
  for (const record of [...candidatesAmong(records), ...last]) {
    // A thousand names of columns take some time.
    await nextTurn();
    const found = columnsOf(record.cells, mapping, { rows: rowsBelow(records, record), isNamed: true, isAllThereIs: false });
    if ('columns' in found) return { record, columns: found.columns, by: record === records[0] ? 'first' : 'search' };
    // Its own words say that it is one, so it is the mapping that is wrong.
    if ('columns' in columnsOf(record.cells, {})) throw new ValidationFailed(onLine(record, found.problems));
  }
  return null;
}

/**
 * Finds the columns of a file by its cells, where no words tell them: below the first record that may be a
 * header, or without one where the first row holds an address or a number itself.
 * @returns `null` where the cells do not tell either
 * @throws ValidationFailed where they do, but the mapping is wrong for it
 */
export async function findByCells<C extends CsvColumns>(
  records: readonly CsvRecord[],
  { columnsOf, mapping, headerLine }: HeaderSearch<C>,
): Promise<FoundHeader<C> | null> {
  if (headerLine !== undefined) return null;
  await nextTurn();
  const [header] = candidatesAmong(records);
  const first = records.find(({ cells }) => cells.some(isContact));
  const isNamed = header !== undefined && (!first || header.line < first.line);
  const record = isNamed ? header : first;
  if (!record) return null;
  const rows = isNamed ? rowsBelow(records, record) : [record.cells, ...rowsBelow(records, record)];
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const names = isNamed ? record.cells : Array.from({ length: width }, (_, index) => CSV_TEXTS.columnWithoutName(index + 1));
  const sample = { rows, isNamed, isAllThereIs: true };
  const found = columnsOf(names, mapping, sample);
  if ('columns' in found) return isNamed ? takenFor(record, found.columns) : { record, columns: found.columns, by: 'none' };
  if ('columns' in columnsOf(names, {}, sample)) throw new ValidationFailed(onLine(record, found.problems));
  return null;
}

/** It may be the row of somebody without an address, so it is told of. */
function takenFor<C extends CsvColumns>(record: CsvRecord, columns: C): FoundHeader<C> {
  const warning = { field: 'file', message: CSV_TEXTS.takenForHeader(record.line), text: record.cells.join(', ') };
  return { record, columns: { ...columns, warnings: [...(columns.warnings ?? []), warning] }, by: 'cells' };
}

/** As many for a dry run as for the import itself. */
function rowsBelow(records: readonly CsvRecord[], record: CsvRecord): string[][] {
  const from = records.indexOf(record) + 1;
  return records.slice(from, from + ROWS_LOOKED_AT).map(({ cells }) => cells);
}

/** What is wrong with the first record as a header. */
export function problemsOf<C extends CsvColumns>(
  records: readonly CsvRecord[],
  { columnsOf, mapping }: HeaderSearch<C>,
): ErrorDetail[] {
  const [record] = records;
  const found = columnsOf(record!.cells, mapping);
  return 'problems' in found ? onLine(record!, found.problems) : [];
}

function required<C extends CsvColumns>(record: CsvRecord, found: ReturnType<ColumnsOf<C>>): C {
  if ('problems' in found) throw new ValidationFailed(onLine(record, found.problems));
  return found.columns;
}

/** What is wrong with the file is wrong on a line of it. */
const onLine = ({ line }: CsvRecord, problems: readonly ErrorDetail[]): ErrorDetail[] =>
  problems.map(({ field, message }) => ({ field, message: field === 'file' ? `line ${line}: ${message}` : message }));

/** Is the cell an address or a number, and nothing else? No name of a column is. */
const isContact = (cell: string): boolean => cell.length <= LONGEST_CONTACT && WHOLE_CONTACT.test(cell.trim());

/** The records that may be the header, the likeliest first. */
function candidatesAmong(records: readonly CsvRecord[]): CsvRecord[] {
  const width = Math.min(widthOf(records), Math.max(...records.map(({ cells }) => filled(cells))));
  const isWide = ({ cells }: CsvRecord) => 2 * filled(cells) >= width && (width === 1 || filled(cells) > 1);
  const candidates: CsvRecord[] = [];
  let rows = 0;
  for (const record of records.slice(0, MAX_HEADER_RECORDS)) {
    if (!isWide(record)) continue;
    if (!record.cells.some((cell) => CONTACT.test(cell))) candidates.push(record);
    // One may say who made the file; behind two, a row with "email" in it is a row.
    else if ((rows += 1) === 2) break;
  }
  return candidates;
}

/** How many cells most of the records have that have several; titles have one. */
function widthOf(records: readonly CsvRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) if (cells.length > 1) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [commonest] = [...counts].sort(([a, of], [b, to]) => to - of || b - a);
  return commonest?.[0] ?? 1;
}

const filled = (cells: readonly string[]): number => cells.filter((cell) => cell.trim() !== '').length;

/** As many characters as a cell with an address and some space has; a cell may hold megabytes. */
const LONGEST_CONTACT = 320;
const WHOLE_CONTACT = /^(?:[^\s@]+@[^\s@]+\.[^\s@]+|\+?(?:[\s().-]*\d){9,15})$/;

/** The names of columns are neither addresses nor numbers. */
const CONTACT = /\S@\S+\.\S|(?:\d[\s().-]*){9}/;
