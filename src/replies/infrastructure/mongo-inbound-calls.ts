import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { InboundContent } from '../../channels/domain';
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

  async keep({ id, content: { json, form, query }, isOfAccount, ...call }: InboundCall, tryAt: Date): Promise<boolean> {
    const fields = form.length + query.length > 0 ? { fields: JSON.stringify({ form, query }) } : null;
    try {
      const whose = isOfAccount ? { isOfAccount } : null;
      await this.calls.insertOne({ _id: id, ...call, ...whose, body: JSON.stringify(json ?? null), ...fields, tryAt });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  async done(id: string): Promise<void> {
    await this.calls.updateOne({ _id: id }, { $set: { body: null }, $unset: { tryAt: '', fields: '' } });
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

const toCall = ({ _id, body, fields, tryAt: _, ...call }: InboundCallDocument): InboundCall => ({
  id: _id,
  ...call,
  workspaceId: workspaceId(call.workspaceId),
  isOfAccount: call.isOfAccount ?? false,
  content: {
    json: JSON.parse(body ?? 'null') as unknown,
    ...(fields ? (JSON.parse(fields) as Pick<InboundContent, 'form' | 'query'>) : { form: [], query: [] }),
  },
});
