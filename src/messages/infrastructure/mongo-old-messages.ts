import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { workspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId, objectIds } from '../../platform/mongo';
import type { MessageStatus } from '../domain/message';
import { type OldMessage, OldMessages } from '../domain/old-messages';
import type { MessageDocument } from './message.schema';

const ENDED: readonly MessageStatus[] = ['sent', 'delivered', 'failed', 'cancelled', 'fallback'];

@Injectable()
export class MongoOldMessages extends OldMessages {
  private readonly messages: Collection<MessageDocument>;

  constructor(@InjectModel('Message') model: Model<MessageDocument>) {
    super();
    this.messages = collectionOf(model);
  }

  /** Ids begin with the second in which they were made, so no index is needed for this alone. */
  async look(before: Date, after: string | null, limit: number): Promise<{ old: OldMessage[]; next: string | null }> {
    const made = { $lt: ObjectId.createFromTime(Math.floor(before.getTime() / 1_000)), ...(after && { $gt: objectId(after) }) };
    const projection = { workspaceId: 1, enrollmentId: 1, status: 1, changedAt: 1 } as const;
    const found = await this.messages.find({ _id: made }, { projection, sort: { _id: 1 }, limit }).toArray();
    const old = found.filter(({ status, changedAt }) => ENDED.includes(status) && changedAt < before);
    return {
      old: old.map((message) => ({
        id: hex(message._id),
        workspaceId: workspaceId(message.workspaceId),
        enrollmentId: message.enrollmentId && hex(message.enrollmentId),
      })),
      next: found.length < limit ? null : hex(found.at(-1)!._id),
    };
  }

  async stillMoving(enrollmentIds: readonly string[], before: Date): Promise<Set<string>> {
    if (enrollmentIds.length === 0) return new Set();
    const query = {
      enrollmentId: { $in: objectIds(enrollmentIds) },
      stepIndex: { $gte: 0 },
      $or: [{ status: { $nin: [...ENDED] } }, { changedAt: { $gte: before } }],
    } as Filter<MessageDocument>;
    const found = await this.messages.find(query, { projection: { enrollmentId: 1 } }).toArray();
    return new Set(found.map(({ enrollmentId }) => hex(enrollmentId!)));
  }

  async remove(messages: readonly OldMessage[], before: Date): Promise<number> {
    if (messages.length === 0) return 0;
    const ids = objectIds(messages.map(({ id }) => id));
    const query = { _id: { $in: ids }, status: { $in: [...ENDED] }, changedAt: { $lt: before } };
    return (await this.messages.deleteMany(query)).deletedCount;
  }
}
