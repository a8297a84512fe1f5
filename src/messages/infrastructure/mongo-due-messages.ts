import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { AnyBulkWriteOperation, Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { ChangeTimes } from '../../platform/changes';
import { firstOf } from '../../platform/clock';
import { Counts } from '../../platform/counters';
import { type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';
import { collectionOf, earliest, objectId, SharedReads, Transactions, within } from '../../platform/mongo';
import { DueMessages, type TurnQuery } from '../domain/due-messages';
import type { Message } from '../domain/message';
import { becomeDueChange, dropTurnChange, putAsideChange } from '../domain/message-changes';
import { becomeDue } from '../domain/message-transitions';
import { addChanges } from './count-changes';
import { GatheredTurns, turnAt } from './gathered-turns';
import { toMessage, toUpdate } from './message.mapper';
import type { MessageDocument } from './message.schema';

type Query = Filter<MessageDocument>;

/** The next tick finds the others. */
const LOST_TURNS_AT_ONCE = 500;

/** Key of an index (message.schema.ts) that is named where the store might choose another. */
const BY_TURN = { workspaceId: 1, group: 1, ready: 1, turnOn: 1, lineId: 1, dueAt: 1 } as const;

@Injectable()
export class MongoDueMessages extends DueMessages {
  private readonly messages: Collection<MessageDocument>;
  private readonly turns: GatheredTurns;
  private readonly sharedReads: SharedReads;

  constructor(
    @InjectModel('Message') model: Model<MessageDocument>,
    private readonly counts: Counts,
    private readonly transactions: Transactions,
    private readonly changeTimes: ChangeTimes,
  ) {
    super();
    this.messages = collectionOf(model);
    this.turns = new GatheredTurns(this.messages);
    this.sharedReads = SharedReads.of(model);
  }

  async queueDue(now: Date, limit: number): Promise<{ queued: number; workspaceIds: WorkspaceId[] }> {
    const query = { status: 'scheduled', dueAt: { $lte: now } } as Query;
    // Most looks find nothing, on every worker, every second: no transaction for those.
    if (!(await this.messages.findOne(query, { projection: { _id: 1 } }))) return { queued: 0, workspaceIds: [] };
    return this.transactions.run(async (transaction) => {
      const due = await this.messages.find(query, { sort: { dueAt: 1 }, limit, ...within(transaction) }).toArray();
      if (due.length === 0) return { queued: 0, workspaceIds: [] };
      let changedAt = now;
      for (const workspaceId of workspacesOf(due)) changedAt = await this.changeTimes.now(workspaceId, transaction);
      await this.messages.updateMany(
        { ...theseOnes(due), status: 'scheduled' },
        toUpdate(becomeDueChange(now), changedAt),
        within(transaction),
      );
      const changes = due.map(toMessage).map((was) => ({ message: becomeDue(was, now).message, was }));
      await addChanges(this.counts, changes, transaction);
      return { queued: due.length, workspaceIds: workspacesOf(due) };
    });
  }

  async takeUp(now: Date, limit: number): Promise<{ queued: number; workspaceIds: WorkspaceId[] }> {
    const query = { status: 'queued', ready: false, notBefore: { $lte: now } } as Query;
    const found = await this.messages.find(query, { projection: { workspaceId: 1 }, sort: { notBefore: 1 }, limit }).toArray();
    if (found.length === 0) return { queued: 0, workspaceIds: [] };
    const { modifiedCount } = await this.messages.updateMany(
      { ...theseOnes(found), ...query },
      {
        $set: { ready: true },
      },
    );
    return { queued: modifiedCount, workspaceIds: workspacesOf(found) };
  }

  async candidates({ workspaceId, group, lineId, channel, bound, limit }: TurnQuery): Promise<Message[]> {
    const line = bound === 'mine' ? objectId(lineId) : null;
    const query = { workspaceId, group, status: 'queued', ready: true, turnOn: null, lineId: line, channel } as Query;
    return (await this.messages.find(query, { sort: { dueAt: 1 }, limit }).toArray()).map(toMessage);
  }

  async groupsWaiting(workspaceId: WorkspaceId, groups: readonly string[]): Promise<Set<string>> {
    const found = await Promise.all(
      groups.map((group) => {
        const query = { workspaceId, group, status: 'queued', ready: true, turnOn: null } as Query;
        return this.sharedReads.find(this.messages, query, { projection: { group: 1 }, limit: 1 });
      }),
    );
    return new Set(found.flat().map(({ group }) => group));
  }

  async boundTo({
    workspaceId,
    groups,
    lineId,
    channel,
    limit,
  }: Omit<TurnQuery, 'bound' | 'group'> & { groups: readonly string[] }): Promise<Message[] | null> {
    const group = { $in: [...groups] };
    const query = { workspaceId, group, status: 'queued', ready: true, turnOn: null, lineId: objectId(lineId), channel } as Query;
    const found = await this.messages.find(query, { limit: limit + 1, hint: BY_TURN }).toArray();
    return found.length > limit ? null : found.map(toMessage);
  }

  takeOldest(query: Omit<TurnQuery, 'bound' | 'limit'>, at: Date): Promise<Message | null> {
    return this.turns.of({ ...query, at });
  }

  async putAside(workspaceId: WorkspaceId, until: ReadonlyMap<string, Date>): Promise<void> {
    if (until.size === 0) return;
    const writes = [...until].map(([id, notBefore]) => ({
      updateOne: {
        filter: { _id: objectId(id), workspaceId, status: 'queued', ready: true, turnOn: null },
        update: toUpdate(putAsideChange(notBefore)),
      },
    }));
    await this.messages.bulkWrite(writes as AnyBulkWriteOperation<MessageDocument>[], { ordered: false });
  }

  async takeTurn(message: Message, lineId: string, at: Date): Promise<boolean> {
    const { modifiedCount } = await this.messages.updateOne(
      {
        _id: objectId(message.id),
        workspaceId: message.workspaceId,
        status: 'queued',
        ready: true,
        turnOn: null,
        moves: message.revision,
      },
      turnAt(lineId, at),
    );
    return modifiedCount > 0;
  }

  async dropTurn(workspaceId: WorkspaceId, messageId: string, lineId: string): Promise<void> {
    const query = { _id: objectId(messageId), workspaceId, status: 'queued' as const, turnOn: objectId(lineId) };
    await this.messages.updateOne(query, toUpdate(dropTurnChange));
  }

  async dropLostTurns(before: Date): Promise<WorkspaceId[]> {
    const query = { turnAt: { $gt: new Date(0), $lte: before }, status: 'queued' } as Query;
    const lost = await this.messages.find(query, { projection: { workspaceId: 1 }, limit: LOST_TURNS_AT_ONCE }).toArray();
    if (lost.length === 0) return [];
    const stillLost = { ...query, ...theseOnes(lost) } as Query;
    await this.messages.updateMany(stillLost, toUpdate(dropTurnChange));
    return workspacesOf(lost);
  }

  async nextAt(lostAfterMs: number): Promise<Date | null> {
    const turn = await earliest(this.messages, 'turnAt', { status: 'queued' });
    return firstOf(
      await earliest(this.messages, 'dueAt', { status: 'scheduled' }),
      await earliest(this.messages, 'notBefore', { status: 'queued', ready: false }),
      turn && new Date(turn.getTime() + lostAfterMs),
    );
  }
}

/** By id, and by workspace, which the shards go by. */
const theseOnes = (documents: readonly Pick<MessageDocument, '_id' | 'workspaceId'>[]) => ({
  _id: { $in: documents.map(({ _id }) => _id) },
  workspaceId: { $in: workspacesOf(documents) },
});

const workspacesOf = (documents: readonly { workspaceId: string }[]): WorkspaceId[] =>
  [...new Set(documents.map(({ workspaceId }) => workspaceId))].map(asWorkspace);
