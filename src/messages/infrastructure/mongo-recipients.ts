import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, isDuplicateKey, within, type Transaction } from '../../platform/mongo';
import { recipientKeys, Recipients, type ClaimResult, type RecipientHold } from '../domain/recipients';
import type { RecipientDocument } from './sending.schema';

/** Two messages for one recipient at the same moment: the loser looks again, this often at most. */
const RACES = 3;

@Injectable()
export class MongoRecipients extends Recipients {
  private readonly claims: Collection<RecipientDocument>;
  private readonly contacts: Collection<RecipientDocument>;

  constructor(
    @InjectModel('RecipientClaim') claims: Model<RecipientDocument>,
    @InjectModel('LineContact') contacts: Model<RecipientDocument>,
  ) {
    super();
    this.claims = collectionOf(claims);
    this.contacts = collectionOf(contacts);
  }

  async claim(hold: RecipientHold): Promise<ClaimResult> {
    const _id = claimId(hold);
    if (!_id) return 'mine';
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.claims.updateOne(
          { _id, messageId: hold.message.id },
          { $set: { token: hold.token }, $setOnInsert: { kept: false } },
          { upsert: true },
        );
        return 'mine';
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const holder = await this.claims.findOne({ _id });
        if (holder && holder.messageId !== hold.message.id) return holder.kept ? 'kept' : 'undecided';
        if (attempt === RACES) return 'undecided';
      }
    }
  }

  async contact(hold: RecipientHold): Promise<{ firstTouch: boolean } | 'undecided'> {
    const keys = contactIds(hold);
    const known = new Map(
      (await this.contacts.find({ _id: { $in: keys } }).toArray()).map((document) => [document._id, document]),
    );
    if ([...known.values()].some(({ kept, messageId }) => !kept && messageId !== hold.message.id)) return 'undecided';
    const firstTouch = ![...known.values()].some(({ kept }) => kept);
    const open = keys.filter((key) => !known.get(key)?.kept);
    if (open.length === 0) return { firstTouch };
    const update = { $set: { token: hold.token }, $setOnInsert: { kept: false } };
    const writes = open.map((_id) => ({
      updateOne: { filter: { _id, messageId: hold.message.id, kept: false }, update, upsert: true },
    }));
    try {
      await this.contacts.bulkWrite(writes, { ordered: false });
      return { firstTouch };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return 'undecided';
    }
  }

  async knownTo(lineId: string, keys: readonly string[]): Promise<Set<string>> {
    const ids = new Map(keys.map((key) => [`${lineId}:${key}`, key]));
    const found = await this.contacts.find({ _id: { $in: [...ids.keys()] }, kept: true }).toArray();
    return new Set(found.map(({ _id }) => ids.get(_id)!));
  }

  async keep(_workspaceId: WorkspaceId, hold: RecipientHold, transaction: Transaction): Promise<void> {
    const keeping = { $set: { kept: true } };
    const mine = { messageId: hold.message.id, kept: false };
    const _id = claimId(hold);
    if (_id) await this.claims.updateOne({ _id, ...mine }, keeping, within(transaction));
    await this.contacts.updateMany({ _id: { $in: contactIds(hold) }, ...mine }, keeping, within(transaction));
  }

  async giveBack(hold: RecipientHold, transaction?: Transaction): Promise<void> {
    const mine = { messageId: hold.message.id, token: hold.token, kept: false };
    const _id = claimId(hold);
    if (_id) await this.claims.deleteOne({ _id, ...mine }, within(transaction));
    await this.contacts.deleteMany({ _id: { $in: contactIds(hold) }, ...mine }, within(transaction));
  }

  async giveBackAll(messageId: string, token: string): Promise<void> {
    const mine = { messageId, token, kept: false };
    await this.claims.deleteMany(mine);
    await this.contacts.deleteMany(mine);
  }
}

const claimId = ({ message, address }: RecipientHold): string | null =>
  message.campaignId ? `${message.campaignId}:${message.stepId}:${address}` : null;

const contactIds = ({ lineId, address, message }: RecipientHold): string[] =>
  recipientKeys(address, message.leadId).map((key) => `${lineId}:${key}`);
