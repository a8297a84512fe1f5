import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE } from '#libs/contact-methods';
import { CampaignsService, WrongCampaignStatus } from '../../campaigns';
import { LeadLists, requireCallingCode } from '../../leads';
import type { OnDuplicate, OnNull } from '../../leads/domain';
import { Clock } from '../../platform/clock';
import {
  type CsvImport,
  CsvImportsService,
  type CsvPreview,
  type DuplicateRow,
  type FileBeginning,
  type HeaderCall,
  type ImportWarning,
  readStart,
  type RejectedFile,
  type UploadedFile,
} from '../../platform/csv-jobs';
import { type ErrorDetail, NotFound, ValidationFailed } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { columnsOf } from '../domain/columns';
import { explainedColumns } from '../domain/explained-columns';
import type { ImportOptions, ImportProgress, OnInvalid } from '../domain/import';
import { IMPORT_TEXTS } from '../domain/imports.texts';
import { readRow } from './read-row';

export const IMPORT = 'import';
const PREVIEW_ROWS = 10;

export interface ImportCall extends HeaderCall {
  listId?: string;
  campaignId?: string;
  defaultCountryCode?: string;
  onDuplicate?: OnDuplicate;
  onNull?: OnNull;
  onInvalid?: OnInvalid;
}

interface PreviewWarning extends ErrorDetail {
  /** What stood there, of what was cut, left out or read in another way. */
  text?: string;
}

/** What would become of a row. */
export interface PreviewRow {
  row: number;
  lead: Record<string, unknown>;
  problem: ErrorDetail | null;
  warnings: PreviewWarning[];
}

/** Starts imports of leads, and tells how they are going. RunImportsService does the work. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly csvImportsService: CsvImportsService,
    private readonly leadLists: LeadLists,
    private readonly campaignsService: CampaignsService,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts the import of a stored file.
   * @throws ValidationFailed (the file, the mapping), NotFound (list, campaign), WrongCampaignStatus
   */
  async start(workspaceId: WorkspaceId, upload: UploadedFile, call: ImportCall): Promise<CsvImport<ImportProgress>> {
    const start = await readStart(upload.file, { columnsOf, ...call }, 1);
    const kind = { workspaceId, kind: IMPORT };
    // Another call may make the list "Quick Sends" at the same moment.
    return this.csvImportsService.start<ImportProgress>(kind, upload, start, async (transaction) => {
      const options = await this.optionsOf(workspaceId, call, transaction);
      const checking = options.onInvalid === 'reject' ? { from: start.place, rows: 0, isDone: false } : undefined;
      return { options, saved: 0, updated: 0, duplicate: 0, invalid: 0, enrolled: 0, ...(checking && { checking }) };
    });
  }

  /** What would become of the file's first rows; nothing is saved. @throws ValidationFailed */
  async preview(file: FileBeginning, call: ImportCall): Promise<CsvPreview<PreviewRow>> {
    const countryCode = call.defaultCountryCode ?? DEFAULT_COUNTRY_CODE;
    requireCallingCode(countryCode);
    const { rows, ...start } = await readStart(file, { columnsOf, ...call }, PREVIEW_ROWS);
    const { columns, dialect } = start;
    const how = { columns, delimiter: dialect.delimiter, countryCode, onNull: call.onNull ?? 'keep' };
    return {
      start,
      columns: explainedColumns(columns, call.mapping),
      warnings: columns.warnings,
      rows: rows.map((row): PreviewRow => {
        const { parsed, lead: read, warnings } = readRow(row, how);
        if ('problems' in parsed) return { row: row.row, lead: read, problem: parsed.problems[0]!, warnings };
        const { original: _, ...lead } = parsed.draft;
        return { row: row.row, lead, problem: null, warnings: [...warnings, ...parsed.warnings] };
      }),
    };
  }

  list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<CsvImport<ImportProgress>>> {
    return this.csvImportsService.list(workspaceId, IMPORT, pageRequest);
  }

  /** @throws NotFound */
  get(workspaceId: WorkspaceId, id: string): Promise<CsvImport<ImportProgress>> {
    return this.csvImportsService.get(workspaceId, IMPORT, id);
  }

  /** Ends the import if it is not over; what it has saved stays. @throws NotFound */
  cancel(workspaceId: WorkspaceId, id: string): Promise<CsvImport<ImportProgress>> {
    return this.csvImportsService.cancel(workspaceId, IMPORT, id);
  }

  /** @throws NotFound */
  rejectedOf(workspaceId: WorkspaceId, id: string): Promise<RejectedFile> {
    return this.csvImportsService.rejectedOf(workspaceId, IMPORT, id);
  }

  /** @throws NotFound */
  warningsOf(workspaceId: WorkspaceId, id: string): Promise<AsyncIterable<ImportWarning>> {
    return this.csvImportsService.reportOf({ workspaceId, kind: IMPORT }, id, 'warnings');
  }

  /** @throws NotFound */
  duplicatesOf(workspaceId: WorkspaceId, id: string): Promise<AsyncIterable<DuplicateRow>> {
    return this.csvImportsService.reportOf({ workspaceId, kind: IMPORT }, id, 'duplicates');
  }

  private async optionsOf(workspaceId: WorkspaceId, call: ImportCall, transaction: Transaction): Promise<ImportOptions> {
    const defaultCountryCode = call.defaultCountryCode ?? DEFAULT_COUNTRY_CODE;
    requireCallingCode(defaultCountryCode);
    const campaign = call.campaignId ? await this.campaignsService.get(workspaceId, call.campaignId) : null;
    if (campaign && campaign.status !== 'active' && campaign.status !== 'paused')
      throw new WrongCampaignStatus(campaign.status, 'leads can be added while it is active or paused');
    if (campaign && call.listId && call.listId !== campaign.listId)
      throw new ValidationFailed([{ field: 'listId', message: IMPORT_TEXTS.otherList }]);
    const wanted = call.listId ?? campaign?.listId;
    if (wanted && !(await this.leadLists.find(workspaceId, wanted, transaction))) throw new NotFound('List');
    const listId = wanted ?? (await this.leadLists.quickSends(workspaceId, this.clock.now(), transaction)).id;
    const { onDuplicate = 'skip', onNull = 'keep', onInvalid = 'skip' } = call;
    return { listId, campaignId: campaign?.id ?? null, defaultCountryCode, onDuplicate, onNull, onInvalid };
  }
}
