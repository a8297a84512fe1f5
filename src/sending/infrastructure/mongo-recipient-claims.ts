import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { type Collection, MongoBulkWriteError } from 'mongodb';
import type { Model } from 'mongoose';
import type { Message } from '../../messages/domain';
import type { WorkspaceId } from '../../platform/ids';
import { type KeyedHash, KeyedHashes } from '../../platform/keyed-hashes';
import {
  collectionOf,
  Gathered,
  isDuplicateKey,
  TOGETHER,
  type Transaction,
  unlessTimeIsOver,
  within,
} from '../../platform/mongo';
import { type AcquireResult, type RecipientClaim, RecipientClaims, recipientKeys } from '../domain/recipient-claims';
import type { RecipientDocument } from './sending.schema';

/** Two messages may claim one recipient at the same moment: the loser tries again, this often at most. */
const MAX_ATTEMPTS = 3;

interface WantedRecipient {
  claim: RecipientClaim;
  hash: KeyedHash;
}

@Injectable()
export class MongoRecipientClaims extends RecipientClaims {
  private readonly recipients: Collection<RecipientDocument>;
  private readonly writes = new Gathered<WantedRecipient, boolean>((wanted) => this.write(wanted));

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
      if (await this.writes.of({ claim, hash })) return { firstTouch: true };
      const result = await this.look(claim, hash);
      if (result) return result;
    }
    return 'contended';
  }

  /** @returns whether all records of each are its own, and the line never wrote to the recipient */
  private async write(wanted: readonly WantedRecipient[]): Promise<(boolean | Promise<boolean>)[]> {
    const groups = wanted.map(recordsOf);
    const writes = groups.flatMap(({ own, looks }, index) => [...own, ...looks].map((updateOne) => ({ index, updateOne })));
    const updates = writes.map(({ updateOne }) => ({ updateOne }));
    const options = wanted.length === 1 ? { ordered: false } : TOGETHER;
    const done = await this.recipients.bulkWrite(updates, options).then(
      ({ matchedCount, upsertedCount }) => ({ held: matchedCount + upsertedCount, refused: [] as number[] }),
      (error: unknown) => refusedIn(error),
    );
    if (!done) return this.oneByOne(wanted);
    const { held, refused } = done;
    const inVain = new Set(refused.map((at) => writes[at]!.index));
    const asked = groups.reduce((sum, { own }) => sum + own.length, 0);
    // An update that changes nothing has found the record of somebody who was erased. Whose, it does not say.
    if (held > asked - refused.length) return wanted.length === 1 ? [false] : this.oneByOne(wanted);
    return wanted.map((_, index) => !inVain.has(index));
  }

  /** What is written already is the message's own. */
  private oneByOne(wanted: readonly WantedRecipient[]): Promise<boolean>[] {
    return wanted.map(async (one) => (await this.write([one]))[0]!);
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

  async commit(claims: readonly RecipientClaim[], transaction: Transaction): Promise<void> {
    const writes = claims.map((claim) => {
      const filter = { _id: { $in: idsOf(claim) }, messageId: claim.message.id, kept: false };
      return { updateMany: { filter, update: { $set: { kept: true } } } };
    });
    await this.recipients.bulkWrite(writes, within(transaction));
  }

  async release(claim: RecipientClaim, transaction?: Transaction): Promise<void> {
    const mine = { messageId: claim.message.id, token: claim.token, kept: false };
    await this.recipients.deleteMany({ _id: { $in: idsOf(claim) }, ...mine }, within(transaction));
  }

  async free(claim: RecipientClaim, others: readonly Message[], transaction: Transaction): Promise<void> {
    const { lineId, address, message } = claim;
    const contacts = recipientKeys(address, message.leadId).map((key) => {
      const filter = { _id: `${lineId}:${key}`, messageId: message.id };
      const heir = others.find(({ leadId }) => key === address || leadId === message.leadId);
      return heir ? { updateOne: { filter, update: { $set: { messageId: heir.id } } } } : { deleteOne: { filter } };
    });
    const claims = { deleteMany: { filter: { _id: { $in: claimIds(claim) }, messageId: message.id } } };
    await this.recipients.bulkWrite([claims, ...contacts], within(transaction));
  }

  async releaseAll(messageId: string, token: string): Promise<void> {
    await this.recipients.deleteMany({ messageId, token, kept: false });
  }
}

/**
 * The updates that write the records, and those that look for records of somebody who was erased, and change
 * nothing. Erasing writes hashed records before it removes plain ones: if ours could be written because one
 * was removed, its hash is found.
 */
function recordsOf({ claim, hash }: WantedRecipient) {
  const messageId = claim.message.id;
  const claims = claimIds(claim).map((_id) => ({ _id, messageId }));
  const contacts = contactIds(claim).map((_id) => ({ _id, messageId, kept: false }));
  const update = { $set: { token: claim.token }, $setOnInsert: { kept: false } };
  return {
    own: [...claims, ...contacts].map((filter) => ({ filter, update, upsert: true })),
    looks: idsOf(hashed(claim, hash)).map((_id) => ({ filter: { _id }, update: { $setOnInsert: { kept: true } } })),
  };
}

/**
 * The records that are there already for another message, by their place among the writes.
 * @returns `null` where the time was over
 */
function refusedIn(error: unknown): { held: number; refused: number[] } | null {
  if (!isDuplicateKey(error) || !(error instanceof MongoBulkWriteError)) {
    unlessTimeIsOver(error);
    return null;
  }
  const errors = [error.writeErrors].flat();
  if (errors.some(({ code }) => code !== error.code)) throw error;
  return { held: error.matchedCount + error.upsertedCount, refused: errors.map(({ index }) => index) };
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
