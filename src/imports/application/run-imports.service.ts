import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EnrollmentService, type PlannedMembers } from '../../campaigns';
import { type PlannedLeads, PlannedLeadsService, problemOfReading, type SaveLeadsResult, SaveLeadsService } from '../../leads';
import type { BackgroundJob } from '../../platform/background';
import { Config } from '../../platform/config';
import { type CsvImporter, CsvImportRunner, type CsvRow, type EndChunk, reasonOf } from '../../platform/csv-jobs';
import { inSlices } from '../../platform/event-loop';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import type { ImportProgress } from '../domain/import';
import { IMPORT_TEXTS } from '../domain/imports.texts';
import { IMPORT } from './imports.service';
import { readRow, type RowOfChunk } from './read-row';
import { reportOf } from './report';

/** Each row that is enrolled also makes a message for each step. */
const ENROLL_BATCH_SIZE = 500;
const SOURCE = 'csv';

/** The rows of a chunk, read, and where none of them may update a lead what they come to. */
interface PreparedRows {
  rows: RowOfChunk[];
  planned: PlannedLeads | null;
  /** Who of the planned leads is to be enrolled. */
  members: PlannedMembers | null;
  /** The rows that the plan takes for saved; until these are saved themselves. */
  before?: PreparedRows | null;
  savedAsPlanned?: boolean;
}

/** Saves the rows of files as leads, and enrolls them, a chunk at a time (CsvImportRunner). */
@Injectable()
export class RunImportsService implements OnModuleInit, CsvImporter<ImportProgress, PreparedRows> {
  constructor(
    private readonly csvImportRunner: CsvImportRunner,
    private readonly saveLeadsService: SaveLeadsService,
    private readonly plannedLeadsService: PlannedLeadsService,
    private readonly enrollmentService: EnrollmentService,
    private readonly transactions: Transactions,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.csvImportRunner.register<ImportProgress, PreparedRows>(IMPORT, this);
  }

  maxRows({ options }: ImportProgress): number {
    const { IMPORT_CHUNK_ROWS } = this.config;
    return options.campaignId ? Math.min(ENROLL_BATCH_SIZE, IMPORT_CHUNK_ROWS) : IMPORT_CHUNK_ROWS;
  }

  async prepareRows(
    { workspaceId, id: importId, progress }: BackgroundJob<ImportProgress>,
    rows: readonly CsvRow[],
    before: PreparedRows | null,
  ): Promise<PreparedRows> {
    const { options, columns, delimiter, checking } = progress;
    const { listId, campaignId, defaultCountryCode: countryCode, onDuplicate, onNull = 'keep' } = options;
    const how = { columns, delimiter, countryCode, onNull };
    const read = await inSlices(rows, (row): RowOfChunk => ({ ...row, read: readRow(row, how) }));
    // An update goes by what its lead is when it is written; and what is only checked is not planned.
    if (onDuplicate === 'update' || checking?.isDone === false) return { rows: read, planned: null, members: null };
    const parsed = read.map((row) => row.read.parsed);
    const asNew = { parsed, listId, source: SOURCE, importId };
    const planned = await this.plannedLeadsService.plan(workspaceId, asNew, before?.planned ?? null);
    const newcomers = { fresh: planned.saved, unsaved: before?.planned?.saved ?? [] };
    const members = campaignId ? await this.enrollmentService.planMembers(workspaceId, campaignId, newcomers) : null;
    return { rows: read, planned, members, before };
  }

  async saveRows(
    job: BackgroundJob<ImportProgress>,
    prepared: PreparedRows,
    end: EndChunk<ImportProgress>,
  ): Promise<ImportProgress> {
    const { planned, before } = prepared;
    const holds = planned !== null && (!before || before.savedAsPlanned === true);
    delete prepared.before;
    const settled = await this.saveLeadsService.registerInFlightWrite(job.workspaceId);
    try {
      return await retryOnConflict(this.transactions, async (transaction, attempt) => {
        prepared.savedAsPlanned = holds && attempt === 1;
        const result = prepared.savedAsPlanned
          ? await this.plannedLeadsService.saveWithin(job.workspaceId, planned!, transaction)
          : await this.saveUnplanned(job, prepared.rows, transaction);
        const members = prepared.savedAsPlanned ? prepared.members : null;
        const enrolled = await this.enroll(job, result, members, transaction);
        return this.endWith(job, { rows: prepared.rows, result, enrolled }, end, transaction);
      });
    } finally {
      await settled().catch(() => undefined);
    }
  }

  checkRows(
    { progress: before }: BackgroundJob<ImportProgress>,
    { rows }: PreparedRows,
    end: EndChunk<ImportProgress>,
  ): Promise<ImportProgress> {
    const { onDuplicate } = before.options;
    const rejected = rows.flatMap(({ row, line, cells, read }) => {
      const problem = problemOfReading(read.parsed, onDuplicate);
      return problem ? [{ row, line, cells, reason: reasonOf(problem) }] : [];
    });
    const counts = { rows: before.rows + rejected.length, invalid: before.invalid + rejected.length };
    const report = { rejected, duplicates: [], warnings: [] };
    return this.transactions.run((transaction) => end({ counts, report }, transaction));
  }

  refusal({ invalid, checking }: ImportProgress): string | null {
    return invalid > 0 ? IMPORT_TEXTS.refused(invalid, checking!.rows) : null;
  }

  private saveUnplanned(
    { workspaceId, id: importId, progress }: BackgroundJob<ImportProgress>,
    rows: readonly RowOfChunk[],
    transaction: Transaction,
  ): Promise<SaveLeadsResult> {
    const { listId, onDuplicate, onNull } = progress.options;
    const parsed = rows.map(({ read }) => read.parsed);
    const leads = { parsed, listId, source: SOURCE, onDuplicate, onNull, onInvalid: 'skip', importId } as const;
    return this.saveLeadsService.saveWithin(workspaceId, leads, transaction);
  }

  private async endWith(
    { progress: before }: BackgroundJob<ImportProgress>,
    { rows, result, enrolled }: { rows: readonly RowOfChunk[]; result: SaveLeadsResult; enrolled: number },
    end: EndChunk<ImportProgress>,
    transaction: Transaction,
  ): Promise<ImportProgress> {
    const counts = {
      rows: before.rows + result.totalProcessed,
      saved: before.saved + result.savedCount,
      updated: before.updated + result.updatedCount,
      duplicate: before.duplicate + result.duplicateCount,
      invalid: before.invalid + result.invalidCount,
      enrolled: before.enrolled + enrolled,
    };
    return end({ counts, report: reportOf(rows, result) }, transaction);
  }

  private async enroll(
    { workspaceId, progress }: BackgroundJob<ImportProgress>,
    saved: SaveLeadsResult,
    planned: PlannedMembers | null,
    transaction: Transaction,
  ): Promise<number> {
    const { campaignId } = progress.options;
    const leadIds = [...new Set(saved.leadIds.filter((id) => id !== null))];
    if (!campaignId || leadIds.length === 0) return 0;
    return this.enrollmentService.enrollMembers(workspaceId, campaignId, { leadIds, planned }, transaction);
  }
}
