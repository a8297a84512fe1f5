import { Injectable } from '@nestjs/common';
import { type BackgroundJob, BackgroundJobs, type ChunkResult, type SaveProgress } from '../background';
import { Clock } from '../clock';
import { DomainError } from '../errors';
import { Metrics } from '../metrics';
import type { Transaction } from '../mongo';
import { CSV_TEXTS } from './csv.texts';
import type { Checking, CsvProgress } from './csv-import';
import { ImportFiles, ImportTurns } from './import-files';
import { ImportReports, type ImportWarning, type ReportRows } from './import-reports';
import { type CsvChunk, type CsvRow, readChunk } from './read-chunk';

/** At most this many imports of a workspace run at a time, whatever they import. */
const MAX_CONCURRENT_IMPORTS = 2;
const TURN_RETRY_INTERVAL_MS = 500;
/** After this long, other work of the queue has its turn. */
const RUN_MS = 2_000;

/** What became of a chunk's rows. */
interface SavedRows<P extends CsvProgress> {
  /** The counts of the import with those of the chunk, `rows` among them. */
  counts: Partial<P> & Pick<P, 'rows'>;
  report: ReportRows;
}

/**
 * Ends a chunk: keeps what it reports of rows, and how far the import came.
 * @returns the progress as it was saved
 */
export type EndChunk<P extends CsvProgress> = (saved: SavedRows<P>, transaction: Transaction) => Promise<P>;

/** Imports files of one kind. `R` is what it makes of the rows of a chunk before it saves them. */
export interface CsvImporter<P extends CsvProgress, R> {
  /** How many rows a chunk may have. */
  maxRows(progress: P): number;
  /**
   * Reads and checks the rows of a chunk, while the one before may be saved; it writes nothing.
   * @param before what it made of the chunk before, where this worker has it
   */
  prepareRows(job: BackgroundJob<P>, rows: readonly CsvRow[], before: R | null): Promise<R>;
  /**
   * Saves the rows of a chunk in one transaction, and calls `end` as the last of it. It may be called again
   * with the same rows, when a worker died.
   * @throws DomainError when no retry would help: the import fails
   */
  saveRows(job: BackgroundJob<P>, rows: R, end: EndChunk<P>): Promise<P>;
  /**
   * For imports that check all rows first: counts and reports those of a chunk, and saves nothing else.
   * `counts` hold the rows that cannot be taken alone.
   */
  checkRows?(job: BackgroundJob<P>, rows: R, end: EndChunk<P>): Promise<P>;
  /** After all rows were checked: why none is saved, as a sentence, or `null`. */
  refusal?(progress: P): string | null;
}

/** A chunk that is ready to be saved. */
interface Prepared<R> {
  chunk: CsvChunk;
  rows: R;
}

/**
 * Imports files in chunks. What a chunk saves, what it reports of rows, and how far it came are one
 * transaction, so after a crash anywhere the next worker goes on from there, and the counts add up. While the
 * store saves a chunk, the next one is read and checked.
 */
