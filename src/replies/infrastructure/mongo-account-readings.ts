import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { workspaceId } from '../../platform/ids';
import { collectionOf, earliest } from '../../platform/mongo';
import { type AccountReading, AccountReadings, type ReadingClaim, type UsedAccount } from '../domain/account-reading';
import type { AccountReadingDocument } from './account-reading.schema';

@Injectable()
export class MongoAccountReadings extends AccountReadings {
  private readonly readings: Collection<AccountReadingDocument>;

  constructor(@InjectModel('AccountReading') model: Model<AccountReadingDocument>) {
    super();
    this.readings = collectionOf(model);
  }

  async find(key: string): Promise<AccountReading | null> {
    const found = await this.readings.findOne({ _id: key });
    return found && toReading(found);
  }

  async findMany(keys: readonly string[]): Promise<AccountReading[]> {
    return (await this.readings.find({ _id: { $in: [...keys] } }).toArray()).map(toReading);
  }

  async activate({ key, ...account }: UsedAccount, until: Date, now: Date): Promise<void> {
    const unread = { cursor: null, readAt: null, failedAt: null, lastEventAt: null, unannouncedSince: null, claim: null };
    await this.readings.updateOne(
      { _id: key },
      {
        $max: { activeUntil: until },
        $set: { lineId: account.lineId, channel: account.channel },
        $setOnInsert: { workspaceId: account.workspaceId, since: now, nextAt: now, ...unread },
      },
      { upsert: true },
    );
  }

  async inUse(channels: readonly string[], now: Date, after: string, limit: number): Promise<AccountReading[]> {
    const filter = { channel: { $in: [...channels] }, _id: { $gt: after }, activeUntil: { $gt: now } };
    return (await this.readings.find(filter, { sort: { _id: 1 }, limit }).toArray()).map(toReading);
  }

  async wish(key: string, now: Date): Promise<void> {
    await this.readings.updateOne({ _id: key }, { $min: { nextAt: now } });
  }

  nextAt(): Promise<Date | null> {
    return earliest(this.readings, 'nextAt');
  }

  async due(now: Date, limit: number): Promise<AccountReading[]> {
    return (await this.readings.find({ nextAt: { $lte: now } }, { sort: { nextAt: 1 }, limit }).toArray()).map(toReading);
  }

  async claim({ key, token }: ReadingClaim, until: Date, now: Date): Promise<AccountReading | null> {
    const free = { _id: key, $or: [{ claim: null }, { 'claim.until': { $lte: now } }] } as Filter<AccountReadingDocument>;
    const found = await this.readings.findOneAndUpdate(free, { $set: { claim: { token, until }, nextAt: until } });
    return found && toReading(found);
  }

  async progressed(claim: ReadingClaim, cursor: object, until: Date): Promise<boolean> {
    const change = { cursor, 'claim.until': until, nextAt: until };
    return (await this.readings.updateOne(mine(claim), { $set: change })).matchedCount > 0;
  }

  async done(claim: ReadingClaim, { cursor, readAt }: { cursor: object; readAt: Date }, nextAt: Date): Promise<boolean> {
    const change = { cursor, readAt, failedAt: null, nextAt, claim: null };
    return (await this.readings.updateOne(mine(claim), { $set: change })).matchedCount > 0;
  }

  async failed(claim: ReadingClaim, now: Date, nextAt: Date): Promise<void> {
    await this.readings.updateOne(mine(claim), { $set: { failedAt: now, nextAt, claim: null } });
  }

  async announced(key: string, now: Date): Promise<void> {
    await this.readings.updateOne({ _id: key }, { $set: { lastEventAt: now, unannouncedSince: null } });
  }

  async unannounced(key: string, at: Date): Promise<void> {
    const untold = { $or: [{ lastEventAt: null }, { lastEventAt: { $lt: at } }] };
    await this.readings.updateOne({ _id: key, unannouncedSince: null, ...untold }, { $set: { unannouncedSince: at } });
  }
}

const mine = ({ key, token }: ReadingClaim) => ({ _id: key, 'claim.token': token }) as Filter<AccountReadingDocument>;

const toReading = ({ _id, nextAt: _, claim: __, ...document }: AccountReadingDocument): AccountReading => ({
  key: _id,
  ...document,
  workspaceId: workspaceId(document.workspaceId),
});
