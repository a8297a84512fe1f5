import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { ChangeTimes } from '../../platform/changes';
import { type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';
import {
  collectionOf,
  hex,
  objectId,
  objectIds,
  optionalHex,
  optionalObjectId,
  pageById,
  type Transaction,
  within,
} from '../../platform/mongo';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import { Replies, type Reply, type ReplyFilter } from '../domain/reply';
import { placeInInbox } from './inbox-places';
import type { ReplyDocument } from './reply.schema';

@Injectable()
export class MongoReplies extends Replies {
  private readonly replies: Collection<ReplyDocument>;

  constructor(
    @InjectModel('Reply') model: Model<ReplyDocument>,
    private readonly changeTimes: ChangeTimes,
  ) {
    super();
    this.replies = collectionOf(model);
  }

  async insert(given: Reply, transaction: Transaction): Promise<boolean> {
    const { id, lineId, leadIds, personId, answeredId, campaignId, files, ...reply } = given;
    const key = keyOf(reply.channel, reply.externalId);
    const known = { workspaceId: reply.workspaceId, key };
    if (await this.replies.findOne(known, { projection: { _id: 1 }, ...within(transaction) })) return false;
    const ids = {
      lineId: objectId(lineId),
      leadIds: objectIds(leadIds),
      personId: optionalObjectId(personId),
      answeredId: optionalObjectId(answeredId),
      campaignId: optionalObjectId(campaignId),
    };
    const updatedAt = await this.changeTimes.now(reply.workspaceId, transaction);
    // Whoever is told of the reply in this transaction is told of its time.
    given.updatedAt = updatedAt;
    const placed = await placeInInbox(this.replies, given, transaction);
    const document = { _id: objectId(id), ...reply, key, ...ids, ...placed, ...filesIn(files, updatedAt), updatedAt };
    await this.replies.insertOne(document, within(transaction));
    return true;
  }

  async known(workspaceId: WorkspaceId, channel: string, externalIds: readonly string[]): Promise<Set<string>> {
    const keys = externalIds.map((id) => keyOf(channel, id));
    const query = { workspaceId, key: { $in: keys, $gt: '' } } as Filter<ReplyDocument>;
    const found = await this.replies.find(query, { projection: { externalId: 1 } }).toArray();
    return new Set(found.map(({ externalId }) => externalId));
  }

  async hasComeSince(workspaceId: WorkspaceId, addresses: readonly string[], since: Date): Promise<boolean> {
    const query = { workspaceId, address: { $in: [...addresses] }, receivedAt: { $gte: since } } as Filter<ReplyDocument>;
    return (await this.replies.findOne(query, { projection: { _id: 1 }, sort: { _id: -1 } })) !== null;
  }

  async hasLaterWord(
    workspaceId: WorkspaceId,
    addresses: readonly string[],
    after: Date,
    transaction: Transaction,
  ): Promise<boolean> {
    const query = {
      workspaceId,
      address: { $in: [...addresses] },
      kind: { $in: ['opt_out', 'opt_in'] },
      receivedAt: { $gt: after },
    } as Filter<ReplyDocument>;
    return (await this.replies.findOne(query, { projection: { _id: 1 }, ...within(transaction) })) !== null;
  }

  async takeUpReview(workspaceId: WorkspaceId, addresses: readonly string[], transaction: Transaction): Promise<Reply | null> {
    const query = { workspaceId, address: { $in: [...addresses] }, kind: 'review', reviewedAs: null } as Filter<ReplyDocument>;
    const update = { $inc: { takenUp: 1 } };
    const found = await this.replies.findOneAndUpdate(query, update, { sort: { _id: -1 }, ...within(transaction) });
    return found && toReply(found);
  }

  async decide({ id, workspaceId }: Reply, as: 'opt_out' | 'reply', transaction: Transaction): Promise<boolean> {
    const open = { _id: objectId(id), workspaceId, kind: 'review', reviewedAs: null } as Filter<ReplyDocument>;
    const updatedAt = await this.changeTimes.now(workspaceId, transaction);
    const { modifiedCount } = await this.replies.updateOne(open, { $set: { reviewedAs: as, updatedAt } }, within(transaction));
    return modifiedCount > 0;
  }

  async find(workspaceId: WorkspaceId, id: string): Promise<Reply | null> {
    const found = await this.replies.findOne({ _id: objectId(id), workspaceId });
    return found && toReply(found);
  }

  async upTo({ id, workspaceId, address }: Reply, limit: number): Promise<Reply[]> {
    const query = { workspaceId, address, _id: { $lte: objectId(id) } };
    return (await this.replies.find(query, { sort: { _id: -1 }, limit }).toArray()).map(toReply);
  }

  async ofPerson(
    workspaceId: WorkspaceId,
    { leadIds, addresses }: { leadIds: readonly string[]; addresses: readonly string[] },
    until: Date,
    limit: number,
  ): Promise<Reply[]> {
    const receivedAt = { $lte: until };
    const queries = [
      { workspaceId, leadIds: { $in: objectIds(leadIds) }, receivedAt },
      { workspaceId, address: { $in: [...addresses] }, receivedAt },
    ] as Filter<ReplyDocument>[];
    const found = await Promise.all(
      queries.map((query) => this.replies.find(query, { sort: { receivedAt: -1, _id: -1 }, limit }).toArray()),
    );
    const all = new Map(found.flat().map((document) => [hex(document._id), document]));
    const latestFirst = [...all.values()].sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime());
    return latestFirst.slice(0, limit).map(toReply);
  }

  async list(workspaceId: WorkspaceId, filter: ReplyFilter, pageRequest: PageRequest): Promise<PageOfChanges<Reply>> {
    const { leadIds, address, campaignId, lineId, messageId, kind, needsReview, updatedSince } = filter;
    const query = {
      workspaceId,
      ...(leadIds && { leadIds: { $in: objectIds(leadIds) } }),
      ...(address && { address }),
      ...(campaignId && { campaignId: objectId(campaignId) }),
      ...(lineId && { lineId: objectId(lineId) }),
      ...(messageId && { answeredId: objectId(messageId) }),
      ...(kind && { kind: kind === 'reply' ? { $in: ['reply', null] } : kind }),
      ...(needsReview && { kind: 'review', reviewedAs: null }),
      ...(updatedSince && { updatedAt: { $gte: updatedSince } }),
    } as Filter<ReplyDocument>;
    const { replies: collection } = this;
    if (updatedSince && 'cursor' in pageRequest) {
      const source = { collection, owner: { workspaceId }, query, field: 'updatedAt', toItem: toReply } as const;
      return this.changeTimes.page(workspaceId, { source, deleted: null }, pageRequest);
    }
    return pageById({ collection, filter: query, order: 'newest-first', toItem: toReply }, pageRequest);
  }
}

