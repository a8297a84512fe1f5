import type { CsvProgress } from '../../platform/csv-jobs/csv-import';
import type { ImportColumns } from './import-columns';
import type { ImportDefaults } from './import-row';

/** Counts of rows that are not blank; always saved + existing + invalid = rows. */
interface SuppressionImportCounts {
  rows: number;
  saved: number;
  existing: number;
  invalid: number;
}

/** How far an import is: kept with what each chunk saved, in the same transaction. */
export interface SuppressionImportProgress extends CsvProgress, SuppressionImportCounts {
  columns: ImportColumns;
  options: ImportDefaults;
  /** The key or user that asked for it. */
  by: string;
}
