import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open, type RootDatabase, type RootDatabaseOptionsWithPath } from 'lmdb';
import { CommandError } from '../errors';
import { DataFolderLock } from './folder-lock';
import { keyEncoder } from './keys';
import { NOTHING, type Entry, type RangeOptions, type Reader } from './readers';

/** LMDB's flags for a synchronous commit whose flush to disk is asked for separately. */
const COMMIT_NOW_FLUSH_LATER: number = 0x10002;
/** Keeps single commits short: other connections wait while one runs. */
const JOBS_PER_COMMIT = 64;
/** Where files in memory are kept, when there is room. */
const TMPFS = '/dev/shm';
const TMPFS_ROOM = 2 ** 30;

type Database = RootDatabase<Buffer, string>;
/** Present in lmdb, absent in its types. */
type Extended = Database & {
  sync(done: (error?: Error) => void): void;
  getBinary(key: string, options?: { transaction: Snapshot }): Buffer | undefined;
};
/** A consistent view of a moment; keeps LMDB from reusing that moment's pages until done. */
export type Snapshot = ReturnType<Database['useReadTransaction']>;

interface Job {
  run(): unknown;
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
  private flushing = false;
  private waitingForFlush: (() => void)[] = [];
  private closed = false;
  private inJob = false;

  private constructor(
    private readonly database: Database,
    private readonly durable: boolean,
    private readonly lock: DataFolderLock | null,
    private readonly temporary: string | null,
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
    return new Store(open<Buffer, string>(options), !temporary, lock, temporary);
  }

  get(key: string, snapshot?: Snapshot): Buffer | undefined {
    return (this.database as Extended).getBinary(key, snapshot && { transaction: snapshot });
  }

  range(start: string, end: string, { limit, reverse, values }: RangeOptions, snapshot?: Snapshot): Entry[] {
    const entries: Entry[] = [];
    if (limit <= 0 || start >= end) return entries;
    // Backwards, LMDB's range begins at the larger key, inclusive, and ends before the smaller one: both are off by one entry.
    const bounds = reverse ? { start: end, end: start, inclusiveEnd: true, exclusiveStart: true, reverse } : { start, end };
    const wanted = { ...bounds, limit, values: values ?? false, ...(snapshot && { transaction: snapshot }) };
    for (const entry of this.database.getRange(wanted)) {
      if (values) entries.push({ key: entry.key, value: entry.value });
      else entries.push({ key: entry as unknown as string, value: NOTHING });
    }
    return entries;
  }

  /** The number of entries with start ≤ key < end. */
  count(start: string, end: string): number {
    return this.database.getKeysCount({ start, end }) as unknown as number;
  }

  snapshot(): Snapshot {
    return this.database.useReadTransaction();
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
   * Runs `job`, which may write, and resolves when what it wrote is on disk. Jobs run one after the other; those of a moment share a commit
   * and a flush. A job that throws must not have written.
   */
  write<T>(run: () => T): Promise<T> {
    if (this.closed) return Promise.reject(new CommandError(91, 'The server is shutting down'));
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ run, resolve: resolve as (value: unknown) => void, reject });
      this.schedule();
    });
  }

  /** Runs `change` now when a job is running, which then has it in its commit, else as a job of its own before those that follow. */
  writeSoon(change: () => void): void {
    if (this.inJob) change();
    else this.write(change).catch(() => undefined);
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.commit());
  }

  private commit(): void {
    this.scheduled = false;
    const jobs = this.queue.splice(0, JOBS_PER_COMMIT);
    if (this.queue.length > 0) this.schedule();
    const outcomes: Outcome[] = [];
    try {
      this.database.transactionSync(() => {
        this.inJob = true;
        for (const job of jobs) outcomes.push(attempt(job));
        this.inJob = false;
      }, COMMIT_NOW_FLUSH_LATER);
    } catch (error) {
      for (const job of jobs) job.reject(error);
      return;
    }
    void this.flushed().then(() => outcomes.forEach(settle));
  }

  private flushed(): Promise<void> {
    if (!this.durable) return Promise.resolve();
    return new Promise((resolve) => {
      this.waitingForFlush.push(resolve);
      if (!this.flushing) this.flush();
    });
  }

  /** One flush at a time; those who come meanwhile share the next. */
  private flush(): void {
    const waiting = this.waitingForFlush;
    this.waitingForFlush = [];
    this.flushing = true;
    (this.database as Extended).sync((error) => {
      // What cannot be flushed must not be acknowledged, and LMDB cannot say what of it is there: only a restart can.
      if (error) throw error;
      this.flushing = false;
      waiting.forEach((resolve) => resolve());
      if (this.waitingForFlush.length > 0) this.flush();
    });
  }

  async close(): Promise<void> {
    if (this.closed) return;
    while (this.queue.length > 0 || this.flushing) await new Promise((resolve) => setTimeout(resolve, 1));
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

function memoryFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(TMPFS);
    return bavail * bsize > TMPFS_ROOM ? TMPFS : tmpdir();
  } catch {
    return tmpdir();
  }
}
