import type { ErrorDetail } from '../errors';
import type { WorkspaceId } from '../ids';
import type { Transaction } from '../transaction';

/** Which row of a file: of the records after the header from 1, blank ones included. */
export interface RowPlace {
  row: number;
  line: number;
}

/** A row that was rejected. */
export interface RejectedRow extends RowPlace {
  cells: string[];
  reason: string;
}

/** What an import did not take as it stood. */
export interface ImportWarning extends RowPlace {
  /** Of the lead or suppression; `row` stands for all of it. */
  field: string;
  message: string;
  /** What it is about, as it came. */
  text: string;
  /** By which addresses and ids the row's person is found when somebody is erased. */
  about: string[];
}

/** A row that was not saved, since there is a lead like it. */
export interface DuplicateRow extends RowPlace {
  leadId: string;
  /** In which they are alike. */
  field: string;
}

/** What became of a chunk's rows, for those who ask later. */
export interface ReportRows {
  rejected: readonly RejectedRow[];
  warnings: readonly ImportWarning[];
  duplicates: readonly DuplicateRow[];
}

/** Why a row was rejected: the field and what is wrong with it; `row` stands for all of it. */
export const reasonOf = ({ field, message }: ErrorDetail): string => (field === 'row' ? message : `${field}: ${message}`);

/** Keeps what imports report of single rows, for `RETENTION_DAYS_UPLOADS`. */
export abstract class ImportReports {
  abstract add(
    workspaceId: WorkspaceId,
    report: ReportRows & { importId: string; now: Date },
    transaction: Transaction,
  ): Promise<void>;
  /** The rows of one kind, in the order of the file. */
  abstract of<K extends keyof ReportRows>(
    kind: K,
    workspaceId: WorkspaceId,
    importId: string,
  ): AsyncIterable<ReportRows[K][number]>;
  /** Removes what was reported before then, batch by batch. */
  abstract removeOlderThan(before: Date): Promise<void>;
}
