import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../clock';
import { Config } from '../config';
import { Ids, type WorkspaceId, workspaceId } from '../ids';
import { collectionOf, hex, isDuplicateKey, objectId, type Transaction, within } from '../mongo';
import { WorkQueues } from '../queues';
import { ConcurrentWrite } from '../transaction';
import { type BackgroundJob, type ChunkResult, FINAL_STATES } from './background-job';
import type { BackgroundJobDocument } from './background-job.schema';

export const BACKGROUND_QUEUE = 'background';

/** Work that is due later than this is not handed to Bull: a tick finds it. */
const SOON_MS = 60_000;
/** After this many failures in a row the work is given up, with the reason on the job. */
const MAX_FAILURES = 20;
const DUE_BATCH_SIZE = 200;

/**
 * Does one kind of work. `chunk` does the next piece and says how far it came; it runs again after a crash,
 * so it must be harmless twice.
 */
export interface BackgroundWork<P extends object> {
  /**
   * Does one chunk. `save` stores the progress inside the transaction of what the chunk did, or by itself; it
   * throws `LeaseLost` when another worker has taken over or the job was cancelled, which undoes the chunk.
   */
  chunk(job: BackgroundJob<P>, save: SaveProgress<P>): Promise<ChunkResult<P>>;
}

export type SaveProgress<P extends object> = (progress: P, transaction?: Transaction) => Promise<void>;

/** Another call started work of the same kind about the same subject at the same moment. */
export class JobStarted extends ConcurrentWrite {}

/** The chunk's job belongs to another worker now, or is over. */
export class LeaseLost extends Error {}

/**
 * Long work: enrolling ten thousand leads, emptying a list, checking a list's availability. Its record in
 * MongoDB is the truth; Bull jobs only wake a worker, and a tick wakes again what was not. Works after any
 * crash and any loss of Redis.
 */
@Injectable()
export class BackgroundJobs {
  private readonly logger = new Logger(BackgroundJobs.name);
  private readonly kinds = new Map<string, BackgroundWork<object>>();
  private readonly collection: Collection<BackgroundJobDocument>;
  /** A chunk whose worker says nothing for this long is taken over by another. */
  private readonly leaseMs: number;

  constructor(
    @InjectModel('BackgroundJob') model: Model<BackgroundJobDocument>,
    private readonly workQueues: WorkQueues,
    private readonly clock: Clock,
    private readonly ids: Ids,
    config: Config,
  ) {
    this.collection = collectionOf(model);
    this.leaseMs = config.BACKGROUND_LEASE_SECONDS * 1_000;
  }

  register<P extends object>(kind: string, work: BackgroundWork<P>): void {
    if (this.kinds.has(kind)) throw new Error(`The background work "${kind}" has two handlers`);
    this.kinds.set(kind, work);
  }