@Injectable()
export class CsvImportRunner {
  constructor(
    private readonly importFiles: ImportFiles,
    private readonly importReports: ImportReports,
    private readonly importTurns: ImportTurns,
    private readonly backgroundJobs: BackgroundJobs,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /** From now on, imports of this kind are done by `importer`. */
  register<P extends CsvProgress, R>(kind: string, importer: CsvImporter<P, R>): void {
    this.backgroundJobs.register<P>(kind, { chunk: (job, save) => this.chunk(importer, job, save) });
  }

  private async chunk<P extends CsvProgress, R>(
    importer: CsvImporter<P, R>,
    job: BackgroundJob<P>,
    save: SaveProgress<P>,
  ): Promise<ChunkResult<P>> {
    if (!job.progress.admitted && !(await this.hasTurn(job))) {
      const until = new Date(this.clock.now().getTime() + TURN_RETRY_INTERVAL_MS);
      return { next: 'wait', progress: job.progress, until, reason: CSV_TEXTS.waitsForOthers };
    }
    // An import that an earlier version began has counted no warnings.
    const progress = { ...job.progress, warnings: job.progress.warnings ?? 0, admitted: true };
    return this.saveChunks(importer, { ...job, progress }, save);
  }

  /** Saves chunks one after the other, until the file ends or others shall have the worker. */
  private async saveChunks<P extends CsvProgress, R>(
    importer: CsvImporter<P, R>,
    job: BackgroundJob<P>,
    save: SaveProgress<P>,
  ): Promise<ChunkResult<P>> {
    const stopAt = performance.now() + RUN_MS;
    let startedAt = performance.now();
    let { progress } = job;
    let ahead: Promise<Prepared<R>> | null = this.prepare(importer, job, null);
    try {
      while (ahead) {
        const prepared: Prepared<R> = await ahead;
        const { chunk, rows } = prepared;
        const goesOn = chunk.end === 'more' && performance.now() < stopAt;
        const next = { ...job, progress: { ...progress, place: chunk.place, record: chunk.record } };
        ahead = goesOn ? this.prepare(importer, next, rows) : null;
        // Its failure is met when its turn comes.
        ahead?.catch(() => undefined);
        const end = this.endOf({ ...job, progress }, chunk, { save, startedAt });
        const step = isChecking(progress) ? 'checkRows' : 'saveRows';
        progress = await importer[step]!({ ...job, progress }, rows, end);
        startedAt = performance.now();
        if (goesOn) continue;
        if (chunk.end === 'more') return { next: 'more', progress };
        if (chunk.end === 'done' && isChecking(progress)) return await this.afterChecking(importer, progress);
        await this.importFiles.delete(progress.fileId);
        if (chunk.end !== 'done') return { next: 'failed', progress, reason: chunk.end.message };
      }
      return { next: 'done', progress };
    } catch (error) {
      // What the rows are saved to is gone, so a retry would not help.
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      await this.importFiles.delete(progress.fileId);
      return { next: 'failed', progress, reason: error.message };
    } finally {
      await ahead?.catch(() => undefined);
    }
  }

  /** All rows were checked: they are read again and saved, or none is. */
  private async afterChecking<P extends CsvProgress, R>(importer: CsvImporter<P, R>, progress: P): Promise<ChunkResult<P>> {
    const reason = importer.refusal!(progress);
    if (reason === null) return { next: 'more', progress: { ...progress, ...again(progress.checking!) } };
    await this.importFiles.delete(progress.fileId);
    return { next: 'failed', progress, reason };
  }

  private async prepare<P extends CsvProgress, R>(
    importer: CsvImporter<P, R>,
    job: BackgroundJob<P>,
    before: R | null,
  ): Promise<Prepared<R>> {
    const { progress } = job;
    const chunk = await readChunk(progress, importer.maxRows(progress), (offset) =>
      this.importFiles.read(progress.fileId, offset, progress.size),
    );
    return { chunk, rows: await importer.prepareRows(job, chunk.rows, before) };
  }

  private endOf<P extends CsvProgress>(
    { workspaceId, id: importId, kind, progress: before }: BackgroundJob<P>,
    { rows, place, record, warnings: ofFile }: CsvChunk,
    { save, startedAt }: { save: SaveProgress<P>; startedAt: number },
  ): EndChunk<P> {
    return async ({ counts, report }, transaction) => {
      // What was not taken as it stood is told of as it is saved.
      const ofAll = [...(before.record === 0 ? ofColumns(before) : []), ...report.warnings, ...ofFile];
      const warnings = isChecking(before) ? [] : ofAll;
      const checking = isChecking(before) && { ...before.checking!, rows: before.checking!.rows + rows.length };
      await this.importReports.add(workspaceId, { ...report, warnings, importId, now: this.clock.now() }, transaction);
      const activeMs = before.activeMs + Math.max(1, Math.round(performance.now() - startedAt));
      const after = {
        ...before,
        ...counts,
        warnings: before.warnings + warnings.length,
        place,
        record,
        activeMs,
        ...(checking && { checking }),
      };
      const rejected = report.rejected.length;
      const saved = isChecking(before) ? 0 : after.rows - before.rows - rejected;
      transaction.afterCommit(() => {
        this.metrics.count('tuco_import_rows_total', { kind, result: 'rejected' }, rejected);
        this.metrics.count('tuco_import_rows_total', { kind, result: 'saved' }, saved);
      });
      await save(after, transaction);
      return after;
    };
  }

  private hasTurn<P extends CsvProgress>({ workspaceId, id }: BackgroundJob<P>): Promise<boolean> {
    const isOver = async (other: string) => !(await this.backgroundJobs.isUnfinished(workspaceId, other));
    return this.importTurns.take(workspaceId, id, MAX_CONCURRENT_IMPORTS, isOver);
  }
}

const isChecking = ({ checking }: CsvProgress): boolean => checking?.isDone === false;

/** The progress of an import whose rows were all checked, and none of which is saved. */
const again = (checking: Checking) => ({ place: checking.from, record: 0, checking: { ...checking, isDone: true } });

const ofColumns = ({ columns, headerLine }: CsvProgress): ImportWarning[] =>
  (columns.warnings ?? []).map(({ field, message, text }) => ({
    row: 0,
    line: headerLine ?? 1,
    field,
    message,
    text,
    about: [],
  }));
