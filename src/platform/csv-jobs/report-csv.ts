import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { plainCell, safeCell, UTF8_MARK } from '#libs/spreadsheet-csv';
import { reportColumnsOf, reportHeader } from './csv-columns';
import type { RejectedFile } from './csv-imports.service';
import type { DuplicateRow, ImportWarning } from './import-reports';

const ROW_BATCH_SIZE = 500;
/** A phone number begins with a plus and is no formula. */
const NUMBER = /^\+[\d\s().-]+$/;
const safe = (cell: string): string => (NUMBER.test(cell) ? cell : safeCell(cell));

/** A CSV file as it streams, with the mark by which spreadsheets know UTF-8. */
async function* csvOf<Row>(
  header: readonly string[],
  rows: AsyncIterable<Row>,
  cellsOf: (row: Row) => string[],
): AsyncGenerator<string> {
  let page = [[...header]];
  let mark = UTF8_MARK;
  for await (const row of rows) {
    page.push(cellsOf(row));
    if (page.length < ROW_BATCH_SIZE) continue;
    yield mark + stringify(page);
    mark = '';
    page = [];
  }
  if (page.length > 0) yield mark + stringify(page);
}

/**
 * The rejected rows under the header of their file, whole, with their reasons: safe for spreadsheets, and
 * marked, so that an import undoes that. The mark stands before the columns of the file, since a row may have
 * more cells than that has columns. Of a file that is such a list itself, the earlier reasons are left out.
 * @param mark the name of the column by which an import knows the file as one of the product
 */
export function rejectedCsv({ columns: { names, ours }, rows }: RejectedFile, mark: string): Readable {
  const from = ours ? reportColumnsOf(names) : 0;
  const columns = names.slice(from);
  const own = (cell: string) => safe(ours ? plainCell(cell) : cell);
  const marks = ours ? [] : [mark];
  const header = [...reportHeader(columns), ...marks, ...columns.map(own)];
  const csv = csvOf(header, rows, ({ row, line, reason, cells }) => {
    const came = cells.slice(from).map(own);
    const missing = Array.from({ length: Math.max(0, columns.length - came.length) }, () => '');
    return [String(row), String(line), safe(reason), ...marks.map(() => ''), ...came, ...missing];
  });
  return Readable.from(csv, { objectMode: false });
}

/** What was not taken as it stood: in which row, in which field, what, and what it was. */
export function warningsCsv(rows: AsyncIterable<ImportWarning>): Readable {
  const csv = csvOf(['row', 'line', 'field', 'warning', 'text'], rows, ({ row, line, field, message, text }) => [
    ...[String(row), String(line)],
    ...[safe(field), safe(message), safe(text)],
  ]);
  return Readable.from(csv, { objectMode: false });
}

/** Rows that were not saved, since a lead is like them: which, and in which field. */
export function duplicatesCsv(rows: AsyncIterable<DuplicateRow>): Readable {
  const csv = csvOf(['row', 'line', 'leadId', 'field'], rows, ({ row, line, leadId, field }) => [
    ...[String(row), String(line)],
    ...[leadId, field],
  ]);
  return Readable.from(csv, { objectMode: false });
}

/** Answers with what an import reports of rows, as a file. */
export function answerCsv(reply: FastifyReply, name: string, csv: Readable): Readable {
  void reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}.csv"`);
  return csv;
}