  /**
   * Starts a piece of work, in the transaction of what made it necessary. Where one about the same subject is
   * unfinished, that one is returned and nothing starts.
   * @throws JobStarted when another call starts one at the same moment
   */
  async start<P extends object>(
    workspace: WorkspaceId,
    kind: string,
    subject: string,
    progress: P,
    transaction: Transaction,
  ): Promise<BackgroundJob<P>> {
    const unfinished = `${kind} ${subject}`;
    const known = await this.collection.findOne({ workspaceId: workspace, unfinished }, within(transaction));
    if (known) return toDomain<P>(known);
    const now = this.clock.now();
    const document: BackgroundJobDocument = {
      _id: new ObjectId(),
      kind,
      workspaceId: workspace,
      subject,
      state: 'queued',
      reason: null,
      progress: progress as Record<string, unknown>,
      unfinished,
      runAt: now,
      moves: 0,
      failures: 0,
      lease: null,
      createdAt: now,
      startedAt: null,
      finishedAt: null,
    };
    await this.collection.insertOne(document, within(transaction)).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new JobStarted() : error;
    });
    transaction.afterCommit(() => void this.wake(document, 0));
    return toDomain<P>(document);
  }

  async find<P extends object>(workspace: WorkspaceId, kind: string, id: string): Promise<BackgroundJob<P> | null> {
    const found = await this.collection.findOne({ _id: objectId(id), workspaceId: workspace, kind });
    return found && toDomain<P>(found);
  }

  /** Is a job of the kind unfinished in the workspace? */
  async anyUnfinished(workspace: WorkspaceId, kind: string): Promise<boolean> {
    const query = { workspaceId: workspace, unfinished: { $gt: `${kind} `, $lt: `${kind}!` } };
    return (await this.collection.findOne(query, { projection: { _id: 1 } })) !== null;
  }

  /** The newest job of the kind about the subject. */
  async latest<P extends object>(workspace: WorkspaceId, kind: string, subject: string): Promise<BackgroundJob<P> | null> {
    const found = await this.collection.findOne({ workspaceId: workspace, kind, subject }, { sort: { createdAt: -1 } });
    return found && toDomain<P>(found);
  }

  /**
   * Ends an unfinished job; a chunk that is running is undone or is the last.
   * @returns whether it was unfinished
   */
  async cancel(workspace: WorkspaceId, kind: string, id: string, transaction?: Transaction): Promise<boolean> {
    const { modifiedCount } = await this.collection.updateOne(
      { _id: objectId(id), workspaceId: workspace, kind, state: { $nin: [...FINAL_STATES] } },
      { $set: { state: 'cancelled', unfinished: null, lease: null, finishedAt: this.clock.now() } },
      within(transaction),
    );
    return modifiedCount > 0;
  }

  /** Wakes what is due and was not woken, or whose worker died. */
  async wakeDue(): Promise<void> {
    const now = this.clock.now();
    const due = await this.collection
      .find(
        { state: { $in: ['queued', 'running', 'waiting_for_quota'] }, runAt: { $lte: now } } as Filter<BackgroundJobDocument>,
        {
          limit: DUE_BATCH_SIZE,
          sort: { runAt: 1 },
        },
      )
      .toArray();
    for (const document of due) {
      if (!document.lease || document.lease.until <= now) await this.wake(document, 0);
    }
  }

  /** Runs the job's next chunk, if nobody else does. The handler of the queue. */
  async run(id: string): Promise<void> {
    const now = this.clock.now();
    const token = this.ids.token();
    const claimed = await this.collection.findOneAndUpdate(
      {
        _id: objectId(id),
        state: { $in: ['queued', 'running', 'waiting_for_quota'] },
        runAt: { $lte: now },
        $or: [{ lease: null }, { 'lease.until': { $lte: now } }],
      },
      [
        {
          $set: {
            state: 'running',
            reason: null,
            lease: { token, until: new Date(now.getTime() + this.leaseMs) },
            moves: { $add: ['$moves', 1] },
            startedAt: { $ifNull: ['$startedAt', now] },
          },
        },
      ],
      { returnDocument: 'after' },
    );
    if (!claimed) return;
    const work = this.kinds.get(claimed.kind);
    if (!work) throw new Error(`Nothing does the background work "${claimed.kind}"`);
    const over = new AbortController();
    const beating = this.keepLease(claimed._id, token, over.signal);
    try {
      const result = await work.chunk(toDomain(claimed), (progress, transaction) =>
        this.save(claimed._id, token, progress, transaction),
      );
      await this.settle(claimed, token, result);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      await this.failed(claimed, token, error);
    } finally {
      over.abort();
      await beating;
    }
  }

  /** Holds on to a chunk that takes long, until `over`. */
  private async keepLease(id: ObjectId, token: string, over: AbortSignal): Promise<void> {
    for (;;) {
      await this.clock.sleep(this.leaseMs / 3, over);
      if (over.aborted) return;
      const until = new Date(this.clock.now().getTime() + this.leaseMs);
      const filter = { _id: id, 'lease.token': token } as Filter<BackgroundJobDocument>;
      await this.collection.updateOne(filter, { $set: { 'lease.until': until } }).catch(() => undefined);
    }
  }

  private async save(id: ObjectId, token: string, progress: object, transaction?: Transaction): Promise<void> {
    const { matchedCount } = await this.collection.updateOne(
      { _id: id, 'lease.token': token },
      {
        $set: {
          progress: progress as Record<string, unknown>,
          'lease.until': new Date(this.clock.now().getTime() + this.leaseMs),
        },
      },
      within(transaction),
    );
    if (matchedCount === 0) throw new LeaseLost();
  }

  private async settle(job: BackgroundJobDocument, token: string, result: ChunkResult<object>): Promise<void> {
    const now = this.clock.now();
    const over = result.next === 'done' || result.next === 'failed';
    const runAt = result.next === 'wait' ? result.until : now;
    const state =
      result.next === 'done'
        ? 'completed'
        : result.next === 'failed'
          ? 'failed'
          : result.next === 'wait'
            ? (result.state ?? 'running')
            : 'running';
    const { matchedCount } = await this.collection.updateOne(
      { _id: job._id, 'lease.token': token },
      {
        $set: {
          state,
          reason: 'reason' in result ? result.reason : null,
          progress: result.progress as Record<string, unknown>,
          runAt,
          lease: null,
          failures: 0,
          ...(over && { unfinished: null, finishedAt: now }),
        },
      },
    );
    if (matchedCount > 0 && !over) await this.wake(job, runAt.getTime() - now.getTime());
  }

  private async failed(job: BackgroundJobDocument, token: string, error: unknown): Promise<void> {
    const failures = job.failures + 1;
    const over = failures >= MAX_FAILURES;
    this.logger.error({ err: error, kind: job.kind, jobId: hex(job._id), failures }, 'A chunk of background work failed');
    const delay = Math.min(60_000, 250 * 2 ** failures);
    await this.collection.updateOne(
      { _id: job._id, 'lease.token': token },
      {
        $set: {
          lease: null,
          failures,
          runAt: new Date(this.clock.now().getTime() + delay),
          ...(over && {
            state: 'failed' as const,
            reason: 'It failed too often; see the log',
            unfinished: null,
            finishedAt: this.clock.now(),
          }),
        },
      },
    );
  }

  private async wake(job: BackgroundJobDocument, delay: number): Promise<void> {
    if (delay > SOON_MS) return;
    await this.workQueues.add(BACKGROUND_QUEUE, `${hex(job._id)}:${job.moves}`, { id: hex(job._id) }, delay);
  }
}

function toDomain<P extends object>(document: BackgroundJobDocument): BackgroundJob<P> {
  const { _id, workspaceId: workspace, kind, subject, state, reason, progress, createdAt, startedAt, finishedAt } = document;
  return {
    id: hex(_id),
    workspaceId: workspaceId(workspace),
    kind,
    subject,
    state,
    reason,
    progress: progress as P,
    createdAt,
    startedAt,
    finishedAt,
  };
}
