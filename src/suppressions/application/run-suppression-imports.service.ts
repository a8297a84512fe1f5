import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { BackgroundJob } from '../../platform/background';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import {
  type CsvImporter,
  CsvImportRunner,
  type CsvRow,
  type EndChunk,
  type ImportWarning,
  reasonOf,
  warningsOfReading,
} from '../../platform/csv-jobs';
import { inSlices } from '../../platform/event-loop';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { type ImportedRow, importedRowOf, type ImportedSuppression } from '../domain/import-row';
import { keyOf, type NewSuppression, uniqueOf } from '../domain/suppression';
import type { SuppressionImportProgress } from '../domain/suppression-import';
import { Suppressions } from '../domain/suppressions.repository';
import { BackgroundTelling } from './background-telling';
import { SUPPRESSION_IMPORT } from './suppression-imports.service';
import { SuppressionWrites } from './suppression-writes';

type Job = BackgroundJob<SuppressionImportProgress>;

/** A row of a chunk, and what was read in it. */
type ReadRow = CsvRow & { read: ImportedRow };

const uniqueKeyOf = (one: Pick<NewSuppression, 'address' | 'domain' | 'channel' | 'reason'>): string =>
  uniqueOf({ key: keyOf(one), channel: one.channel, reason: one.reason });

/**
 * Saves the rows of files as suppressions, a chunk at a time (CsvImportRunner). They hold at once; what waits
 * for the people is cancelled in the background.
 */
@Injectable()
export class RunSuppressionImportsService implements OnModuleInit, CsvImporter<SuppressionImportProgress, ReadRow[]> {
  constructor(
    private readonly csvImportRunner: CsvImportRunner,
    private readonly suppressions: Suppressions,
    private readonly suppressionWrites: SuppressionWrites,
    private readonly backgroundTelling: BackgroundTelling,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.csvImportRunner.register<SuppressionImportProgress, ReadRow[]>(SUPPRESSION_IMPORT, this);
  }

  maxRows(): number {
    return this.config.IMPORT_CHUNK_ROWS;
  }

  prepareRows({ progress }: Job, rows: readonly CsvRow[]): Promise<ReadRow[]> {
    const { options, columns, delimiter } = progress;
    const how = { ...options, delimiter, now: this.clock.now() };
    return inSlices(rows, (row): ReadRow => ({ ...row, read: importedRowOf(row.cells, columns, how) }));
  }

  saveRows(job: Job, rows: readonly ReadRow[], end: EndChunk<SuppressionImportProgress>): Promise<SuppressionImportProgress> {
    return retryOnConflict(this.transactions, (transaction) => this.saveWithin(job, rows, end, transaction));
  }

  private async saveWithin(
    job: Job,
    rows: readonly ReadRow[],
    end: EndChunk<SuppressionImportProgress>,
    transaction: Transaction,
  ): Promise<SuppressionImportProgress> {
    const { workspaceId, progress: before } = job;
    const fresh = await this.freshOf(job, rows, transaction);
    const created = await this.suppressionWrites.addQuietly(fresh, transaction);
    await this.backgroundTelling.start(workspaceId, created, transaction);
    const isNew = new Set(created.map(uniqueKeyOf));
    const counts = { rows: before.rows + rows.length, saved: before.saved, existing: before.existing, invalid: before.invalid };
    for (const { read } of rows) {
      // A later row of the same is none that is new.
      const news = read.suppressions.filter((one) => isNew.delete(uniqueKeyOf(one)));
      counts[read.problem ? 'invalid' : news.length > 0 ? 'saved' : 'existing'] += 1;
    }
    const rejected = rows.flatMap(({ read, row, line, cells }) =>
      read.problem ? [{ row, line, cells, reason: reasonOf(read.problem) }] : [],
    );
    return end({ counts, report: { rejected, warnings: rows.flatMap(warningsOf), duplicates: [] } }, transaction);
  }

  /** What the rows ask for, each once, as the first of them has it. */
  private async freshOf(
    { workspaceId, progress: { by } }: Job,
    rows: readonly ReadRow[],
    transaction: Transaction,
  ): Promise<NewSuppression[]> {
    const known = await this.knownOf(workspaceId, rows, transaction);
    const wanted = new Map<string, NewSuppression>();
    for (const { read } of rows) {
      for (const one of read.suppressions) {
        const key = uniqueKeyOf(one);
        if (wanted.has(key) || (read.isDerived && known.has(key))) continue;
        wanted.set(key, newSuppression(workspaceId, one, by));
      }
    }
    return [...wanted.values()];
  }

  /**
   * Those that rows which an export calls derived would say again: they go on being lifted with their origin,
   * since nobody asks for them in their own right.
   */
  private async knownOf(workspaceId: WorkspaceId, rows: readonly ReadRow[], transaction: Transaction): Promise<Set<string>> {
    const derived = rows.filter(({ read }) => read.isDerived).flatMap(({ read }) => read.suppressions);
    const addresses = derived.flatMap(({ address }) => address ?? []);
    return new Set((await this.suppressions.among(workspaceId, addresses, transaction)).map(uniqueKeyOf));
  }
}

function warningsOf(row: ReadRow): ImportWarning[] {
  const { problem, warnings, suppressions } = row.read;
  if (problem && suppressions.length === 0) return [];
  const about = suppressions.flatMap(({ address, domain }) => address ?? domain ?? []);
  return [...warningsOfReading(row), ...warnings].map((warning) => ({ row: row.row, line: row.line, ...warning, about }));
}

const newSuppression = (workspaceId: WorkspaceId, said: ImportedSuppression, by: string): NewSuppression => ({
  workspaceId,
  ...said,
  source: 'import',
  replyId: null,
  byWord: false,
  leadIds: [],
  reviewUntil: null,
  createdBy: by,
});
