import type { CsvPlace } from '#libs/spreadsheet-csv';
import type { BackgroundJob, BackgroundState } from '../../platform/background/background-job';
import type { Columns } from './columns';

/** What a caller says of an import. */
export interface ImportOptions {
  listId: string;
  campaignId: string | null;
  defaultCountryCode: string;
  onDuplicate: 'skip' | 'update';
}

/** Counts of rows that are not blank; always saved + updated + duplicate + invalid = rows. */
interface ImportCounts {
  rows: number;
  saved: number;
  updated: number;
  duplicate: number;
  invalid: number;
}

/** How far an import is: kept with what each chunk saved, in the same transaction. */
export interface ImportProgress extends ImportCounts {
  fileId: string;
  fileName: string;
  /** In bytes, as stored. */
  size: number;
  encoding: 'utf-8' | 'windows-1252';
  delimiter: string;
  columns: Columns;
  options: ImportOptions;
  /** Where the next record begins. */
  place: CsvPlace;
  /** Records after the header that were read, blank ones included. */
  record: number;
  enrolled: number;
  /** It has one of the workspace's turns; before, it waits for one. */
  admitted: boolean;
  /** Spent on chunks, in milliseconds: without waiting, and without the time that no worker was there. */
  activeMs: number;
}

export type Import = BackgroundJob<ImportProgress>;

/** At most this many imports of a workspace run at a time. */
export const MAX_CONCURRENT_IMPORTS = 2;

export const stateOf = ({ state, progress }: Import): BackgroundState =>
  state === 'running' && !progress.admitted ? 'queued' : state;

/** Per cent of the file read, with one decimal; 100 only when all is done. */
export function percentOf({ state, progress: { place, size } }: Import): number {
  return state === 'completed' ? 100 : Math.min(99.9, Math.floor((place.offset / Math.max(1, size)) * 1_000) / 10);
}

/** Rows a second while it was at work; `null` before the first chunk. */
export const rowsPerSecond = ({ progress: { rows, activeMs } }: Import): number | null =>
  activeMs > 0 ? Math.round((rows / activeMs) * 10_000) / 10 : null;

/** Seconds until the end, at the speed so far; 0 when it is over, `null` while it cannot be told. */
export function secondsLeft({ finishedAt, progress: { place, size, activeMs } }: Import): number | null {
  if (finishedAt) return 0;
  return activeMs > 0 && place.offset > 0 ? Math.ceil((((size - place.offset) / place.offset) * activeMs) / 1_000) : null;
}
