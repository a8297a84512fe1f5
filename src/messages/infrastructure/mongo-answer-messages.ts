import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { collectionOf, type Transaction, within } from '../../platform/mongo';
import { AnswerMessages, type AnswerTo } from '../domain/answer-messages';
import { type Message, WAITING } from '../domain/message';
import { toMessage } from './message.mapper';
import type { MessageDocument } from './message.schema';

@Injectable()
export class MongoAnswerMessages extends AnswerMessages {
  private readonly messages: Collection<MessageDocument>;

  constructor(@InjectModel('Message') model: Model<MessageDocument>) {
    super();
    this.messages = collectionOf(model);
  }

  async wasMadeSince({ workspaceId, kind, address }: AnswerTo, since: Date, transaction: Transaction): Promise<boolean> {
    const query = { workspaceId, recipients: { $in: [address], $gt: '' }, kind, createdAt: { $gt: since } };
    return (await this.messages.findOne(query as Filter<MessageDocument>, within(transaction))) !== null;
  }

  async waitingSince(before: Date, limit: number): Promise<Message[]> {
    const query = { kind: { $gt: '' }, createdAt: { $lt: before }, status: { $in: [...WAITING] } };
    return (await this.messages.find(query as Filter<MessageDocument>, { limit }).toArray()).map(toMessage);
  }
}
