import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, type RootDatabase, type RootDatabaseOptionsWithPath } from 'lmdb';
import { CommandError } from '../errors';
import { DataFolderLock } from './folder-lock';
import { keyEncoder, readingRecords } from './keys';
import { type Entry, NOTHING, type RangeOptions, type Reader, type Records } from './readers';

/** LMDB's flags for a synchronous commit. */
const COMMIT_NOW: number = 0x10002;
/** Keeps single commits short: other connections wait while one runs. */
const JOBS_PER_COMMIT = 64;
/** Where files in memory are kept, when there is room. */
const TMPFS = '/dev/shm';
const TMPFS_ROOM = 2 ** 30;
/**
 * A commit that fails on a disk with less is taken for too large: LMDB does not tell a full disk from
 * a broken one.
 */
const MIN_FREE_BYTES = 16 * 2 ** 20;

type Database = RootDatabase<Buffer, string>;
/** Present in lmdb, absent in its types. */
type Extended = Database & {
  transactionAsync(run: () => void): Promise<unknown>;
  getBinaryFast(key: string, options?: { transaction: Snapshot }): Buffer | undefined;
  /** Of the value that was read last, in bytes. */
  lastSize: number;
};
/** A consistent view of a moment; keeps LMDB from reusing that moment's pages until done. */
export type Snapshot = ReturnType<Database['useReadTransaction']>;

interface Job {
  run(): unknown;
  /** Is the loop held until what it wrote is seen by all? */
  alone: boolean;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

interface Outcome {
  job: Job;
  value?: unknown;
  error?: unknown;
}

/** The ordered, durable key-value store below everything: LMDB, with group commit. */
export class Store implements Reader {
  private queue: Job[] = [];
  private scheduled = false;
  private committing = false;
  private commits = 0;
  private closed = false;
  private inJob = false;
  private onCommit: () => void = () => undefined;

  private constructor(
    private readonly database: Database,
    private readonly lock: DataFolderLock | null,
    private readonly temporary: string | null,
    private readonly folder: string,
  ) {}

  static async open(dataDir: string): Promise<Store> {
    const temporary = dataDir === ':memory:' ? mkdtempSync(join(memoryFolder(), 'embedded-mongo-')) : null;
    const path = temporary ?? dataDir;
    mkdirSync(path, { recursive: true });
    const lock = temporary ? null : await DataFolderLock.take(path);
    const options = {
      path: join(path, 'embedded-mongo.mdb'),
      noSubdir: true,
      encoding: 'binary',
      keyEncoder,
      cache: false,
      eventTurnBatching: false,
      maxReaders: 1_000,
      overlappingSync: !temporary,
      noSync: temporary !== null,
    } satisfies RootDatabaseOptionsWithPath;
    return new Store(open<Buffer, string>(options), lock, temporary, path);
  }

  get(key: string, snapshot?: Snapshot): Buffer | undefined {
    // The value is in a buffer of the library's own, which the next read fills again. A copy from Node's pool
    // takes half the time of its own.
    const database = this.database as Extended;
    const shared = database.getBinaryFast(key, snapshot && { transaction: snapshot });
    return shared && Buffer.from(Buffer.from(shared.buffer, shared.byteOffset, database.lastSize));
  }

  range(start: string, end: string, options: RangeOptions, snapshot?: Snapshot): Entry[] {
    const entries: Entry[] = [];
    for (const entry of this.entries(start, end, options, snapshot)) {
      if (options.values) entries.push({ key: entry.key, value: entry.value });
      else entries.push({ key: entry as unknown as string, value: NOTHING });
    }
    return entries;
  }

  records(start: string, end: string, options: RangeOptions, snapshot?: Snapshot): Records {
    return readingRecords(options.limit, () => {
      for (const _ of this.entries(start, end, { ...options, values: false }, snapshot));
    });
  }

  private entries(start: string, end: string, { limit, reverse, values }: RangeOptions, snapshot?: Snapshot) {
    if (limit <= 0 || start >= end) return [];
    // Backwards, LMDB's range begins at the larger key, inclusive, and ends before the smaller one: both are
    // off by one entry.
    const bounds = reverse ? { start: end, end: start, inclusiveEnd: true, exclusiveStart: true, reverse } : { start, end };
    const wanted = { ...bounds, limit, values: values ?? false, ...(snapshot && { transaction: snapshot }) };
    return this.database.getRange(wanted);
  }

