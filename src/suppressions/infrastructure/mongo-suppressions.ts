import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { identityOf } from '#libs/contact-methods';
import { ChangeTimes } from '../../platform/changes';
import { Ids, type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';
import { KeyedHashes } from '../../platform/keyed-hashes';
import {
  collectionOf,
  earliest,
  Gathered,
  hex,
  isDuplicateKey,
  objectId,
  objectIds,
  optionalHex,
  optionalObjectId,
  pageById,
  SharedReads,
  type Transaction,
  within,
} from '../../platform/mongo';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import { domainKey, keyOf, type Suppression, uniqueOf } from '../domain/suppression';
import { SuppressionWritten } from '../domain/suppressions.errors';
import { type LiftedSuppression, type Lifting, type SuppressionFilter, Suppressions } from '../domain/suppressions.repository';
import type { LiftedSuppressionDocument, SuppressionDocument } from './suppression.schema';

type Query = Filter<SuppressionDocument>;

/** The keys under which suppressions are looked for. */
interface WantedKeys {
  workspaceId: WorkspaceId;
  keys: ReadonlySet<string>;
}

/** Who asks for more at once asks alone: nobody waits behind it. */
const MOST_KEYS_TOGETHER = 100;

@Injectable()
export class MongoSuppressions extends Suppressions {
  private readonly suppressions: Collection<SuppressionDocument>;
  private readonly sharedReads: SharedReads;
  private readonly lifted: Collection<LiftedSuppressionDocument>;
  private readonly gathered = new Gathered<WantedKeys, SuppressionDocument[]>((questions) => this.together(questions));

  constructor(
    @InjectModel('Suppression') model: Model<SuppressionDocument>,
    @InjectModel('LiftedSuppression') lifted: Model<LiftedSuppressionDocument>,
    private readonly keyedHashes: KeyedHashes,
    private readonly ids: Ids,
    private readonly changeTimes: ChangeTimes,
  ) {
    super();
    this.suppressions = collectionOf(model);
    this.sharedReads = SharedReads.of(model);
    this.lifted = collectionOf(lifted);
  }

  async find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Suppression | null> {
    const found = await this.suppressions.findOne({ _id: objectId(id), workspaceId }, within(transaction));
    return found && toSuppression(found);
  }

  async list(
    workspaceId: WorkspaceId,
    filter: SuppressionFilter,
    pageRequest: PageRequest,
  ): Promise<PageOfChanges<Suppression, LiftedSuppression>> {
    const { address, domain, channel, reason, source, createdSince, updatedSince } = filter;
    const identity = address && identityOf(address);
    const ofAddress = identity ? [identity, (await this.keyedHashes.of(workspaceId))(identity)] : [];
    const keys = [...ofAddress, ...(domain ? [domainKey(domain)] : [])];
    const wanted = {
      workspaceId,
      ...(keys.length > 0 && { key: { $in: keys } }),
      ...(channel && { channel }),
      ...(reason && { reason }),
      ...(source && { source }),
      ...(createdSince && { createdAt: { $gte: createdSince } }),
    };
    const query = {
      ...wanted,
      ...(createdSince && { _id: { $gte: idSince(createdSince) } }),
      ...(updatedSince && { updatedAt: { $gte: updatedSince } }),
    } as Query;
    const { suppressions: collection } = this;
    const toItem = (one: SuppressionDocument) => toSuppression(one);
    if (!updatedSince || !('cursor' in pageRequest)) {
      return pageById({ collection, filter: query, order: 'newest-first', toItem }, pageRequest);
    }
    const changed = { collection, owner: { workspaceId }, query, field: 'updatedAt', toItem } as const;
    const ended = { ...wanted, liftedAt: { $gte: updatedSince } } as Filter<LiftedSuppressionDocument>;
    const lifted = { collection: this.lifted, query: ended, field: 'liftedAt', toItem: toLifted } as const;
    return this.changeTimes.page(workspaceId, { source: changed, deleted: filter.lifted ? lifted : null }, pageRequest);
  }

  async between(
    workspaceId: WorkspaceId,
    { after, upTo }: { after: string | null; upTo: string },
    limit: number,
    transaction: Transaction,
  ): Promise<Suppression[]> {
    const query = { workspaceId, _id: { $lte: objectId(upTo), ...(after && { $gt: objectId(after) }) } } as Query;
    return (await this.suppressions.find(query, { sort: { _id: 1 }, limit, ...within(transaction) }).toArray()).map((one) =>
      toSuppression(one),
    );
  }

  async among(workspaceId: WorkspaceId, addresses: readonly string[], transaction?: Transaction): Promise<Suppression[]> {
    const keys = new Set(addresses.flatMap(keysOf));
    if (keys.size === 0) return [];
    const hash = await this.keyedHashes.of(workspaceId);
    const byHash = new Map(addresses.map(identityOf).map((identity) => [hash(identity), identity]));
    const wanted = { workspaceId, keys: new Set([...keys, ...byHash.keys()]) };
    const isAlone = transaction !== undefined || wanted.keys.size > MOST_KEYS_TOGETHER;
    const found = await (isAlone ? this.withKeys(wanted, transaction) : this.gathered.of(wanted));
    return found.map((document) => toSuppression(document, byHash.get(document.key)));
  }

  private withKeys({ workspaceId, keys }: WantedKeys, transaction?: Transaction): Promise<SuppressionDocument[]> {
    return this.suppressions.find({ workspaceId, key: { $in: [...keys] } } as Query, within(transaction)).toArray();
  }

  /** Of each workspace, what any of the questions is about is read by one command. */
  private async together(questions: readonly WantedKeys[]): Promise<SuppressionDocument[][]> {
    const byWorkspace = new Map<WorkspaceId, Set<string>>();
    for (const { workspaceId, keys } of questions) {
      byWorkspace.set(workspaceId, new Set([...(byWorkspace.get(workspaceId) ?? []), ...keys]));
    }
    const each = [...byWorkspace].map(async ([workspaceId, keys]) => {
      const filter = { workspaceId, key: { $in: [...keys] } } as Query;
      return [workspaceId, await this.sharedReads.find(this.suppressions, filter)] as const;
    });
    const found = new Map(await Promise.all(each));
    return questions.map(({ workspaceId, keys }) => found.get(workspaceId)!.filter(({ key }) => keys.has(key)));
  }

  async add(suppressions: readonly Suppression[], transaction: Transaction): Promise<string[]> {
    if (suppressions.length === 0) return [];
    const updatedAt = await this.changeTimes.now(suppressions[0]!.workspaceId, transaction);
    // Whoever is told of them in this transaction is told of their time.
    for (const one of suppressions) one.updatedAt = updatedAt;
    const documents = suppressions.map(toDocument);
    const known = await this.kept(documents, transaction);
    const fresh = [...new Map(documents.map((one) => [uniqueOf(one), one])).values()];
    const inserts = fresh.filter((document) => !known.has(uniqueOf(document)));
    const own = documents.filter((one) => one.isOwn && known.get(uniqueOf(one))?.isOwn === false);
    const derived = documents.filter((one) => one.via.length > 0 && known.has(uniqueOf(one)));
    const writes = [
      ...inserts.map((document) => ({ insertOne: { document } })),
      ...own.map(({ _id: _, via: __, createdAt: ___, ...fields }) => ({
        updateOne: { filter: { _id: known.get(uniqueOf(fields))!._id }, update: { $set: fields } },
      })),
      ...derived.map((one) => ({
        updateOne: {
          filter: { _id: known.get(uniqueOf(one))!._id },
          update: { $addToSet: { via: { $each: one.via } }, $set: { updatedAt } },
        },
      })),
    ];
    if (writes.length > 0) await this.suppressions.bulkWrite(writes, { ordered: true, ...within(transaction) }).catch(asWritten);
    return [...inserts.map(({ _id }) => hex(_id)), ...own.map((one) => hex(known.get(uniqueOf(one))!._id))];
  }

  async same(suppression: Suppression, transaction: Transaction): Promise<Suppression | null> {
    const document = toDocument(suppression);
    const found = (await this.kept([document], transaction)).get(uniqueOf(document));
    return found ? toSuppression(found) : null;
  }

  async derivedFrom(workspaceId: WorkspaceId, ids: readonly string[], transaction: Transaction): Promise<Suppression[]> {
    const query = { workspaceId, via: { $in: objectIds(ids) } } as Query;
    return (await this.suppressions.find(query, within(transaction)).toArray()).map((one) => toSuppression(one));
  }

  async goOn(
    reviews: readonly Suppression[],
    { text, replyId, leadIds, reviewUntil }: Pick<Suppression, 'text' | 'replyId' | 'leadIds' | 'reviewUntil'>,
    transaction: Transaction,
  ): Promise<void> {
    const [first] = reviews;
    if (!first) return;
    const ids = objectIds(reviews.map(({ id }) => id));
    const updatedAt = await this.changeTimes.now(first.workspaceId, transaction);
    const about = { text, replyId: optionalObjectId(replyId), leadIds: objectIds(leadIds), reviewUntil, updatedAt };
    await this.suppressions.updateMany({ _id: { $in: ids } }, { $set: about }, within(transaction));
    // What stands for somebody who was erased says nothing of a text, and ends with what it was derived from.
    const { workspaceId } = first;
    const derived = { workspaceId, via: { $in: ids }, reason: 'review', isOwn: false, address: { $ne: null } } as Query;
    await this.suppressions.updateMany(derived, { $set: about }, within(transaction));
  }

  async lift(suppressions: readonly Suppression[], lifting: Lifting, transaction: Transaction): Promise<void> {
    const [first] = suppressions;
    if (!first) return;
    const { workspaceId } = first;
    const ids = suppressions.map(({ id }) => id);
    const origins = objectIds(ids);
    const derived = await this.derivedFrom(workspaceId, ids, transaction);
    const others = derived.filter(({ id }) => !ids.includes(id));
    const over = others.filter(({ isOwn, via }) => !isOwn && via.every((id) => ids.includes(id)));
    const ending = [...suppressions, ...over];
    await this.suppressions.deleteMany({ _id: { $in: objectIds(ending.map(({ id }) => id)) } }, within(transaction));
    const staying = { _id: { $in: objectIds(others.map(({ id }) => id)) } };
    const liftedAt = await this.changeTimes.now(workspaceId, transaction);
    const without = { $pull: { via: { $in: origins } }, $set: { updatedAt: liftedAt } };
    await this.suppressions.updateMany(staying, without as object, within(transaction));
    const { how, by: liftedBy } = lifting;
    const records = ending.map((one) => {
      const { _id: suppressionId, ...fields } = toDocument(one);
      return { _id: objectId(this.ids.next()), suppressionId, ...fields, liftedAt, how, liftedBy };
    });
    await this.lifted.insertMany(records, { ordered: true, ...within(transaction) });
  }

  nextReviewEnd(): Promise<Date | null> {
    return earliest(this.suppressions, 'reviewUntil');
  }

  async overdueReviews(now: Date, limit: number): Promise<Suppression[]> {
    const query = { reviewUntil: { $gt: new Date(0), $lte: now } } as Query;
    return (await this.suppressions.find(query, { limit, sort: { reviewUntil: 1 } }).toArray()).map((one) => toSuppression(one));
  }

  /** Those that are there already, by what is unique. */
  private async kept(
    documents: readonly SuppressionDocument[],
    transaction: Transaction,
  ): Promise<Map<string, SuppressionDocument>> {
    const [{ workspaceId }] = documents as [SuppressionDocument];
    const query = { workspaceId, key: { $in: [...new Set(documents.map(({ key }) => key))] } } as Query;
    const found = await this.suppressions.find(query, within(transaction)).toArray();
    return new Map(found.map((document) => [uniqueOf(document), document]));
  }
}

/** Ids begin with the second in which they were made, by clocks that may differ a little. */
const CLOCKS_DIFFER_SECONDS = 60;
const idSince = (since: Date): ObjectId =>
  ObjectId.createFromTime(Math.max(0, Math.floor(since.getTime() / 1_000) - CLOCKS_DIFFER_SECONDS));

function keysOf(address: string): string[] {
  const at = address.lastIndexOf('@');
  return at < 0 ? [identityOf(address)] : [address, domainKey(address.slice(at + 1))];
}

function asWritten(error: unknown): never {
  throw isDuplicateKey(error) ? new SuppressionWritten() : error;
}

const toLifted = ({ suppressionId, address, domain, channel, liftedAt }: LiftedSuppressionDocument): LiftedSuppression => ({
  id: hex(suppressionId),
  address,
  domain,
  channel: channel as Suppression['channel'],
  liftedAt,
});

function toDocument({ id, erasedKey, replyId, leadIds, via, ...suppression }: Suppression): SuppressionDocument {
  return {
    _id: objectId(id),
    ...suppression,
    address: erasedKey === null ? suppression.address : null,
    key: erasedKey ?? keyOf(suppression),
    replyId: optionalObjectId(replyId),
    leadIds: objectIds(leadIds),
    via: objectIds(via),
  };
}

/** @param asked of somebody who was erased: the address that was asked about, and found */
function toSuppression(
  { _id, key, replyId, leadIds, via, ...document }: SuppressionDocument,
  asked: string | undefined = undefined,
): Suppression {
  const isErased = document.address === null && document.domain === null;
  return {
    id: hex(_id),
    ...(document as Omit<Suppression, 'id' | 'erasedKey' | 'replyId' | 'leadIds' | 'via'>),
    address: document.address ?? asked ?? null,
    erasedKey: isErased ? key : null,
    workspaceId: asWorkspace(document.workspaceId),
    replyId: optionalHex(replyId),
    leadIds: leadIds.map(hex),
    via: via.map(hex),
    updatedAt: document.updatedAt ?? document.createdAt,
  };
}
