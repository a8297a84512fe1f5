import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../../platform/clock';
import { anyOf, collectionOf, Gathered, SharedReads } from '../../platform/mongo';
import { Conversations } from '../domain/conversations';
import type { ConversationDocument } from './conversation.schema';

@Injectable()
export class MongoConversations extends Conversations {
  private readonly conversations: Collection<ConversationDocument>;
  private readonly sharedReads: SharedReads;
  private readonly known = new Gathered<string, string | null>(async (ids) => {
    const found = await this.sharedReads.find(this.conversations, { _id: anyOf([...new Set(ids)]) });
    const byId = new Map(found.map(({ _id, conversation }) => [_id, conversation]));
    return ids.map((id) => byId.get(id) ?? null);
  });
  private readonly remembered = new Gathered<AnyBulkWriteOperation<ConversationDocument>, void>(async (writes) => {
    // One that is refused must not keep those behind it from being written.
    await this.conversations.bulkWrite([...writes], { ordered: false });
    return writes.map(() => undefined);
  });

  constructor(
    @InjectModel('Conversation') model: Model<ConversationDocument>,
    private readonly clock: Clock,
  ) {
    super();
    this.conversations = collectionOf(model);
    this.sharedReads = SharedReads.of(model);
  }

  async find(lineId: string, address: string): Promise<string | null> {
    return this.known.of(idOf(lineId, address));
  }

  async remember(lineId: string, address: string, conversation: string): Promise<void> {
    const change = { $set: { conversation, usedAt: this.clock.now() } };
    await this.remembered.of({ updateOne: { filter: { _id: idOf(lineId, address) }, update: change, upsert: true } });
  }

  async forget(lineId: string, address: string): Promise<void> {
    await this.conversations.deleteOne({ _id: idOf(lineId, address) });
  }
}

const idOf = (lineId: string, address: string) => `${lineId}:${address}`;
