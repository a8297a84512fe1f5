import { Injectable } from '@nestjs/common';
import { BackgroundJobs } from '../background';
import { Clock } from '../clock';
import { Config } from '../config';
import { NotFound } from '../errors';
import type { WorkspaceId } from '../ids';
import { retryOnConflict, type Transaction, Transactions } from '../mongo';
import type { Page, PageRequest } from '../paging';
import { Ticks } from '../ticks';
import type { CsvColumns } from './csv-columns';
import { beginningOf, type CsvImport, type CsvProgress, type FileStart, type UploadedFile } from './csv-import';
import { ImportFiles } from './import-files';
import { ImportReports, type RejectedRow, type ReportRows } from './import-reports';

const SWEEP_INTERVAL_MS = 10 * 60_000;
const DAY_MS = 86_400_000;
/** An upload that takes longer than this has broken off. */
const MAX_UPLOAD_MS = 2 * 3_600_000;

/** The columns of a file of the product's own, or of anybody's, and the rows of it that were rejected. */
export interface RejectedFile {
  columns: CsvColumns;
  rows: AsyncIterable<RejectedRow>;
}

/**
 * Starts imports of stored files, and tells how they are going. `kind` is that of the background job, so that
 * no import is found as one of another kind. CsvImportRunner does the work.
 */
@Injectable()
export class CsvImportsService {
  constructor(
    private readonly importFiles: ImportFiles,
    private readonly importReports: ImportReports,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: Config,
    ticks: Ticks,
  ) {
    ticks.every('sweep uploads', SWEEP_INTERVAL_MS, () => this.sweep());
  }

  /**
   * Starts the import of a stored file.
   * @param own what this kind of import keeps in its progress besides; it may be asked more than once
   * @throws whatever `own` throws
   */
  async start<P extends CsvProgress>(
    { workspaceId, kind }: { workspaceId: WorkspaceId; kind: string },
    upload: UploadedFile,
    start: FileStart<P['columns']>,
    own: (transaction: Transaction) => Promise<Omit<P, Exclude<keyof CsvProgress, 'checking'>>>,
  ): Promise<CsvImport<P>> {
    const { fileId } = upload.file;
    return retryOnConflict(this.transactions, async (transaction) => {
      const progress = { ...beginningOf(upload, start), ...(await own(transaction)) } as P;
      const job = await this.backgroundJobs.start<P>({ workspaceId, kind, subject: fileId, progress }, transaction);
      await this.importFiles.belongsTo(fileId, job.id, transaction);
      return job;
    });
  }

  /** @throws NotFound */
  async get<P extends CsvProgress>(workspaceId: WorkspaceId, kind: string, id: string): Promise<CsvImport<P>> {
    const found = await this.backgroundJobs.find<P>(workspaceId, kind, id);
    if (!found) throw new NotFound('Import');
    return found;
  }

  /** The imports of a kind, newest first. */
  list<P extends CsvProgress>(workspaceId: WorkspaceId, kind: string, pageRequest: PageRequest): Promise<Page<CsvImport<P>>> {
    return this.backgroundJobs.list<P>(workspaceId, kind, pageRequest);
  }

  /** Ends the import if it is not over; what it has saved stays. @throws NotFound */
  async cancel<P extends CsvProgress>(workspaceId: WorkspaceId, kind: string, id: string): Promise<CsvImport<P>> {
    const { progress } = await this.get<P>(workspaceId, kind, id);
    if (await this.backgroundJobs.cancel(workspaceId, kind, id)) await this.importFiles.delete(progress.fileId);
    return this.get<P>(workspaceId, kind, id);
  }

  /** The columns of the file, and the rows of it that were rejected. @throws NotFound */
  async rejectedOf(workspaceId: WorkspaceId, kind: string, id: string): Promise<RejectedFile> {
    const { progress } = await this.get(workspaceId, kind, id);
    return { columns: progress.columns, rows: this.importReports.of('rejected', workspaceId, id) };
  }

  /** What an import reports of single rows. @throws NotFound */
  async reportOf<K extends keyof ReportRows>(
    { workspaceId, kind }: { workspaceId: WorkspaceId; kind: string },
    id: string,
    of: K,
  ): Promise<AsyncIterable<ReportRows[K][number]>> {
    await this.get(workspaceId, kind, id);
    return this.importReports.of(of, workspaceId, id);
  }

  /**
   * Deletes files that are not needed any more: of uploads that broke off, and of imports of whatever kind
   * whose worker died as they ended. Reports go when they are old.
   */
  async sweep(): Promise<void> {
    const now = this.clock.now().getTime();
    for await (const { fileId, workspaceId, importId } of this.importFiles.olderThan(new Date(now - MAX_UPLOAD_MS))) {
      const isNeeded = importId !== null && (await this.backgroundJobs.isUnfinished(workspaceId, importId));
      if (!isNeeded) await this.importFiles.delete(fileId);
    }
    await this.importReports.removeOlderThan(new Date(now - this.config.RETENTION_DAYS_UPLOADS * DAY_MS));
  }
}
