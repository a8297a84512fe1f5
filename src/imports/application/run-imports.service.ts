import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EnrollmentService } from '../../campaigns';
import { type ParsedLead, parseLead, type SaveLeadsResult, SaveLeadsService } from '../../leads';
import { type BackgroundJob, BackgroundJobs, type ChunkResult } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import {
  type CsvChunk,
  type CsvRow,
  ImportFiles,
  ImportTurns,
  readChunk,
  type RejectedRow,
  RejectedRows,
} from '../../platform/csv-jobs';
import { DomainError } from '../../platform/errors';
import { inSlices } from '../../platform/event-loop';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { type ImportProgress, MAX_CONCURRENT_IMPORTS } from '../domain/import';
import { IMPORT_TEXTS } from '../domain/imports.texts';
import { leadOf } from '../domain/row';
import { IMPORT } from './imports.service';

/** Each row that is enrolled also makes a message for each step. */
const ENROLL_BATCH_SIZE = 500;
const TURN_RETRY_INTERVAL_MS = 500;
const SOURCE = 'import';

type Save = (progress: ImportProgress, transaction: Transaction) => Promise<void>;

/** What is needed to save a chunk. */
interface ReadChunk {
  job: BackgroundJob<ImportProgress>;
  /** The progress that the chunk goes on from. */
  before: ImportProgress;
  chunk: CsvChunk;
  /** When the chunk was begun, by `performance.now()`. */
  startedAt: number;
  save: Save;
}

/**
 * Imports files in chunks. What a chunk saves, its rejected rows, its enrollments and how far it came
 * are one transaction, so after a crash anywhere the next worker goes on from there, and the counts add up.
 */
@Injectable()
export class RunImportsService implements OnModuleInit {
  constructor(
    private readonly importFiles: ImportFiles,
    private readonly rejectedRows: RejectedRows,
    private readonly importTurns: ImportTurns,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly saveLeadsService: SaveLeadsService,
    private readonly enrollmentService: EnrollmentService,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.backgroundJobs.register<ImportProgress>(IMPORT, { chunk: (job, save) => this.chunk(job, save) });
  }

  private async chunk(job: BackgroundJob<ImportProgress>, save: Save): Promise<ChunkResult<ImportProgress>> {
    if (!job.progress.admitted && !(await this.hasTurn(job))) {
      const until = new Date(this.clock.now().getTime() + TURN_RETRY_INTERVAL_MS);
      return { next: 'wait', progress: job.progress, until, reason: IMPORT_TEXTS.waitsForOthers };
    }
    const startedAt = performance.now();
    const progress = { ...job.progress, admitted: true };
    const chunk = await this.read(progress);
    try {
      const after = await this.save({ job, before: progress, chunk, startedAt, save });
      if (chunk.end === 'more') return { next: 'more', progress: after };
      await this.importFiles.delete(progress.fileId);
      return chunk.end === 'done'
        ? { next: 'done', progress: after }
        : { next: 'failed', progress: after, reason: chunk.end.message };
    } catch (error) {
      // The list or the campaign is gone, so a retry would not help.
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      await this.importFiles.delete(progress.fileId);
      return { next: 'failed', progress, reason: error.message };
    }
  }

  private hasTurn({ workspaceId, id }: BackgroundJob<ImportProgress>): Promise<boolean> {
    return this.importTurns.take(workspaceId, id, MAX_CONCURRENT_IMPORTS, async (other) => {
      const holder = await this.backgroundJobs.find(workspaceId, IMPORT, other);
      return !holder || holder.finishedAt !== null;
    });
  }

  private read(progress: ImportProgress): Promise<CsvChunk> {
    const { IMPORT_CHUNK_ROWS } = this.config;
    const maxRows = progress.options.campaignId ? Math.min(ENROLL_BATCH_SIZE, IMPORT_CHUNK_ROWS) : IMPORT_CHUNK_ROWS;
    return readChunk(progress, maxRows, (offset) => this.importFiles.read(progress.fileId, offset, progress.size));
  }

  /** @returns the progress as it was saved */
  private async save(read: ReadChunk): Promise<ImportProgress> {
    const { options, columns } = read.before;
    const parsed = await inSlices(read.chunk.rows, ({ cells }): ParsedLead => {
      const row = leadOf(cells, columns);
      if ('problem' in row) return { problems: [{ field: 'row', message: row.problem }] };
      return parseLead(row.lead, options.defaultCountryCode);
    });
    const end = await this.saveLeadsService.registerInFlightWrite(read.job.workspaceId);
    try {
      return await retryOnConflict(this.transactions, (transaction) => this.saveWithin(read, parsed, transaction));
    } finally {
      await end().catch(() => undefined);
    }
  }

  private async saveWithin(
    { job, before, chunk, startedAt, save }: ReadChunk,
    parsed: readonly ParsedLead[],
    transaction: Transaction,
  ): Promise<ImportProgress> {
    const { workspaceId, id: importId } = job;
    const { listId, campaignId, onDuplicate } = before.options;
    const rows = { parsed, listId, source: SOURCE, onDuplicate, onInvalid: 'skip', importId } as const;
    const result = await this.saveLeadsService.saveWithin(workspaceId, rows, transaction);
    const rejected = { importId, rows: rejectedOf(chunk.rows, result), now: this.clock.now() };
    await this.rejectedRows.add(workspaceId, rejected, transaction);
    const enrolled = await this.enroll(workspaceId, campaignId, result, transaction);
    const after: ImportProgress = {
      ...before,
      place: chunk.place,
      record: chunk.record,
      rows: before.rows + result.totalProcessed,
      saved: before.saved + result.savedCount,
      updated: before.updated + result.updatedCount,
      duplicate: before.duplicate + result.duplicateCount,
      invalid: before.invalid + result.invalidCount,
      enrolled: before.enrolled + enrolled,
      activeMs: before.activeMs + Math.max(1, Math.round(performance.now() - startedAt)),
    };
    await save(after, transaction);
    return after;
  }

  private async enroll(
    workspaceId: WorkspaceId,
    campaignId: string | null,
    { leadIds }: SaveLeadsResult,
    transaction: Transaction,
  ): Promise<number> {
    const ids = [...new Set(leadIds.filter((id) => id !== null))];
    return campaignId && ids.length > 0 ? this.enrollmentService.enrollMembers(workspaceId, campaignId, ids, transaction) : 0;
  }
}

const rejectedOf = (rows: readonly CsvRow[], { invalid }: SaveLeadsResult): RejectedRow[] =>
  invalid.map(({ index, field, message }) => ({ ...rows[index!]!, reason: field === 'row' ? message : `${field}: ${message}` }));
