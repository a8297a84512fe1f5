import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply } from 'fastify';
import { plainCell, safeCell } from '#libs/spreadsheet-csv';
import { reportColumnsOf, reportHeader } from './csv-columns';
import type { RejectedFile } from './csv-imports.service';

const ROW_BATCH_SIZE = 500;
/** A phone number begins with a plus and is no formula. */
const NUMBER = /^\+[\d\s().-]+$/;
const isNumber = (cell: string): boolean => NUMBER.test(cell);

/**
 * The rejected rows under the header of their file, with their reasons: safe for spreadsheets, and marked, so
 * that an import undoes that. Of a file that is such a list itself, the earlier reasons are left out.
 * @param mark the name of the last column, by which an import knows the file as one of the product
 */
export function rejectedCsv({ columns: { names, ours }, rows }: RejectedFile, mark: string): Readable {
  const from = ours ? reportColumnsOf(names) : 0;
  const header = names.slice(from);
  const safe = (cell: string) => (isNumber(cell) ? cell : safeCell(ours ? plainCell(cell) : cell));
  const marks = ours ? [] : [mark];
  async function* pages(): AsyncGenerator<string> {
    let page = [[...reportHeader(header), ...header.map(safe), ...marks]];
    for await (const { row, line, reason, cells } of rows) {
      const padded = header.map((_, index) => safe(cells[from + index] ?? ''));
      page.push([String(row), String(line), reason, ...padded, ...marks.map(() => '')]);
      if (page.length < ROW_BATCH_SIZE) continue;
      yield stringify(page);
      page = [];
    }
    if (page.length > 0) yield stringify(page);
  }
  return Readable.from(pages(), { objectMode: false });
}

/** Answers with the rejected rows of an import as a file. */
export function answerRejected(reply: FastifyReply, id: string, file: RejectedFile, mark: string): Readable {
  void reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="rejected-${id}.csv"`);
  return rejectedCsv(file, mark);
}
