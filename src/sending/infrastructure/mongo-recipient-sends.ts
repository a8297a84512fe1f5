import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, UpdateFilter } from 'mongodb';
import type { Model } from 'mongoose';
import { collectionOf, isDuplicateKey, type Transaction, within } from '../../platform/mongo';
import { type FrequencyLimits, type FrequencyVerdict, judgeFrequency, stillCounting, type WantedSend } from '../domain/frequency';
import { type CountedFor, RecipientSends } from '../domain/recipient-sends';
import type { RecipientSendsDocument } from './sending.schema';

/** Two messages may count at one address at the same moment: the loser looks again, this often at most. */
const MAX_ATTEMPTS = 5;
/** Longer than anything that is asked of it. */
const KEPT_MS = 40 * 86_400_000;

/** One document for each address; a reservation replaces it in the revision that was judged. */
@Injectable()
export class MongoRecipientSends extends RecipientSends {
  private readonly recipients: Collection<RecipientSendsDocument>;

  constructor(@InjectModel('RecipientSends') model: Model<RecipientSendsDocument>) {
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
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const found = await this.recipients.findOne({ _id });
      const sends = found?.sends ?? [];
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

const without = (messageId: string, token: string): UpdateFilter<RecipientSendsDocument> => ({
  $pull: { sends: { messageId, token } },
  $inc: { revision: 1 },
});

const idOf = ({ workspaceId, address }: CountedFor): string => `${workspaceId}:${address}`;
