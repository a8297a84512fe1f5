import { Injectable, Logger } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection, Filter, MatchKeysAndValues } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../clock';
import type { WorkspaceId } from '../ids';
import { collectionOf, Overtaken, type Transaction } from '../mongo';
import type { PageOfChanges } from '../paging';
import type { ChangeWriteDocument } from './change-write.schema';
import { type Changed, changesAfter, type ChangeSource } from './changes-after';

/**
 * This long after its time, a change of a transaction that was not announced has been committed, or never
 * will be.
 */
const SETTLED_MS = 1_500;
/** A transaction that is open for longer is announced. */
const QUICK_MS = 300;
/** One that is not announced by then does not commit: it runs again, announced from the start. */
const LATEST_MS = 1_000;
/** An announced one that takes longer has died. */
const WRITE_TTL_MS = 60_000;

/** A source of changes, and what all that it could ever show has in common. */
type OwnedSource<T extends Changed, Item> = ChangeSource<T, Item> & { owner: Filter<T> };

/** The first change of a transaction to a workspace. */
interface FirstChange {
  at: Date;
  /** Readers go by the announcement: it was written before they could pass the change. */
  isAnnounced: boolean;
}

/**
 * Gives changes the times that readers of changes go by, and tells how far these may read: a transaction
 * takes its times early and commits late, and a reader that has passed them would never see it. See
 * docs/adr/0009.
 */
@Injectable()
export class ChangeTimes {
  private readonly logger = new Logger(ChangeTimes.name);
  private readonly writes: Collection<ChangeWriteDocument>;
  private readonly firstChanges = new WeakMap<Transaction, Map<WorkspaceId, FirstChange>>();

  constructor(
    @InjectModel('ChangeWrite') model: Model<ChangeWriteDocument>,
    private readonly clock: Clock,
  ) {
    this.writes = collectionOf(model);
  }

  /**
   * The time for what is about to be written, right before it is.
   * @param transaction which it is written in; a single command needs none
   */
  async now(workspaceId: WorkspaceId, transaction?: Transaction): Promise<Date> {
    if (transaction) await this.watch(workspaceId, transaction);
    return this.clock.now();
  }

  /** The time up to which no further change of the workspace can appear. */
  async settled(workspaceId: WorkspaceId): Promise<Date> {
    const now = this.clock.now().getTime();
    const alive = new Date(now - WRITE_TTL_MS);
    const oldest = await this.writes.findOne({ workspaceId, startedAt: { $gt: alive } }, { sort: { startedAt: 1 } });
    return new Date(oldest ? Math.min(now - SETTLED_MS, oldest.startedAt.getTime() - 1) : now - SETTLED_MS);
  }

  /** The changes of a page, as far as they are settled. */
  async page<T extends Changed, Item, D extends Changed = Changed, Gone = never>(
    workspaceId: WorkspaceId,
    { source, deleted }: { source: OwnedSource<T, Item>; deleted: ChangeSource<D, Gone> | null },
    { cursor, limit }: { cursor: string | null; limit: number },
  ): Promise<PageOfChanges<Item, Gone>> {
    const { owner, ...from } = source;
    // What the version before writes has no time: its change is this one.
    if (cursor === null) {
      const unknown = { ...owner, [from.field]: null } as Filter<T>;
      await from.collection.updateMany(unknown, { $set: { [from.field]: this.clock.now() } as MatchKeysAndValues<T> });
    }
    return changesAfter(from, deleted, { cursor, limit, settled: await this.settled(workspaceId) });
  }

  private async watch(workspaceId: WorkspaceId, transaction: Transaction): Promise<void> {
    const known = this.firstChanges.get(transaction) ?? new Map<WorkspaceId, FirstChange>();
    this.firstChanges.set(transaction, known);
    if (known.has(workspaceId)) return;
    const first: FirstChange = { at: this.clock.now(), isAnnounced: false };
    known.set(workspaceId, first);
    if (transaction.wasOvertaken) {
      await this.announce(workspaceId, first, transaction);
      return;
    }
    const timer = setTimeout(() => {
      this.announce(workspaceId, first, transaction).catch((error: unknown) =>
        this.logger.warn({ err: error }, 'A slow transaction could not be announced'),
      );
    }, QUICK_MS);
    transaction.atEnd(() => clearTimeout(timer));
    transaction.beforeCommit(() => {
      if (!first.isAnnounced && this.since(first) > LATEST_MS) throw new Overtaken();
    });
  }

  private async announce(workspaceId: WorkspaceId, first: FirstChange, transaction: Transaction): Promise<void> {
    const _id = new ObjectId();
    const written = this.writes.insertOne({ _id, workspaceId, startedAt: first.at });
    transaction.atEnd(() => {
      void written.then(() => this.writes.deleteOne({ _id, workspaceId })).catch(() => undefined);
    });
    await written;
    first.isAnnounced = this.since(first) < SETTLED_MS || transaction.wasOvertaken;
  }

  private since({ at }: FirstChange): number {
    return this.clock.now().getTime() - at.getTime();
  }
}
