import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { safeCell } from '#libs/spreadsheet-csv';
import type { RejectedRow } from './import-files';

const ROW_BATCH_SIZE = 500;
/** A phone number begins with a plus and is no formula. */
const NUMBER = /^\+[\d\s().-]+$/;

/**
 * The rejected rows under the header of their file, with their reasons: safe for spreadsheets, and marked, so
 * that an import undoes that.
 * @param mark the name of the last column, by which an import knows the file as one of the product
 */
export function rejectedCsv(header: readonly string[], rows: AsyncIterable<RejectedRow>, mark: string): Readable {
  async function* pages(): AsyncGenerator<string> {
    let page = [['row', 'line', 'reason', ...header.map(safeCell), mark]];
    for await (const { row, line, reason, cells } of rows) {
      const padded = header.map((_, index) => cells[index] ?? '');
      page.push([String(row), String(line), reason, ...padded.map((cell) => (NUMBER.test(cell) ? cell : safeCell(cell))), '']);
      if (page.length < ROW_BATCH_SIZE) continue;
      yield stringify(page);
      page = [];
    }
    if (page.length > 0) yield stringify(page);
  }
  return Readable.from(pages(), { objectMode: false });
}
