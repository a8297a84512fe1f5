import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../../platform/ids';
import { type KeyedHash, KeyedHashes } from '../../platform/keyed-hashes';
import { collectionOf, isDuplicateKey, type Transaction, within } from '../../platform/mongo';
import { type AcquireResult, type RecipientClaim, RecipientClaims, recipientKeys } from '../domain/recipient-claims';
import type { RecipientDocument } from './sending.schema';

/** Two messages may claim one recipient at the same moment: the loser tries again, this often at most. */
const MAX_ATTEMPTS = 3;

@Injectable()
export class MongoRecipientClaims extends RecipientClaims {
  private readonly recipients: Collection<RecipientDocument>;

  constructor(
    @InjectModel('Recipient') model: Model<RecipientDocument>,
    private readonly keyedHashes: KeyedHashes,
  ) {
    super();
    this.recipients = collectionOf(model);
  }

  async acquire(claim: RecipientClaim): Promise<AcquireResult> {
    const hash = await this.keyedHashes.of(claim.message.workspaceId);
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      if (await this.write(claim, hash)) return { firstTouch: true };
      const result = await this.look(claim, hash);
      if (result) return result;
    }
    return 'contended';
  }

  /**
   * The same command writes the records and then looks for those of somebody who was erased, by updates that
   * change nothing. Erasing writes hashed records before it removes plain ones: if ours could be written
   * because one was removed, its hash is found.
   * @returns whether all records are the message's own, and the line never wrote to the recipient
   */
  private async write(claim: RecipientClaim, hash: KeyedHash): Promise<boolean> {
    const messageId = claim.message.id;
    const claims = claimIds(claim).map((_id) => ({ _id, messageId }));
    const contacts = contactIds(claim).map((_id) => ({ _id, messageId, kept: false }));
    const own = [...claims, ...contacts];
    const update = { $set: { token: claim.token }, $setOnInsert: { kept: false } };
    const looks = idsOf(hashed(claim, hash)).map((_id) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: { kept: true } } },
    }));
    const writes = [...own.map((filter) => ({ updateOne: { filter, update, upsert: true } })), ...looks];
    try {
      const { matchedCount, upsertedCount } = await this.recipients.bulkWrite(writes, { ordered: false });
      return matchedCount + upsertedCount === own.length;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return false;
    }
  }

  /**
   * What stands in the way of the records that could not be written.
   * @returns `null` when it is gone again
   */
  private async look(claim: RecipientClaim, hash: KeyedHash): Promise<AcquireResult | null> {
    const isMine = ({ messageId }: RecipientDocument) => messageId === claim.message.id;
    const [claims, contacts] = [claimIds(claim), contactIds(claim)];
    const hashedClaims = claimIds(hashed(claim, hash));
    const hashedContacts = contactIds(hashed(claim, hash));
    const ids = [...claims, ...contacts, ...hashedClaims, ...hashedContacts];
    const found = await this.recipients.find({ _id: { $in: ids } }).toArray();
    const known = new Map(found.map((document) => [document._id, document]));
    const of = (some: string[]) => some.flatMap((id) => known.get(id) ?? []);
    const others = of([...claims, ...hashedClaims]).filter((document) => !isMine(document));
    if (others.length > 0) return others.some(({ kept }) => kept) ? 'alreadySent' : 'contended';
    if (of(contacts).some((contact) => !contact.kept && !isMine(contact))) return 'contended';
    const allThere = of([...claims, ...contacts]).length === claims.length + contacts.length;
    return allThere && of([...contacts, ...hashedContacts]).some(({ kept }) => kept) ? { firstTouch: false } : null;
  }

  async knownTo({ id, workspaceId }: { id: string; workspaceId: WorkspaceId }, keys: readonly string[]): Promise<Set<string>> {
    if (keys.length === 0) return new Set();
    const hash = await this.keyedHashes.of(workspaceId);
    const ids = new Map<string, string>(keys.flatMap((key) => [key, hash(key)].map((form) => [`${id}:${form}`, key] as const)));
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

/** The claim as it would stand there if the person had been erased. Records by lead name nobody. */
const hashed = (claim: RecipientClaim, hash: KeyedHash): RecipientClaim => ({
  ...claim,
  address: hash(claim.address),
  message: { ...claim.message, leadId: null },
});
