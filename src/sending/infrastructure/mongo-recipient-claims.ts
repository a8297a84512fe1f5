import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { collectionOf, isDuplicateKey, type Transaction, within } from '../../platform/mongo';
import { type AcquireResult, type RecipientClaim, RecipientClaims, recipientKeys } from '../domain/recipient-claims';
import type { RecipientDocument } from './sending.schema';

/** Two messages may claim one recipient at the same moment: the loser tries again, this often at most. */
const MAX_ATTEMPTS = 3;

@Injectable()
export class MongoRecipientClaims extends RecipientClaims {
  private readonly recipients: Collection<RecipientDocument>;

  constructor(@InjectModel('Recipient') model: Model<RecipientDocument>) {
    super();
    this.recipients = collectionOf(model);
  }

  async acquire(claim: RecipientClaim): Promise<AcquireResult> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (await this.write(claim)) return { firstTouch: true };
      const result = await this.look(claim);
      if (result) return result;
    }
    return 'contended';
  }

  /** @returns whether all records are the message's own, and the line never wrote to the recipient */
  private async write(claim: RecipientClaim): Promise<boolean> {
    const messageId = claim.message.id;
    const claims = claimIds(claim).map((_id) => ({ _id, messageId }));
    const contacts = contactIds(claim).map((_id) => ({ _id, messageId, kept: false }));
    const update = { $set: { token: claim.token }, $setOnInsert: { kept: false } };
    const writes = [...claims, ...contacts].map((filter) => ({ updateOne: { filter, update, upsert: true } }));
    try {
      await this.recipients.bulkWrite(writes, { ordered: false });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  /**
   * What stands in the way of the records that could not be written.
   * @returns `null` when it is gone again
   */
  private async look(claim: RecipientClaim): Promise<AcquireResult | null> {
    const isMine = ({ messageId }: RecipientDocument) => messageId === claim.message.id;
    const [claims, contacts] = [claimIds(claim), contactIds(claim)];
    const found = await this.recipients.find({ _id: { $in: [...claims, ...contacts] } }).toArray();
    const known = new Map(found.map((document) => [document._id, document]));
    const of = (ids: string[]) => ids.flatMap((id) => known.get(id) ?? []);
    const other = of(claims).find((document) => !isMine(document));
    if (other) return other.kept ? 'alreadySent' : 'contended';
    if (of(contacts).some((contact) => !contact.kept && !isMine(contact))) return 'contended';
    const allThere = found.length === claims.length + contacts.length;
    return allThere && of(contacts).some(({ kept }) => kept) ? { firstTouch: false } : null;
  }

  async knownTo(lineId: string, keys: readonly string[]): Promise<Set<string>> {
    const ids = new Map(keys.map((key) => [`${lineId}:${key}`, key]));
    const found = await this.recipients.find({ _id: { $in: [...ids.keys()] }, kept: true }).toArray();
    return new Set(found.map(({ _id }) => ids.get(_id)!));
  }

  async commit(claim: RecipientClaim, transaction: Transaction): Promise<void> {
    const mine = { messageId: claim.message.id, kept: false };
    await this.recipients.updateMany({ _id: { $in: idsOf(claim) }, ...mine }, { $set: { kept: true } }, within(transaction));
  }

  async release(claim: RecipientClaim, transaction?: Transaction): Promise<void> {
    const mine = { messageId: claim.message.id, token: claim.token, kept: false };
    await this.recipients.deleteMany({ _id: { $in: idsOf(claim) }, ...mine }, within(transaction));
  }

  async free(claim: RecipientClaim, transaction: Transaction): Promise<void> {
    const made = { _id: { $in: idsOf(claim) }, messageId: claim.message.id };
    await this.recipients.deleteMany(made, within(transaction));
  }

  async releaseAll(messageId: string, token: string): Promise<void> {
    await this.recipients.deleteMany({ messageId, token, kept: false });
  }
}

const claimIds = ({ message, address }: RecipientClaim): string[] =>
  message.campaignId ? [`${message.campaignId}:${message.stepId}:${address}`] : [];

const contactIds = ({ lineId, address, message }: RecipientClaim): string[] =>
  recipientKeys(address, message.leadId).map((key) => `${lineId}:${key}`);

const idsOf = (claim: RecipientClaim): string[] => [...claimIds(claim), ...contactIds(claim)];
