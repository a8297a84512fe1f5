import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { collectionOf, earliest } from '../../platform/mongo';
import { MessageBacklog } from '../domain/message-backlog';
import type { MessageDocument } from './message.schema';

/** More messages than this are never being handed over at the same time, unless something is very wrong. */
const MOST_COUNTED = 10_000;

@Injectable()
export class MongoMessageBacklog extends MessageBacklog {
  private readonly messages: Collection<MessageDocument>;

  constructor(@InjectModel('Message') model: Model<MessageDocument>) {
    super();
    this.messages = collectionOf(model);
  }

  oldestDueAt(): Promise<Date | null> {
    return earliest(this.messages, 'dueAt', { status: 'queued', ready: true });
  }

  oldestTurnAt(): Promise<Date | null> {
    return earliest(this.messages, 'turnAt', { status: 'queued' });
  }

  /** Those are messages on their way whose last attempt has words: Outcomes.record writes them. */
  async unknownOutcomes(): Promise<number> {
    const query = { status: 'sending', 'claim.until': { $gt: new Date(0) } } as Filter<MessageDocument>;
    const options = { projection: { 'attempts.words': 1 }, limit: MOST_COUNTED } as const;
    const onTheirWay = await this.messages.find(query, options).toArray();
    return onTheirWay.filter(({ attempts }) => typeof attempts.at(-1)?.words === 'string').length;
  }
}
