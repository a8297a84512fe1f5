import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { workspaceId } from '../../platform/ids';
import { collectionOf, earliest, isDuplicateKey } from '../../platform/mongo';
import { type InboundCall, InboundCalls } from '../domain/inbound-calls';
import type { InboundCallDocument } from './inbound-call.schema';

@Injectable()
export class MongoInboundCalls extends InboundCalls {
  private readonly calls: Collection<InboundCallDocument>;

  constructor(@InjectModel('InboundCall') model: Model<InboundCallDocument>) {
    super();
    this.calls = collectionOf(model);
  }

  async keep({ id, body, ...call }: InboundCall, tryAt: Date): Promise<boolean> {
    try {
      await this.calls.insertOne({ _id: id, ...call, body: JSON.stringify(body ?? null), tryAt });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  async done(id: string): Promise<void> {
    await this.calls.updateOne({ _id: id }, { $set: { body: null }, $unset: { tryAt: '' } });
  }

  async retryAt(id: string, tryAt: Date): Promise<void> {
    await this.calls.updateOne({ _id: id }, { $set: { tryAt } });
  }

  async takeLeft(now: Date, next: Date): Promise<InboundCall | null> {
    const found = await this.calls.findOneAndUpdate(
      { tryAt: { $gt: new Date(0), $lte: now } },
      { $set: { tryAt: next }, $inc: { tries: 1 } },
      { returnDocument: 'after' },
    );
    return found && toCall(found);
  }

  nextAt(): Promise<Date | null> {
    return earliest(this.calls, 'tryAt');
  }
}

const toCall = ({ _id, body, tryAt: _, ...call }: InboundCallDocument): InboundCall => ({
  id: _id,
  ...call,
  workspaceId: workspaceId(call.workspaceId),
  body: JSON.parse(body ?? 'null') as unknown,
});
