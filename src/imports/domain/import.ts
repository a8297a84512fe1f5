import type { OnDuplicate, OnNull } from '../../leads/domain';
import type { CsvProgress } from '../../platform/csv-jobs/csv-import';
import type { Columns } from './columns';

export type OnInvalid = 'reject' | 'skip';

/** What a caller says of an import. */
export interface ImportOptions {
  listId: string;
  campaignId: string | null;
  defaultCountryCode: string;
  onDuplicate: OnDuplicate;
  /** What an empty cell says of a lead that is updated. Absent from imports that an earlier version began. */
  onNull?: OnNull;
  /**
   * Whether one bad row keeps all others from being saved. Absent from imports that an earlier version began.
   */
  onInvalid?: OnInvalid;
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
export interface ImportProgress extends CsvProgress, ImportCounts {
  columns: Columns;
  options: ImportOptions;
  enrolled: number;
}
