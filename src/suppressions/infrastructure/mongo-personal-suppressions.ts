import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { identityOf } from '#libs/contact-methods';
import type { Person, PersonalDataOf } from '../../leads';
import { ChangeTimes } from '../../platform/changes';
import { Ids, workspaceId as asWorkspace } from '../../platform/ids';
import { KeyedHashes } from '../../platform/keyed-hashes';
import {
  collectionOf,
  hex,
  isDuplicateKey,
  objectId,
  retryOnConflict,
  type Transaction,
  Transactions,
  within,
} from '../../platform/mongo';
import { SuppressionWritten } from '../domain/suppressions.errors';
import type { LiftedSuppressionDocument, SuppressionDocument } from './suppression.schema';

type Row = Omit<SuppressionDocument, '_id'>;

/** What says anything about the person beside that they must not be written to. */
const BLANK = { text: null, note: null, replyId: null, leadIds: [] };

/**
 * Suppressions outlive the person: under the keyed hash of the address they hold for whoever comes again with
 * it, and nothing else of them is left. One under review becomes the opt-out that it would become without a
 * decision, since what was to be decided on is gone.
 */
@Injectable()
export class MongoPersonalSuppressions implements PersonalDataOf {
  readonly collections = ['suppressions', 'liftedSuppressions'];
  private readonly suppressions: Collection<SuppressionDocument>;
  private readonly lifted: Collection<LiftedSuppressionDocument>;

  readonly sections = {
    suppressions: (person: Person) => this.shown(this.suppressions, person),
    liftedSuppressions: (person: Person) => this.shown(this.lifted, person),
  };

  constructor(
    @InjectModel('Suppression') model: Model<SuppressionDocument>,
    @InjectModel('LiftedSuppression') lifted: Model<LiftedSuppressionDocument>,
    private readonly keyedHashes: KeyedHashes,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly changeTimes: ChangeTimes,
  ) {
    this.suppressions = collectionOf(model);
    this.lifted = collectionOf(lifted);
  }

  async keepGuards(person: Person): Promise<void> {
    const own = new Set(person.own.map(identityOf));
    for (const key of new Set(person.addresses.map(identityOf))) {
      await retryOnConflict(this.transactions, (transaction) =>
        this.keepGuard(person, { key, isOwn: own.has(key) }, transaction),
      );
    }
  }

  async erase(person: Person): Promise<void> {
    const { workspaceId, leadId } = person;
    const hash = await this.keyedHashes.of(workspaceId);
    for (const key of new Set(person.own.map(identityOf))) {
      await this.lifted.updateMany({ workspaceId, key }, { $set: { ...BLANK, key: hash(key), address: null } });
    }
    const updatedAt = await this.changeTimes.now(workspaceId);
    const shared = { workspaceId, key: { $in: person.addresses.map(identityOf) }, leadIds: objectId(leadId) };
    for (const collection of [this.suppressions, this.lifted] as Collection<SuppressionDocument>[]) {
      await collection.updateMany(shared, { $set: { text: null, note: null, replyId: null, updatedAt } });
      await collection.updateMany(shared, { $pull: { leadIds: objectId(leadId) } });
    }
  }

  private async keepGuard(
    { workspaceId }: Person,
    { key, isOwn }: { key: string; isOwn: boolean },
    transaction: Transaction,
  ): Promise<void> {
    const hashed = (await this.keyedHashes.of(workspaceId))(key);
    const rows = await this.suppressions.find({ workspaceId, key }, within(transaction)).toArray();
    for (const row of rows) {
      if (isOwn) await this.become(row, hashed, transaction);
      else await this.copy(row, hashed, transaction);
    }
  }

  /** In one write, so that a reader finds either the address or its hash. */
  private async become({ _id, ...row }: SuppressionDocument, hashed: string, transaction: Transaction): Promise<void> {
    const updatedAt = await this.changeTimes.now(asWorkspace(row.workspaceId), transaction);
    const guard: Row = { ...row, ...BLANK, ...decided(row), key: hashed, address: null, updatedAt };
    const known = await this.same(guard, transaction);
    if (!known) {
      await this.suppressions.updateOne({ _id }, { $set: guard }, within(transaction)).catch(asWritten);
      return;
    }
    // The person was erased before, and came again. What was derived from either is derived from the one that
    // stays.
    const merged = { $set: { isOwn: known.isOwn || row.isOwn, updatedAt }, $addToSet: { via: { $each: row.via } } };
    await this.suppressions.updateOne({ _id: known._id }, merged, within(transaction));
    const derived = { workspaceId: row.workspaceId, via: _id };
    await this.suppressions.updateMany(derived, { $addToSet: { via: known._id }, $set: { updatedAt } }, within(transaction));
    await this.suppressions.updateMany(derived, { $pull: { via: _id } }, within(transaction));
    await this.suppressions.deleteOne({ _id }, within(transaction));
    // Readers of changes are told that the row is gone.
    const record = { ...guard, suppressionId: _id, liftedAt: updatedAt, how: 'merged', liftedBy: null };
    await this.lifted.insertOne({ _id: objectId(this.ids.next()), ...record }, within(transaction));
  }

  /** Another lead still holds the address: the row stays for them, and the hash is lifted with it. */
  private async copy({ _id, ...row }: SuppressionDocument, hashed: string, transaction: Transaction): Promise<void> {
    const via = row.isOwn ? [_id] : row.via;
    const updatedAt = await this.changeTimes.now(asWorkspace(row.workspaceId), transaction);
    const guard: Row = { ...row, ...BLANK, key: hashed, address: null, via, isOwn: false, reviewUntil: null, updatedAt };
    const known = await this.same(guard, transaction);
    if (known) {
      await this.suppressions.updateOne(
        { _id: known._id },
        { $addToSet: { via: { $each: via } }, $set: { updatedAt } },
        within(transaction),
      );
      return;
    }
    await this.suppressions.insertOne({ _id: objectId(this.ids.next()), ...guard }, within(transaction)).catch(asWritten);
  }

  private same({ workspaceId, key, channel, reason }: Row, transaction: Transaction): Promise<SuppressionDocument | null> {
    return this.suppressions.findOne({ workspaceId, key, channel, reason }, within(transaction));
  }

  private async *shown(
    collection: Collection<SuppressionDocument> | Collection<LiftedSuppressionDocument>,
    { workspaceId, addresses }: Person,
  ): AsyncGenerator<object> {
    const query = { workspaceId, key: { $in: addresses.map(identityOf) } };
    for await (const row of (collection as Collection<LiftedSuppressionDocument>).find(query)) {
      const { _id, address, channel, reason, source, text, note, createdAt, liftedAt } = row;
      yield { _id: hex(_id), address, channel, reason, source, text, note, createdAt, ...(liftedAt && { liftedAt }) };
    }
  }
}

const decided = ({ reason }: Row): Partial<Row> =>
  reason === 'review' ? { reason: 'opted_out', source: 'review', reviewUntil: null } : {};

function asWritten(error: unknown): never {
  throw isDuplicateKey(error) ? new SuppressionWritten() : error;
}
