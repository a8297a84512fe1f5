import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EnrollmentService } from '../../campaigns';
import { type SaveLeadsResult, SaveLeadsService } from '../../leads';
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

/** Saves the rows of files as leads, and enrolls them, a chunk at a time (CsvImportRunner). */
@Injectable()
export class RunImportsService implements OnModuleInit, CsvImporter<ImportProgress> {
  constructor(
    private readonly csvImportRunner: CsvImportRunner,
    private readonly saveLeadsService: SaveLeadsService,
    private readonly enrollmentService: EnrollmentService,
    private readonly transactions: Transactions,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.csvImportRunner.register<ImportProgress>(IMPORT, this);
  }

  maxRows({ options }: ImportProgress): number {
    const { IMPORT_CHUNK_ROWS } = this.config;
    return options.campaignId ? Math.min(ENROLL_BATCH_SIZE, IMPORT_CHUNK_ROWS) : IMPORT_CHUNK_ROWS;
  }

  async saveRows(
    job: BackgroundJob<ImportProgress>,
    rows: readonly CsvRow[],
    end: EndChunk<ImportProgress>,
  ): Promise<ImportProgress> {
    const { options, columns, delimiter } = job.progress;
    const { defaultCountryCode: countryCode, onNull = 'keep' } = options;
    const how = { columns, delimiter, countryCode, onNull };
    const read = await inSlices(rows, (row): RowOfChunk => ({ ...row, read: readRow(row, how) }));
    const settled = await this.saveLeadsService.registerInFlightWrite(job.workspaceId);
    try {
      return await retryOnConflict(this.transactions, (transaction) => this.saveWithin(job, read, end, transaction));
    } finally {
      await settled().catch(() => undefined);
    }
  }

  private async saveWithin(
    { workspaceId, id: importId, progress: before }: BackgroundJob<ImportProgress>,
    rows: readonly RowOfChunk[],
    end: EndChunk<ImportProgress>,
    transaction: Transaction,
  ): Promise<ImportProgress> {
    const { listId, campaignId, onDuplicate, onNull } = before.options;
    const parsed = rows.map(({ read }) => read.parsed);
    const leads = { parsed, listId, source: SOURCE, onDuplicate, onNull, onInvalid: 'skip', importId } as const;
    const result = await this.saveLeadsService.saveWithin(workspaceId, leads, transaction);
    const enrolled = await this.enroll(workspaceId, campaignId, result, transaction);
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
