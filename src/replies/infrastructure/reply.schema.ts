import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { ReplyKind } from '../domain/reply';
import type { ReplyFile } from '../domain/reply-file';

/** Of the last reply of a person alone: how their conversation stands. */
export interface InboxPlace {
  /** Digests of whom it is known by (domain/conversation). */
  of: string[];
  isLast: true;
  unread: number;
  isUnread: boolean;
  assignedTo: string | null;
}

interface ReplyFileFields extends Omit<ReplyFile, 'id'> {
  id: ObjectId;
}

export interface ReplyDocument {
  _id: ObjectId;
  workspaceId: string;
  lineId: ObjectId;
  channel: string;
  address: string;
  text: string;
  externalId: string;
  /** `channel:externalId`. Of replies that came twice before it was kept, the first has it. */
  key?: string;
  leadIds: ObjectId[];
  /** Replies of earlier versions have none of these. */
  kind?: ReplyKind;
  personId?: ObjectId | null;
  reviewedAs?: 'opt_out' | 'reply' | null;
  answeredId?: ObjectId | null;
  campaignId?: ObjectId | null;
  /** How often it was taken up in place of another reply under review. Absent: never. */
  takenUp?: number;
  /** The person's first reply. Replies that earlier versions take in beside this one have none. */
  conversation?: ObjectId;
  inbox?: InboxPlace;
  /** Absent: there are none. */
  files?: ReplyFileFields[];
  /** While files wait: when they are asked for, and how often they were. */
  filesDueAt?: Date;
  filesTries?: number;
  receivedAt: Date;
  updatedAt: Date;
}

export const ReplySchema = new Schema<ReplyDocument>(
  {
    workspaceId: { type: String, required: true },
    lineId: Schema.Types.ObjectId,
    channel: String,
    address: String,
    text: String,
    externalId: String,
    key: String,
    leadIds: [Schema.Types.ObjectId],
    kind: String,
    personId: Schema.Types.ObjectId,
    reviewedAs: String,
    answeredId: Schema.Types.ObjectId,
    campaignId: Schema.Types.ObjectId,
    takenUp: Number,
    conversation: Schema.Types.ObjectId,
    inbox: Schema.Types.Mixed,
    files: [Schema.Types.Mixed],
    filesDueAt: Date,
    filesTries: Number,
    receivedAt: Date,
    updatedAt: Date,
  },
  { collection: 'replies', versionKey: false },
);
// what is told twice, or to several lines, is one reply
ReplySchema.index({ workspaceId: 1, key: 1 }, { unique: true, partialFilterExpression: { key: { $gt: '' } } });
// Replies.list
ReplySchema.index({ workspaceId: 1, _id: 1 });
ReplySchema.index({ workspaceId: 1, leadIds: 1, _id: 1 });
ReplySchema.index({ workspaceId: 1, campaignId: 1, _id: 1 });
ReplySchema.index({ workspaceId: 1, answeredId: 1, _id: 1 });
ReplySchema.index({ workspaceId: 1, lineId: 1, _id: 1 });
// Replies.list with updatedSince
ReplySchema.index({ workspaceId: 1, updatedAt: 1, _id: 1 });
// Replies.list, upTo
ReplySchema.index({ workspaceId: 1, address: 1, _id: 1 });
ReplySchema.index({ workspaceId: 1, kind: 1, _id: 1 }, { partialFilterExpression: { kind: { $gt: '' } } });
// a person has one conversation
ReplySchema.index({ workspaceId: 1, 'inbox.of': 1 }, { unique: true, partialFilterExpression: { 'inbox.of': { $gt: '' } } });
// InboxConversations.list, in all, unread, and by whom they are assigned to
const latest = { partialFilterExpression: { 'inbox.isLast': true } };
ReplySchema.index({ workspaceId: 1, 'inbox.isLast': 1, _id: 1 }, latest);
ReplySchema.index({ workspaceId: 1, 'inbox.isUnread': 1, _id: 1 }, latest);
ReplySchema.index({ workspaceId: 1, 'inbox.assignedTo': 1, _id: 1 }, latest);
// InboxConversations.find, underReview
ReplySchema.index({ workspaceId: 1, conversation: 1, _id: 1 });
// ReplyFiles.claim, nextAt
ReplySchema.index({ filesDueAt: 1 }, { partialFilterExpression: { filesDueAt: { $gt: new Date(0) } } });
