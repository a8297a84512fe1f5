import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE } from '#libs/contact-methods';
import { requireCallingCode } from '../../leads';
import { Clock } from '../../platform/clock';
import {
  type CsvImport,
  CsvImportsService,
  type CsvPreview,
  type FileBeginning,
  type HeaderCall,
  type ImportWarning,
  readStart,
  type RejectedFile,
  type UploadedFile,
  warningsOfReading,
} from '../../platform/csv-jobs';
import type { WorkspaceId } from '../../platform/ids';
import { importColumnsOf, shownTarget } from '../domain/import-columns';
import { type ImportDefaults, type ImportedRow, importedRowOf } from '../domain/import-row';
import type { SuppressionChannel, SuppressionReason } from '../domain/suppression';
import type { SuppressionImportProgress } from '../domain/suppression-import';

export const SUPPRESSION_IMPORT = 'suppression-import';
const PREVIEW_ROWS = 10;

export interface SuppressionImportCall extends HeaderCall {
  channel?: SuppressionChannel;
  reason?: SuppressionReason;
  defaultCountryCode?: string;
}

/**
 * What would become of a row.
 * @schema SuppressionPreviewRow
 */
export type PreviewRow = { row: number } & Omit<ImportedRow, 'isDerived'>;

type SuppressionImport = CsvImport<SuppressionImportProgress>;

/** Starts imports of suppressions, and tells how they go. RunSuppressionImportsService does the work. */
@Injectable()
export class SuppressionImportsService {
  constructor(
    private readonly csvImportsService: CsvImportsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts the import of a stored file.
   * @param by the key or user that asks for it
   * @throws ValidationFailed (the file, the mapping, the country code)
   */
  async start(
    workspaceId: WorkspaceId,
    upload: UploadedFile,
    call: SuppressionImportCall,
    by: string,
  ): Promise<SuppressionImport> {
    const options = defaultsOf(call);
    const start = await readStart(upload.file, { columnsOf: importColumnsOf, ...call }, 1);
    const own = () => Promise.resolve({ options, by, saved: 0, existing: 0, invalid: 0 });
    const kind = { workspaceId, kind: SUPPRESSION_IMPORT };
    return this.csvImportsService.start<SuppressionImportProgress>(kind, upload, start, own);
  }

  /** What would become of the file's first rows; nothing is saved. @throws ValidationFailed */
  async preview(file: FileBeginning, call: SuppressionImportCall): Promise<CsvPreview<PreviewRow>> {
    const defaults = defaultsOf(call);
    const { rows, ...start } = await readStart(file, { columnsOf: importColumnsOf, ...call }, PREVIEW_ROWS);
    const { columns, dialect } = start;
    const how = { ...defaults, delimiter: dialect.delimiter, now: this.clock.now() };
    return {
      start,
      warnings: columns.warnings,
      columns: columns.names.map((column, index) => ({ column, to: shownTarget(columns.targets[index]!) })),
      rows: rows.map((row) => {
        const { isDerived: _, ...read } = importedRowOf(row.cells, columns, how);
        return { row: row.row, ...read, warnings: [...warningsOfReading(row), ...read.warnings] };
      }),
    };
  }

  /** @throws NotFound */
  get(workspaceId: WorkspaceId, id: string): Promise<SuppressionImport> {
    return this.csvImportsService.get(workspaceId, SUPPRESSION_IMPORT, id);
  }

  /** Ends the import if it is not over; what it has saved stays. @throws NotFound */
  cancel(workspaceId: WorkspaceId, id: string): Promise<SuppressionImport> {
    return this.csvImportsService.cancel(workspaceId, SUPPRESSION_IMPORT, id);
  }

  /** @throws NotFound */
  rejectedOf(workspaceId: WorkspaceId, id: string): Promise<RejectedFile> {
    return this.csvImportsService.rejectedOf(workspaceId, SUPPRESSION_IMPORT, id);
  }

  /** @throws NotFound */
  warningsOf(workspaceId: WorkspaceId, id: string): Promise<AsyncIterable<ImportWarning>> {
    return this.csvImportsService.reportOf({ workspaceId, kind: SUPPRESSION_IMPORT }, id, 'warnings');
  }
}

/** As POST /suppressions has them. @throws ValidationFailed */
function defaultsOf({
  channel = 'all',
  reason = 'manual',
  defaultCountryCode = DEFAULT_COUNTRY_CODE,
}: SuppressionImportCall): ImportDefaults {
  requireCallingCode(defaultCountryCode);
  return { channel, reason, defaultCountryCode };
}