const keyOf = (channel: string, externalId: string): string => `${channel}:${externalId}`;

/** They are fetched behind it. */
const filesIn = (files: Reply['files'], now: Date): Pick<ReplyDocument, 'files' | 'filesDueAt'> =>
  files.length === 0
    ? {}
    : {
        files: files.map((file) => ({ ...file, id: objectId(file.id) })),
        ...(files.some(({ status }) => status === 'waiting') && { filesDueAt: now }),
      };

export function toReply({
  _id,
  key: _,
  takenUp: __,
  conversation: ___,
  inbox: ____,
  filesDueAt: _____,
  filesTries: ______,
  files,
  workspaceId,
  lineId,
  leadIds,
  personId,
  answeredId,
  campaignId,
  ...document
}: ReplyDocument): Reply {
  return {
    id: hex(_id),
    ...document,
    workspaceId: asWorkspace(workspaceId),
    lineId: hex(lineId),
    leadIds: leadIds.map(hex),
    kind: document.kind ?? 'reply',
    files: (files ?? []).map((file) => ({ ...file, id: hex(file.id) })),
    personId: optionalHex(personId),
    answeredId: optionalHex(answeredId),
    campaignId: optionalHex(campaignId),
    reviewedAs: document.reviewedAs ?? null,
    updatedAt: document.updatedAt ?? document.receivedAt,
  };
}