  /** The number of entries with start ≤ key < end. */
  count(start: string, end: string): number {
    return this.database.getKeysCount({ start, end });
  }

  snapshot(): Snapshot {
    return this.database.useReadTransaction();
  }

  /**
   * As long as this is the same number, nothing was committed. `NaN`, which is no number's like, while
   * something is being committed.
   */
  get age(): number {
    return this.committing ? NaN : this.commits;
  }

  /** Only within a job. */
  put(key: string, value: Buffer): void {
    this.database.putSync(key, value);
  }

  /** Only within a job. */
  remove(key: string): void {
    this.database.removeSync(key);
  }

  /**
   * Runs `job`, which may write, and resolves when what it wrote is on disk. Jobs run one after the other;
   * those of a moment share a commit and a flush, which happen beside the event loop: what a job wrote is
   * seen by other jobs at once, by readers a moment later (see `whenCommitted`). A job that throws must not
   * have written.
   */
  write<T>(run: () => T): Promise<T> {
    return this.enqueue(run, false);
  }

  /**
   * The same for a change that no reader may see half of: nothing else runs until it is committed and
   * flushed.
   */
  writeAlone<T>(run: () => T): Promise<T> {
    return this.enqueue(run, true);
  }

  /**
   * Runs `change` now when a job is running, which then has it in its commit, else as a job of its own before
   * those that follow.
   */
  writeSoon(change: () => void): void {
    if (this.inJob) change();
    else this.write(change).catch(() => undefined);
  }

  /** `listener` hears when all that jobs wrote so far is seen by every reader. */
  whenCommitted(listener: () => void): void {
    this.onCommit = listener;
  }

  private enqueue<T>(run: () => T, alone: boolean): Promise<T> {
    if (this.closed) return Promise.reject(new CommandError(91, 'The server is shutting down'));
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ run, alone, resolve: resolve, reject });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.scheduled || this.committing) return;
    this.scheduled = true;
    setImmediate(() => void this.commit());
  }

  /** One commit at a time: those who come meanwhile share the next. */
  private async commit(): Promise<void> {
    this.scheduled = false;
    this.committing = true;
    const jobs = this.takeJobs();
    const outcomes: Outcome[] = [];
    const run = () => {
      this.inJob = true;
      for (const job of jobs) outcomes.push(attempt(job));
      this.inJob = false;
    };
    try {
      if (jobs[0]!.alone) this.database.transactionSync(run, COMMIT_NOW);
      else await (this.database as Extended).transactionAsync(run);
      this.onCommit();
      outcomes.forEach(settle);
    } catch (error) {
      this.onCommit();
      const reason = this.reasonOf(error);
      for (const job of jobs) job.reject(reason);
    }
    this.committing = false;
    this.commits += 1;
    if (this.queue.length > 0) this.schedule();
  }

  /** What clients are told of a commit that failed: nothing of it was written. */
  private reasonOf(error: unknown): Error {
    // The library says why in a promise of its own, which nobody else looks at.
    (error as { commitError?: Promise<unknown> }).commitError?.catch(() => undefined);
    if (freeBytesOf(this.folder) < MIN_FREE_BYTES) return new CommandError(14031, 'The disk is full');
    return error instanceof CommandError ? error : new CommandError(1, 'The change could not be written');
  }

  private takeJobs(): Job[] {
    if (this.queue[0]!.alone) return this.queue.splice(0, 1);
    const next = this.queue.findIndex(({ alone }) => alone);
    return this.queue.splice(0, Math.min(JOBS_PER_COMMIT, next < 0 ? this.queue.length : next));
  }

  async close(): Promise<void> {
    if (this.closed) return;
    while (this.queue.length > 0 || this.committing) await new Promise((resolve) => setTimeout(resolve, 1));
    this.closed = true;
    await this.database.close();
    await this.lock?.release();
    if (this.temporary) rmSync(this.temporary, { recursive: true, force: true });
  }
}

function attempt(job: Job): Outcome {
  try {
    return { job, value: job.run() };
  } catch (error) {
    return { job, error };
  }
}

function settle({ job, value, error }: Outcome): void {
  if (error !== undefined) job.reject(error);
  else job.resolve(value);
}

const memoryFolder = (): string => (freeBytesOf(TMPFS) > TMPFS_ROOM ? TMPFS : tmpdir());

/** What is free on the disk of a folder; 0 where there is no such folder. */
function freeBytesOf(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}
