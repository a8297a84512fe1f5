import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE } from '#libs/contact-methods';
import { CampaignsService, WrongCampaignStatus } from '../../campaigns';
import { LeadLists, parseLead, requireCallingCode } from '../../leads';
import { BackgroundJobs } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { FileTooLarge, ImportFiles, type RejectedRow, RejectedRows, type StoredFile } from '../../platform/csv-jobs';
import { type ErrorDetail, NotFound, ValidationFailed } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { Ticks } from '../../platform/ticks';
import type { Mapping, Target } from '../domain/columns';
import type { Import, ImportOptions, ImportProgress } from '../domain/import';
import { IMPORT_TEXTS } from '../domain/imports.texts';
import { leadOf } from '../domain/row';
import { type FileStart, readStart } from './read-start';

export const IMPORT = 'import';
const PREVIEW_ROWS = 10;
const SWEEP_INTERVAL_MS = 10 * 60_000;
/** An upload that takes longer than this has broken off. */
const MAX_UPLOAD_MS = 2 * 3_600_000;

export interface ImportCall {
  listId?: string;
  campaignId?: string;
  defaultCountryCode?: string;
  onDuplicate?: 'skip' | 'update';
  mapping: Mapping;
}

export interface ImportPreview {
  encoding: StoredFile['encoding'];
  delimiter: string;
  columns: { column: string; target: Target }[];
  rows: { row: number; lead: Record<string, unknown>; problem: ErrorDetail | null; warnings: ErrorDetail[] }[];
}

/** Takes files in, and tells how their imports are going. RunImportsService does the work. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly importFiles: ImportFiles,
    private readonly rejectedRows: RejectedRows,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly leadLists: LeadLists,
    private readonly campaignsService: CampaignsService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: Config,
    ticks: Ticks,
  ) {
    ticks.every('sweep uploads', SWEEP_INTERVAL_MS, () => this.sweep());
  }

  /**
   * Stores a file as it streams.
   * @param isCut whether the stream ended because the file is too large
   * @throws FileTooLarge, ValidationFailed when it breaks off
   */
  async take(workspaceId: WorkspaceId, bytes: Readable, isCut: () => boolean): Promise<StoredFile> {
    let brokeOff = false;
    bytes.once('error', () => (brokeOff = true));
    const file = await this.importFiles.store(workspaceId, bytes).catch((error: unknown) => {
      throw brokeOff ? new ValidationFailed([{ field: 'file', message: IMPORT_TEXTS.brokeOff }]) : error;
    });
    if (!isCut()) return file;
    await this.importFiles.delete(file.fileId);
    throw new FileTooLarge(this.config.IMPORT_MAX_BYTES);
  }

  /** Deletes a stored file that no import needs. */
  discard({ fileId }: StoredFile): Promise<void> {
    return this.importFiles.delete(fileId);
  }

  /**
   * Starts the import of a stored file.
   * @throws ValidationFailed (the file, the mapping), NotFound (list, campaign), WrongCampaignStatus
   */
  async start(
    workspaceId: WorkspaceId,
    { file, fileName }: { file: StoredFile; fileName: string },
    call: ImportCall,
  ): Promise<Import> {
    const start = await readStart(file, call.mapping, 1);
    // Another call may make the list "Quick Sends" at the same moment.
    return retryOnConflict(this.transactions, async (transaction) => {
      const options = await this.optionsOf(workspaceId, call, transaction);
      const progress = progressOf({ file, fileName }, start, options);
      const begun = { workspaceId, kind: IMPORT, subject: file.fileId, progress };
      const job = await this.backgroundJobs.start<ImportProgress>(begun, transaction);
      await this.importFiles.belongsTo(file.fileId, job.id, transaction);
      return job;
    });
  }

  /** What would become of the file's first rows; nothing is saved. @throws ValidationFailed */
  async preview(file: Pick<StoredFile, 'start' | 'size' | 'encoding'>, call: ImportCall): Promise<ImportPreview> {
    const countryCode = call.defaultCountryCode ?? DEFAULT_COUNTRY_CODE;
    requireCallingCode(countryCode);
    const { dialect, columns, rows } = await readStart(file, call.mapping, PREVIEW_ROWS);
    return {
      encoding: file.encoding,
      delimiter: dialect.delimiter,
      columns: columns.names.map((column, index) => ({ column, target: columns.targets[index]! })),
      rows: rows.map(({ row, cells }) => {
        const read = leadOf(cells, columns);
        if ('problem' in read) return { row, lead: {}, problem: { field: 'row', message: read.problem }, warnings: [] };
        const parsed = parseLead(read.lead, countryCode);
        if ('problems' in parsed) return { row, lead: read.lead, problem: parsed.problems[0]!, warnings: [] };
        const { original: _, ...lead } = parsed.draft;
        return { row, lead, problem: null, warnings: parsed.warnings };
      }),
    };
  }

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Import> {
    const found = await this.backgroundJobs.find<ImportProgress>(workspaceId, IMPORT, id);
    if (!found) throw new NotFound('Import');
    return found;
  }

  /** Ends the import if it is not over; what it has saved stays. @throws NotFound */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<Import> {
    const { progress } = await this.get(workspaceId, id);
    if (await this.backgroundJobs.cancel(workspaceId, IMPORT, id)) await this.importFiles.delete(progress.fileId);
    return this.get(workspaceId, id);
  }

  /** The header of the file, and the rows of it that were rejected. @throws NotFound */
  async rejectedOf(workspaceId: WorkspaceId, id: string): Promise<{ header: string[]; rows: AsyncIterable<RejectedRow> }> {
    const { progress } = await this.get(workspaceId, id);
    return { header: progress.columns.names, rows: this.rejectedRows.of(workspaceId, id) };
  }

  /**
   * Deletes files that are not needed any more: of uploads that broke off, and of imports whose worker died
   * as they ended.
   */
  async sweep(): Promise<void> {
    const now = this.clock.now().getTime();
    for (const { fileId, workspaceId, importId } of await this.importFiles.olderThan(new Date(now - MAX_UPLOAD_MS))) {
      const job = importId && (await this.backgroundJobs.find<ImportProgress>(workspaceId, IMPORT, importId));
      if (!job || job.finishedAt) await this.importFiles.delete(fileId);
    }
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
    return { listId, campaignId: campaign?.id ?? null, defaultCountryCode, onDuplicate: call.onDuplicate ?? 'skip' };
  }
}

function progressOf(
  { file, fileName }: { file: StoredFile; fileName: string },
  start: FileStart,
  options: ImportOptions,
): ImportProgress {
  return {
    fileId: file.fileId,
    fileName,
    size: file.size,
    encoding: start.dialect.encoding,
    delimiter: start.dialect.delimiter,
    columns: start.columns,
    options,
    place: start.place,
    record: 0,
    rows: 0,
    saved: 0,
    updated: 0,
    duplicate: 0,
    invalid: 0,
    enrolled: 0,
    admitted: false,
    activeMs: 0,
  };
}
