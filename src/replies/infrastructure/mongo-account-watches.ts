import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { collectionOf, isDuplicateKey } from '../../platform/mongo';
import { AccountWatches, type WatchClaim, type WatchRest } from '../domain/account-watch';
import type { AccountWatchDocument } from './account-watch.schema';

@Injectable()
export class MongoAccountWatches extends AccountWatches {
  private readonly watches: Collection<AccountWatchDocument>;

  constructor(@InjectModel('AccountWatch') model: Model<AccountWatchDocument>) {
    super();
    this.watches = collectionOf(model);
  }

  async taken(keys: readonly string[], now: Date): Promise<Set<string>> {
    const found = await this.watches.find({ _id: { $in: [...keys] }, until: { $gt: now } }).toArray();
    return new Set(found.map(({ _id }) => _id));
  }

  async claim({ key, token }: WatchClaim, until: Date, now: Date): Promise<number | null> {
    try {
      const before = await this.watches.findOneAndUpdate(
        { _id: key, until: { $lte: now } },
        { $set: { token, until }, $setOnInsert: { failures: 0 } },
        { upsert: true, returnDocument: 'before' },
      );
      return before?.failures ?? 0;
    } catch (error) {
      // It is there, and not free.
      if (isDuplicateKey(error)) return null;
      throw error;
    }
  }

  async renew(keys: readonly string[], token: string, until: Date): Promise<Set<string>> {
    const mine = { _id: { $in: [...keys] }, token };
    const { matchedCount } = await this.watches.updateMany(mine, { $set: { until } });
    if (matchedCount === keys.length) return new Set(keys);
    return new Set((await this.watches.find(mine).toArray()).map(({ _id }) => _id));
  }

  async end({ key, token }: WatchClaim, { until, failures }: WatchRest): Promise<void> {
    await this.watches.updateOne({ _id: key, token }, { $set: { token: null, until, failures } });
  }

  async nextAt(now: Date): Promise<Date | null> {
    const next = await this.watches.findOne({ until: { $gt: now } }, { sort: { until: 1 }, projection: { until: 1 } });
    return next && next.until;
  }
}
