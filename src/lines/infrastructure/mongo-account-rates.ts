import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { beatOf, costOf, creditFor, onTheBeat } from '../../channels';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, Gathered, isDuplicateKey } from '../../platform/mongo';
import { AccountRates, type OnAccount } from '../domain/account-rates';
import type { DeviceDocument } from './line.schema';

const keyOf = (workspaceId: WorkspaceId, accountId: string) => `${workspaceId} account:${accountId}`;

/** In milliseconds. */
interface Payment {
  now: number;
  latest: number;
  cost: number;
  credit: number;
  beat: number | null;
}

type Taken = Awaited<ReturnType<AccountRates['take']>>;

/** One document an account. What its lines ask of it at the same moment is paid for by one command. */
@Injectable()
export class MongoAccountRates extends AccountRates {
  private readonly accounts: Collection<DeviceDocument>;
  private readonly gathered = new Gathered<OnAccount, Taken>((wanted) => this.takeAll(wanted));

  constructor(@InjectModel('Device') model: Model<DeviceDocument>) {
    super();
    this.accounts = collectionOf(model);
  }

  take(wanted: OnAccount): Promise<Taken> {
    return this.gathered.of(wanted);
  }

  async paidUntil(workspaceId: WorkspaceId, accountIds: readonly string[]): Promise<Map<string, Date>> {
    const byKey = new Map(accountIds.map((id) => [keyOf(workspaceId, id), id]));
    const found = await this.accounts.find({ _id: { $in: [...byKey.keys()] } }).toArray();
    return new Map(found.map(({ _id, paidUntil = 0 }) => [byKey.get(_id)!, new Date(Math.ceil(paidUntil))]));
  }

  private async takeAll(wanted: readonly OnAccount[]): Promise<Promise<Taken>[]> {
    const byKey = new Map<string, OnAccount[]>();
    for (const one of wanted) {
      const key = keyOf(one.workspaceId, one.accountId);
      byKey.set(key, [...(byKey.get(key) ?? []), one]);
    }
    const taken = new Map([...byKey].map(([key, those]) => [key, this.pay(key, those.map(paymentOf))]));
    return wanted.map(async (one) => {
      const key = keyOf(one.workspaceId, one.accountId);
      return (await taken.get(key)!)[byKey.get(key)!.indexOf(one)]!;
    });
  }

  /** The store and this process reckon the same from what was paid before, so one answer tells of all. */
  private async pay(_id: string, payments: readonly Payment[]): Promise<Taken[]> {
    let paidUntil = await this.paidBefore(_id, payments);
    return payments.map((payment) => {
      const at = Math.max(payment.now, paidUntil - payment.credit);
      const isPaid = at <= payment.latest;
      if (isPaid) paidUntil = Math.max(paidUntil, payment.now) + payment.cost;
      return { at: new Date(Math.ceil(onTheBeat(at, payment.beat, payment.now))), isPaid };
    });
  }

  private async paidBefore(_id: string, payments: readonly Payment[]): Promise<number> {
    const paid = '$$value';
    const isInTime = { $lte: [{ $subtract: [paid, '$$this.credit'] }, '$$this.latest'] };
    const after = { $add: [{ $max: [paid, '$$this.now'] }, '$$this.cost'] };
    const initialValue = { $ifNull: ['$paidUntil', 0] };
    const paidUntil = { $reduce: { input: [...payments], initialValue, in: { $cond: [isInTime, after, paid] } } };
    const update = [{ $set: { paidUntil, freeAt: { $ifNull: ['$freeAt', new Date(0)] }, token: null } }];
    const pay = () => this.accounts.findOneAndUpdate({ _id }, update, { upsert: true, returnDocument: 'before' });
    // Of two processes that are the first to use the account, one finds the document of the other.
    const before = await pay().catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      return pay();
    });
    return before?.paidUntil ?? 0;
  }
}

const paymentOf = ({ now, patientUntil, units, pace }: OnAccount): Payment => ({
  now: now.getTime(),
  latest: patientUntil.getTime(),
  cost: costOf(units, pace),
  credit: creditFor(units, pace),
  beat: beatOf(pace),
});
