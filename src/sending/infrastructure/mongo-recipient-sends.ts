import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, UpdateFilter } from 'mongodb';
import type { Model } from 'mongoose';
import { KeyedHashes } from '../../platform/keyed-hashes';
import { collectionOf, isDuplicateKey, type Transaction, within } from '../../platform/mongo';
import {
  type CountedSend,
  type FrequencyLimits,
  type FrequencyVerdict,
  judgeFrequency,
  stillCounting,
  type WantedSend,
} from '../domain/frequency';
import { type CountedFor, RecipientSends } from '../domain/recipient-sends';
import type { RecipientSendsDocument } from './sending.schema';

/** Two messages may count at one address at the same moment: the loser looks again, this often at most. */
const MAX_ATTEMPTS = 5;
/** Longer than anything that is asked of it. */
const KEPT_MS = 40 * 86_400_000;

/**
 * One document for each address; a reservation replaces it in the revision that was judged. Of somebody who
 * was erased there is a second one under the keyed hash, which only ever counts along.
 */
@Injectable()
export class MongoRecipientSends extends RecipientSends {
  private readonly recipients: Collection<RecipientSendsDocument>;

  constructor(
    @InjectModel('RecipientSends') model: Model<RecipientSendsDocument>,
    private readonly keyedHashes: KeyedHashes,
  ) {
    super();
    this.recipients = collectionOf(model);
  }

  async reserve(
    who: CountedFor,
    wanted: WantedSend,
    { limits, now }: { limits: FrequencyLimits; now: Date },
  ): Promise<FrequencyVerdict | 'contended'> {
    const _id = idOf(who);
    const { workspaceId, messageId, token } = who;
    const hashedId = idOf({ ...who, address: (await this.keyedHashes.of(workspaceId))(who.address) });
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const both = await this.recipients.find({ _id: { $in: [_id, hashedId] } }).toArray();
      const found = both.find((one) => one._id === _id);
      const sends = eachOnce(both.flatMap((one) => one.sends));
      const verdict = judgeFrequency(sends, wanted, { limits, now });
      if (!verdict.free) return verdict;
      const mine = { messageId, token, campaignId: wanted.campaignId, at: now, days: verdict.days };
      const fields = {
        workspaceId,
        sends: [...stillCounting(sends, limits, now), mine],
        revision: (found?.revision ?? 0) + 1,
        expiresAt: new Date(now.getTime() + KEPT_MS),
      };
      if (await this.write(_id, found?.revision ?? null, fields)) return verdict;
    }
    return 'contended';
  }

  /** @returns false when another one has written meanwhile */
  private async write(_id: string, revision: number | null, fields: Omit<RecipientSendsDocument, '_id'>): Promise<boolean> {
    if (revision !== null) {
      return (await this.recipients.updateOne({ _id, revision }, { $set: fields })).matchedCount > 0;
    }
    try {
      await this.recipients.insertOne({ _id, ...fields });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  async release(who: CountedFor, transaction?: Transaction): Promise<void> {
    const { messageId, token } = who;
    await this.recipients.updateOne(
      { _id: idOf(who), sends: { $elemMatch: { messageId, token } } },
      without(messageId, token),
      within(transaction),
    );
  }

  async releaseAll(messageId: string, token: string): Promise<void> {
    await this.recipients.updateMany(
      { 'sends.messageId': messageId, sends: { $elemMatch: { messageId, token } } },
      without(messageId, token),
    );
  }
}

/** What is being erased stands under the address and its hash for a moment, or as long as others share it. */
const eachOnce = (sends: readonly CountedSend[]): CountedSend[] => [
  ...new Map(sends.map((send) => [`${send.messageId} ${send.token}`, send])).values(),
];

const without = (messageId: string, token: string): UpdateFilter<RecipientSendsDocument> => ({
  $pull: { sends: { messageId, token } },
  $inc: { revision: 1 },
});

const idOf = ({ workspaceId, address }: CountedFor): string => `${workspaceId}:${address}`;
