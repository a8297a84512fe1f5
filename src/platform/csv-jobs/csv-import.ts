import type { CsvPlace, FoundDialect, FoundEncoding } from '#libs/spreadsheet-csv';
import type { BackgroundJob, BackgroundState } from '../background/background-job';
import { CSV_TEXTS } from './csv.texts';
import type { CsvColumns } from './csv-columns';
import type { StoredFile } from './import-files';
import type { ReadingPlace } from './read-chunk';

/** Before the rows of a file are saved, all of them are checked. */
export interface Checking {
  /** Where the first record begins, to be read again. */
  from: CsvPlace;
  /** Rows that were checked and are not blank. */
  rows: number;
  isDone: boolean;
}

/** How far an import is: kept with what each chunk saved, in the same transaction. */
export interface CsvProgress extends ReadingPlace {
  fileId: string;
  fileName: string;
  columns: CsvColumns;
  /** `null`: the file has no header. Absent from imports that an earlier version began. */
  headerLine?: number | null;
  /** Rows that were dealt with and are not blank: each of them is in one of the import's counts. */
  rows: number;
  /** What was told of rows that were not taken as they stood, and of the file. */
  warnings: number;
  /** Of a file of which nothing is saved unless all of it is right: it is read twice. Absent from others. */
  checking?: Checking;
  /** It has one of the workspace's turns; before, it waits for one. */
  admitted: boolean;
  /** Spent on chunks, in milliseconds: without waiting, and without the time that no worker was there. */
  activeMs: number;
}

export type CsvImport<P extends CsvProgress = CsvProgress> = BackgroundJob<P>;

/** A file that was taken in, and what its client calls it. */
export interface UploadedFile {
  file: StoredFile;
  fileName: string;
}

/** What the first bytes of a file say. */
export interface FileStart<C extends CsvColumns = CsvColumns> {
  found: FoundEncoding;
  dialect: FoundDialect;
  /** `line` is `null` where the file has no header. */
  header: { line: number | null; by: keyof typeof CSV_TEXTS.headerBy };
  columns: C;
  /** Where the record after the header begins. */
  place: CsvPlace;
  /** The first rows. */
  rows: { row: number; line: number; cells: string[]; wrongBytes?: number }[];
}

/** The progress of an import that has done nothing yet. */
export const beginningOf = <C extends CsvColumns>({ file, fileName }: UploadedFile, start: FileStart<C>) => ({
  fileId: file.fileId,
  fileName,
  size: file.size,
  encoding: start.found.readAs,
  delimiter: start.dialect.delimiter,
  quotes: start.dialect.quotes,
  columns: start.columns,
  headerLine: start.header.line,
  place: start.place,
  record: 0,
  rows: 0,
  warnings: 0,
  admitted: false,
  activeMs: 0,
});

const stateOf = ({ state, progress }: CsvImport): BackgroundState =>
  state === 'running' && !progress.admitted ? 'queued' : state;

/** Bytes that were read and that there are to read, of a file that is read once or twice. */
function readOf({ place, size, checking }: CsvProgress): { read: number; all: number } {
  if (!checking) return { read: place.offset, all: size };
  return { read: place.offset + (checking.isDone ? size : 0), all: 2 * size };
}

/** Per cent of the file read, with one decimal; 100 only when all is done. */
function percentOf({ state, progress }: CsvImport): number {
  const { read, all } = readOf(progress);
  return state === 'completed' ? 100 : Math.min(99.9, Math.floor((read / Math.max(1, all)) * 1_000) / 10);
}

/** Rows a second while it was at work, checked or saved; `null` before the first chunk. */
function rowsPerSecond({ progress: { rows, checking, activeMs } }: CsvImport): number | null {
  const all = (checking?.rows ?? 0) + (checking?.isDone === false ? 0 : rows);
  return activeMs > 0 ? Math.round((all / activeMs) * 10_000) / 10 : null;
}

/** Seconds until the end, at the speed so far; 0 when it is over, `null` while it cannot be told. */
function secondsLeft({ finishedAt, progress }: CsvImport): number | null {
  if (finishedAt) return 0;
  const { read, all } = readOf(progress);
  const { activeMs } = progress;
  return activeMs > 0 && read > 0 ? Math.ceil((((all - read) / read) * activeMs) / 1_000) : null;
}

/**
 * An import as its client sees it.
 * @param own what this kind of import says besides: its options and counts
 */
export const toImportResponse = <Own extends object>(it: CsvImport, own: Own) => ({
  _id: it.id,
  importId: it.id,
  state: stateOf(it),
  fileName: it.progress.fileName,
  ...own,
  ...(it.progress.checking && { checked: it.progress.checking.rows }),
  warnings: it.progress.warnings ?? 0,
  percent: percentOf(it),
  rowsPerSecond: rowsPerSecond(it),
  secondsLeft: secondsLeft(it),
  error: it.state === 'failed' ? it.reason : null,
  createdAt: it.createdAt,
  startedAt: it.startedAt,
  finishedAt: it.finishedAt,
});

/** What would become of a file's first rows. */
export interface CsvPreview<Row> {
  start: Omit<FileStart, 'rows'>;
  /** Where each column goes (`null`: it is left out), and of a guess how sure it is, from 0 to 1, and why. */
  columns: { column: string; to: string | null; certainty?: number; why?: string }[];
  /** About columns. */
  warnings?: { field: string; message: string; text?: string }[];
  rows: Row[];
}

/** A preview as its client sees it: every choice, and why. */
export function toPreviewResponse<Row>({ start, columns, warnings = [], rows }: CsvPreview<Row>) {
  const { found, dialect, header } = start;
  return {
    dryRun: true as const,
    encoding: found.encoding,
    delimiter: dialect.delimiter,
    headerLine: header.line,
    why: {
      encoding: whyEncoding(found),
      delimiter: CSV_TEXTS.delimiterBy[dialect.evidence],
      ...(dialect.quotes.spaced && { spaces: CSV_TEXTS.quotesBy.spaced }),
      ...(dialect.quotes.backslash && { backslashes: CSV_TEXTS.quotesBy.backslash }),
      headerLine: CSV_TEXTS.headerBy[header.by],
    },
    mapping: Object.fromEntries(columns.map(({ column, to }) => [column, to])),
    columns: columns.map((column, index) => ({ number: index + 1, ...column })),
    warnings,
    rows,
  };
}

function whyEncoding({ readAs, evidence, wrongBytes }: FoundEncoding): string {
  const why = CSV_TEXTS.encodingBy[evidence];
  return readAs === 'mended utf-8' ? `${why}; ${CSV_TEXTS.wrongBytesInAll(wrongBytes)}` : why;
}
