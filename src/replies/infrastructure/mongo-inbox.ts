import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId, objectIds, pageById } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import {
  type Conversation,
  type ConversationChange,
  type ConversationFilter,
  InboxConversations,
  type InboxWork,
} from '../domain/conversation';
import { toReply } from './mongo-replies';
import type { ReplyDocument } from './reply.schema';

type Query = Filter<ReplyDocument>;

/** Of so many undecided reviews the conversations are shown. */
const MAX_REVIEWS = 1_000;
/** What is the last of its person. */
const LATEST = { 'inbox.isLast': true };

@Injectable()
export class MongoInbox extends InboxConversations {
  private readonly replies: Collection<ReplyDocument>;

  constructor(@InjectModel('Reply') model: Model<ReplyDocument>) {
    super();
    this.replies = collectionOf(model);
  }

  async list(workspaceId: WorkspaceId, filter: ConversationFilter, pageRequest: PageRequest): Promise<Page<Conversation>> {
    const { isUnread, needsReview, assignedTo, leadIds } = filter;
    const query = {
      workspaceId,
      ...LATEST,
      ...(isUnread !== undefined && { 'inbox.isUnread': isUnread }),
      ...(assignedTo !== undefined && { 'inbox.assignedTo': assignedTo }),
      ...(leadIds && { leadIds: { $in: objectIds(leadIds) } }),
      ...(needsReview && { conversation: { $in: await this.withReviews(workspaceId) } }),
    } as Query;
    return pageById({ collection: this.replies, filter: query, order: 'newest-first', toItem: toConversation }, pageRequest);
  }

  async find(workspaceId: WorkspaceId, id: string): Promise<Conversation | null> {
    const found = await this.replies.findOne(latestOf(workspaceId, id));
    return found && toConversation(found);
  }

  async change(
    workspaceId: WorkspaceId,
    id: string,
    { unread, assignedTo }: ConversationChange,
    whileLast?: string,
  ): Promise<Conversation | null> {
    const set = {
      ...(unread !== undefined && { 'inbox.unread': unread, 'inbox.isUnread': unread > 0 }),
      ...(assignedTo !== undefined && { 'inbox.assignedTo': assignedTo }),
    };
    if (Object.keys(set).length === 0) return this.find(workspaceId, id);
    const query = { ...latestOf(workspaceId, id), ...(whileLast !== undefined && { _id: objectId(whileLast) }) } as Query;
    const changed = await this.replies.findOneAndUpdate(query, { $set: set }, { returnDocument: 'after' });
    return changed && toConversation(changed);
  }

  async work(workspaceId: WorkspaceId, atMost: number): Promise<InboxWork> {
    const [unread, toReview] = await Promise.all([
      this.replies.countDocuments({ workspaceId, ...LATEST, 'inbox.isUnread': true }, { limit: atMost }),
      this.replies.countDocuments({ workspaceId, kind: 'review', reviewedAs: null }, { limit: atMost }),
    ]);
    return { unread, toReview, isLowerBound: unread >= atMost || toReview >= atMost };
  }

  async underReview(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Set<string>> {
    const query = { workspaceId, conversation: { $in: objectIds(ids) }, kind: 'review', reviewedAs: null } as Query;
    const found = await this.replies.find(query, { projection: { conversation: 1 } }).toArray();
    return new Set(found.flatMap(({ conversation }) => (conversation ? [hex(conversation)] : [])));
  }

  private async withReviews(workspaceId: WorkspaceId) {
    const query = { workspaceId, kind: 'review', reviewedAs: null } as Query;
    const found = await this.replies
      .find(query, { projection: { conversation: 1 }, sort: { _id: -1 }, limit: MAX_REVIEWS })
      .toArray();
    return found.flatMap(({ conversation }) => conversation ?? []);
  }
}

const latestOf = (workspaceId: WorkspaceId, id: string): Query => ({ workspaceId, conversation: objectId(id), ...LATEST });

function toConversation(document: ReplyDocument): Conversation {
  const last = toReply(document);
  const { unread, assignedTo } = document.inbox!;
  return { id: hex(document.conversation!), workspaceId: last.workspaceId, last, unread, assignedTo };
}
