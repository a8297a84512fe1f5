import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';
import { collectionOf, hex, objectId, objectIds, pageById, type Transaction, within } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { Replies, type Reply, type ReplyFilter } from '../domain/reply';
import type { ReplyDocument } from './reply.schema';

@Injectable()
export class MongoReplies extends Replies {
  private readonly replies: Collection<ReplyDocument>;

  constructor(@InjectModel('Reply') model: Model<ReplyDocument>) {
    super();
    this.replies = collectionOf(model);
  }

  async insert({ id, lineId, leadIds, ...reply }: Reply, transaction: Transaction): Promise<boolean> {
    const key = keyOf(reply.channel, reply.externalId);
    const known = { workspaceId: reply.workspaceId, key };
    if (await this.replies.findOne(known, { projection: { _id: 1 }, ...within(transaction) })) return false;
    const document = { _id: objectId(id), ...reply, key, lineId: objectId(lineId), leadIds: objectIds(leadIds) };
    await this.replies.insertOne(document, within(transaction));
    return true;
  }

  async known(workspaceId: WorkspaceId, channel: string, externalIds: readonly string[]): Promise<Set<string>> {
    const keys = externalIds.map((id) => keyOf(channel, id));
    const query = { workspaceId, key: { $in: keys, $gt: '' } } as Filter<ReplyDocument>;
    const found = await this.replies.find(query, { projection: { externalId: 1 } }).toArray();
    return new Set(found.map(({ externalId }) => externalId));
  }

  async find(workspaceId: WorkspaceId, id: string): Promise<Reply | null> {
    const found = await this.replies.findOne({ _id: objectId(id), workspaceId });
    return found && toReply(found);
  }

  async list(workspaceId: WorkspaceId, { leadIds, address }: ReplyFilter, pageRequest: PageRequest): Promise<Page<Reply>> {
    const query = {
      workspaceId,
      ...(leadIds && { leadIds: { $in: objectIds(leadIds) } }),
      ...(address && { address }),
    } as Filter<ReplyDocument>;
    return pageById({ collection: this.replies, filter: query, order: 'newest-first', toItem: toReply }, pageRequest);
  }
}

const keyOf = (channel: string, externalId: string): string => `${channel}:${externalId}`;

function toReply({ _id, key: _, workspaceId, lineId, leadIds, ...document }: ReplyDocument): Reply {
  return { id: hex(_id), ...document, workspaceId: asWorkspace(workspaceId), lineId: hex(lineId), leadIds: leadIds.map(hex) };
}
