import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EnrollmentService } from '../../campaigns';
import { type PlannedLeads, PlannedLeadsService, type SaveLeadsResult, SaveLeadsService } from '../../leads';
import type { BackgroundJob } from '../../platform/background';
import { Config } from '../../platform/config';
import { type CsvImporter, CsvImportRunner, type CsvRow, type EndChunk } from '../../platform/csv-jobs';
import { inSlices } from '../../platform/event-loop';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import type { ImportProgress } from '../domain/import';
import { IMPORT } from './imports.service';
import { readRow, type RowOfChunk } from './read-row';
import { reportOf } from './report';

/** Each row that is enrolled also makes a message for each step. */
const ENROLL_BATCH_SIZE = 500;
const SOURCE = 'import';

/** The rows of a chunk, read, and where none of them may update a lead what they come to. */
interface PreparedRows {
  rows: RowOfChunk[];
  planned: PlannedLeads | null;
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
    const { options, columns, delimiter } = progress;
    const { listId, defaultCountryCode: countryCode, onDuplicate, onNull = 'keep' } = options;
    const how = { columns, delimiter, countryCode, onNull };
    const read = await inSlices(rows, (row): RowOfChunk => ({ ...row, read: readRow(row, how) }));
    // An update goes by what its lead is when it is written.
    if (onDuplicate === 'update') return { rows: read, planned: null };
    const parsed = read.map((row) => row.read.parsed);
    const asNew = { parsed, listId, source: SOURCE, importId };
    return { rows: read, planned: await this.plannedLeadsService.plan(workspaceId, asNew, before?.planned ?? null), before };
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
        return this.endWith(job, { rows: prepared.rows, result }, end, transaction);
      });
    } finally {
      await settled().catch(() => undefined);
    }
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
    { workspaceId, progress: before }: BackgroundJob<ImportProgress>,
    { rows, result }: { rows: readonly RowOfChunk[]; result: SaveLeadsResult },
    end: EndChunk<ImportProgress>,
    transaction: Transaction,
  ): Promise<ImportProgress> {
    const enrolled = await this.enroll(workspaceId, before.options.campaignId, result, transaction);
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
    workspaceId: WorkspaceId,
    campaignId: string | null,
    { leadIds }: SaveLeadsResult,
    transaction: Transaction,
  ): Promise<number> {
    const ids = [...new Set(leadIds.filter((id) => id !== null))];
    return campaignId && ids.length > 0 ? this.enrollmentService.enrollMembers(workspaceId, campaignId, ids, transaction) : 0;
  }
}
