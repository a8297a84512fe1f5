import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { KeyedHashes } from '../../platform/keyed-hashes';
import { collectionOf, Gathered, SharedReads, type Transaction, within } from '../../platform/mongo';
import { type Answer, Answers } from '../domain/answers';
import type { Campaign } from '../domain/campaign';
import type { AnswerDocument } from './answer.schema';

@Injectable()
export class MongoAnswers extends Answers {
  private readonly answers: Collection<AnswerDocument>;
  private readonly sharedReads: SharedReads;
  private readonly anyIn = new Gathered<string, boolean>(async (asked) => {
    const campaignIds = [...new Set(asked)];
    const known = new Map(await Promise.all(campaignIds.map(async (id) => [id, await this.hasAnyNow(id)] as const)));
    return asked.map((id) => known.get(id)!);
  });

  constructor(
    @InjectModel('Answer') model: Model<AnswerDocument>,
    private readonly keyedHashes: KeyedHashes,
  ) {
    super();
    this.answers = collectionOf(model);
    this.sharedReads = SharedReads.of(model);
  }

  async remember(answers: readonly Answer[], transaction: Transaction): Promise<void> {
    if (answers.length === 0) return;
    const writes = answers.map(({ workspaceId, campaignId, address, at }) => ({
      updateOne: {
        filter: { _id: idOf(campaignId, address), campaignId },
        update: { $setOnInsert: { workspaceId, at } },
        upsert: true,
      },
    }));
    await this.answers.bulkWrite(writes, { ordered: false, ...within(transaction) });
  }

  async among(
    { id: campaignId, workspaceId }: Pick<Campaign, 'id' | 'workspaceId'>,
    addresses: readonly string[],
    transaction?: Transaction,
  ): Promise<Set<string>> {
    if (addresses.length === 0) return new Set();
    const hasAny = transaction ? await this.hasAny(campaignId, transaction) : await this.anyIn.of(campaignId);
    if (!hasAny) return new Set();
    const hash = await this.keyedHashes.of(workspaceId);
    const ids = new Map(
      addresses.flatMap((address) => [address, hash(address)].map((form) => [idOf(campaignId, form), address] as const)),
    );
    const found = await this.answers
      .find({ _id: { $in: [...ids.keys()] }, campaignId }, { projection: { _id: 1 }, ...within(transaction) })
      .toArray();
    return new Set(found.map(({ _id }) => ids.get(_id)!));
  }

  private async hasAnyNow(campaignId: string): Promise<boolean> {
    const one = { projection: { _id: 1 }, limit: 1 };
    return (await this.sharedReads.find(this.answers, { campaignId }, one)).length > 0;
  }

  private async hasAny(campaignId: string, transaction: Transaction): Promise<boolean> {
    return (await this.answers.findOne({ campaignId }, { projection: { _id: 1 }, ...within(transaction) })) !== null;
  }
}

const idOf = (campaignId: string, address: string): string => `${campaignId}:${address}`;
