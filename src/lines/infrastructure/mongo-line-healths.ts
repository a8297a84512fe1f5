import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { ChannelName } from '../../channels';
import { collectionOf } from '../../platform/mongo';
import { type HealthCount, LineHealths } from '../domain/line-healths';
import type { LineDocument } from './line.schema';

/** The worst first: an account is as its worst line. */
const HEALTHS = ['unhealthy', 'unknown', 'healthy'] as const;
type Counts = Record<(typeof HEALTHS)[number], number>;

/** What accounts have in common that cannot be told apart here: see `accountKeyOf`. */
const BY_ACCOUNT = {
  workspaceId: '$workspaceId',
  channel: '$channel',
  place: { $ifNull: ['$bridgeUrl', { $ifNull: ['$accountId', '$_id'] }] },
  deviceId: '$deviceId',
};
const countOf = (health: string) => ({ $sum: { $cond: [{ $eq: ['$health.status', health] }, 1, 0] } });

/** Reads every line: there are few, and it is asked for at most every five seconds. */
@Injectable()
export class MongoLineHealths extends LineHealths {
  private readonly lines: Collection<LineDocument>;

  constructor(@InjectModel('Line') model: Model<LineDocument>) {
    super();
    this.lines = collectionOf(model);
  }

  async counts(): Promise<HealthCount[]> {
    const each = Object.fromEntries(HEALTHS.map((health) => [health, countOf(health)]));
    const accounts = await this.lines
      .aggregate<Counts & { _id: { channel: ChannelName } }>([
        { $match: { isActive: true } },
        { $group: { _id: BY_ACCOUNT, ...each } },
      ])
      .toArray();
    const counts = new Map<string, HealthCount>();
    for (const account of accounts) {
      const { channel } = account._id;
      const worst = HEALTHS.find((health) => account[health] > 0);
      for (const health of HEALTHS) {
        const key = `${channel} ${health}`;
        const count = counts.get(key) ?? { channel, health, lines: 0, accounts: 0 };
        count.lines += account[health];
        count.accounts += health === worst ? 1 : 0;
        counts.set(key, count);
      }
    }
    return [...counts.values()];
  }
}
