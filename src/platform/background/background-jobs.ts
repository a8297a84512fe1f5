import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock, Heartbeat } from '../clock';
import { Config } from '../config';
import { DomainEvents } from '../events';
import { Ids, type WorkspaceId, workspaceId } from '../ids';
import {
  collectionOf,
  earliest,
  hex,
  isDuplicateKey,
  objectId,
  pageById,
  type Transaction,
  Transactions,
  within,
} from '../mongo';
import type { Page, PageRequest } from '../paging';
import { WorkQueues } from '../queues';
import { ConcurrentWrite } from '../transaction';
import { type BackgroundJob, type ChunkResult, JobEnded, type NewBackgroundJob } from './background-job';
import type { BackgroundJobDocument } from './background-job.schema';
import { afterChunk, afterFailure, cancelled, claimed as claimedBy, type JobChange, statesBefore } from './job-transitions';
import { withoutTexts } from './without-texts';

export const BACKGROUND_QUEUE = 'background';

/** Work that is due later than this is not handed to Bull: a tick finds it. */
const SOON_MS = 60_000;
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
class LeaseLost extends Error {}

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
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
    private readonly ids: Ids,
    config: Config,
  ) {
    this.collection = collectionOf(model);
    this.leaseMs = config.BACKGROUND_LEASE_SECONDS * 1_000;
  }

  register<P extends object>(kind: string, work: BackgroundWork<P>): void {
    if (this.kinds.has(kind)) throw new Error(`The background work "${kind}" has two handlers: register it once`);
    this.kinds.set(kind, work);
  }

  /**
   * Starts a piece of work, in the transaction of what made it necessary. Where one about the same subject is
   * unfinished, that one is returned and nothing starts.
   * @throws JobStarted when another call starts one at the same moment
   */
  async start<P extends object>(
    { workspaceId: workspace, kind, subject, progress }: NewBackgroundJob<P>,
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

  /** Is the job, of whatever kind, not over yet? Not one that is unknown. */
  async isUnfinished(workspace: WorkspaceId, id: string): Promise<boolean> {
    const query = { _id: objectId(id), workspaceId: workspace, unfinished: { $ne: null } };
    return (await this.collection.findOne(query, { projection: { _id: 1 } })) !== null;
  }

  /** The jobs of the kind, newest first. */
  list<P extends object>(workspace: WorkspaceId, kind: string, pageRequest: PageRequest): Promise<Page<BackgroundJob<P>>> {
    const filter = { workspaceId: workspace, kind };
    const { collection } = this;
    return pageById({ collection, filter, order: 'newest-first', toItem: (one) => toDomain<P>(one) }, pageRequest);
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
    const unfinished = { _id: objectId(id), workspaceId: workspace, kind, state: { $in: [...statesBefore('cancel')] } };
    const change = cancelled(this.clock.now());
    return transaction
      ? this.end(unfinished, change, transaction)
      : this.transactions.run((own) => this.end(unfinished, change, own));
  }

  /** Takes the texts out of the progress of jobs of the kind that are over. */
  async forget(workspace: WorkspaceId, kind: string, texts: readonly string[]): Promise<void> {
    const over = { workspaceId: workspace, kind, finishedAt: { $ne: null } };
    for await (const { _id, progress } of this.collection.find(over, { projection: { progress: 1 } })) {
      const rest = withoutTexts(progress, new Set(texts)) as Record<string, unknown>;
      if (rest !== progress) await this.collection.updateOne({ _id }, { $set: { progress: rest } });
    }
  }

  /** Wakes what is due and was not woken, or whose worker died. */
  async wakeDue(): Promise<void> {
    const now = this.clock.now();
    const due = await this.collection
      .find({ state: { $in: [...statesBefore('claim')] }, runAt: { $lte: now } }, { limit: DUE_BATCH_SIZE, sort: { runAt: 1 } })
      .toArray();
    for (const document of due) {
      if (!document.lease || document.lease.until <= now) await this.wake(document, 0);
    }
  }

  /** When the next one is due that is not over; `null` where all are. */
  nextAt(): Promise<Date | null> {
    return earliest(this.collection, 'runAt', { state: { $in: [...statesBefore('claim')] } });
  }

  /** Runs the job's next chunk, unless another worker does. The handler of the queue. */
  async run(id: string): Promise<void> {
    const now = this.clock.now();
    const token = this.ids.token();
    const claimed = await this.collection.findOneAndUpdate(
      {
        _id: objectId(id),
        state: { $in: [...statesBefore('claim')] },
        runAt: { $lte: now },
        $or: [{ lease: null }, { 'lease.until': { $lte: now } }],
      },
      [
        {
          $set: {
            ...claimedBy({ token, until: new Date(now.getTime() + this.leaseMs) }),
            moves: { $add: ['$moves', 1] },
            startedAt: { $ifNull: ['$startedAt', now] },
          },
        },
      ],
      { returnDocument: 'after' },
    );
    if (!claimed) return;
    const work = this.kinds.get(claimed.kind);
    if (!work) {
      throw new Error(
        `The background work "${claimed.kind}" has no handler: call BackgroundJobs.register("${claimed.kind}", …) at the start`,
      );
    }
    const heartbeat = new Heartbeat(this.clock, this.leaseMs, () => this.keepLease(claimed._id, token));
    try {
      const result = await work.chunk(toDomain(claimed), (progress, transaction) =>
        this.save(claimed._id, token, progress, transaction),
      );
      await this.settle(claimed, token, result);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      await this.failed(claimed, token, error);
    } finally {
      await heartbeat.stop();
    }
  }

  /** Holds on to a chunk that takes long. */
  private async keepLease(id: ObjectId, token: string): Promise<void> {
    const until = new Date(this.clock.now().getTime() + this.leaseMs);
    const filter = { _id: id, 'lease.token': token } as Filter<BackgroundJobDocument>;
    await this.collection.updateOne(filter, { $set: { 'lease.until': until } });
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
    const change = afterChunk(job, result, now);
    const isWritten = await this.write(job._id, token, change);
    const runsAgain = statesBefore('claim').includes(change.state);
    if (isWritten && runsAgain) await this.wake(job, change.runAt!.getTime() - now.getTime());
  }

  private async failed(job: BackgroundJobDocument, token: string, error: unknown): Promise<void> {
    const change = afterFailure(job, this.clock.now());
    const context = { err: error, kind: job.kind, jobId: hex(job._id), failures: change.failures };
    this.logger.error(context, 'A chunk of background work failed');
    await this.write(job._id, token, change);
  }

  /** @returns whether the worker still has the job */
  private async write(id: ObjectId, token: string, change: JobChange): Promise<boolean> {
    const own = { _id: id, 'lease.token': token } as Filter<BackgroundJobDocument>;
    if (change.finishedAt) return this.transactions.run((transaction) => this.end(own, change, transaction));
    return (await this.collection.updateOne(own, { $set: change })).matchedCount > 0;
  }

  /** Writes that a job is over, and tells whoever wants to know. @returns whether there was such a job */
  private async end(query: Filter<BackgroundJobDocument>, change: JobChange, transaction: Transaction): Promise<boolean> {
    const options = { returnDocument: 'after', ...within(transaction) } as const;
    const ended = await this.collection.findOneAndUpdate(query, { $set: change }, options);
    if (ended) await this.domainEvents.publish(new JobEnded(toDomain(ended)), transaction);
    return ended !== null;
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
    waitingUntil: state === 'waiting_for_quota' ? document.runAt : null,
    createdAt,
    startedAt,
    finishedAt,
  };
}
