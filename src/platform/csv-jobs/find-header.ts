import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CsvRecord } from '#libs/spreadsheet-csv';
import { type ErrorDetail, ValidationFailed } from '../errors';
import { cutText } from '../texts';
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

/** So much of what is not imported is told, in characters. */
const LONGEST_TEXT = 1_000;
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
    const found = columnsOf(record.cells, mapping, sampleBelow(records, record));
    return { record, columns: required(record, found), by: 'named' };
  }
  const [first] = records;
  const last = first!.cells.some(isContact) ? [] : [first!];
  for (const record of [...candidatesAmong(records), ...last]) {
    // A thousand names of columns take some time.
    await nextTurn();
    const found = columnsOf(record.cells, mapping, sampleBelow(records, record));
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
  const below = sampleBelow(records, record);
  const rows = isNamed ? below.rows : [record.cells, ...below.rows];
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
  const names = isNamed ? record.cells : Array.from({ length: width }, (_, index) => CSV_TEXTS.columnWithoutName(index + 1));
  const sample = { rows, isNamed, isAllThereIs: true };
  const found = columnsOf(names, mapping, sample);
  if ('columns' in found) {
    const above = records.slice(0, records.indexOf(record));
    return { record, columns: withWarning(found.columns, { record, isNamed, above }), by: isNamed ? 'cells' : 'none' };
  }
  if ('columns' in columnsOf(names, {}, sample)) throw new ValidationFailed(onLine(record, found.problems));
  return null;
}

/** What is not imported may be the row of somebody without an address, so it is told of. */
function withWarning<C extends CsvColumns>(
  columns: C,
  { record, isNamed, above }: { record: CsvRecord; isNamed: boolean; above: readonly CsvRecord[] },
): C {
  const left = isNamed ? [record] : above;
  if (left.length === 0) return columns;
  const message = isNamed ? CSV_TEXTS.takenForHeader(record.line) : CSV_TEXTS.passedOver(record.line);
  const text = cutText(left.map(({ cells }) => cells.join(', ')).join('; '), LONGEST_TEXT);
  return { ...columns, warnings: [...(columns.warnings ?? []), { field: 'file', message, text }] };
}

/** The first rows below a header: as many for a dry run as for the import itself. */
function sampleBelow(records: readonly CsvRecord[], record: CsvRecord): Sample {
  const from = records.indexOf(record) + 1;
  const rows = records.slice(from, from + ROWS_LOOKED_AT).map(({ cells }) => cells);
  return { rows, isNamed: true, isAllThereIs: false };
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
