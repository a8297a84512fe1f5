import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../../platform/clock';
import { collectionOf } from '../../platform/mongo';
import { Conversations } from '../domain/conversations';
import type { ConversationDocument } from './conversation.schema';

@Injectable()
export class MongoConversations extends Conversations {
  private readonly conversations: Collection<ConversationDocument>;

  constructor(
    @InjectModel('Conversation') model: Model<ConversationDocument>,
    private readonly clock: Clock,
  ) {
    super();
    this.conversations = collectionOf(model);
  }

  async find(lineId: string, address: string): Promise<string | null> {
    return (await this.conversations.findOne({ _id: idOf(lineId, address) }))?.conversation ?? null;
  }

  async remember(lineId: string, address: string, conversation: string): Promise<void> {
    const change = { $set: { conversation, usedAt: this.clock.now() } };
    await this.conversations.updateOne({ _id: idOf(lineId, address) }, change, { upsert: true });
  }

  async forget(lineId: string, address: string): Promise<void> {
    await this.conversations.deleteOne({ _id: idOf(lineId, address) });
  }
}

const idOf = (lineId: string, address: string) => `${lineId}:${address}`;
