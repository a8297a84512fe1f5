import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { ReplyKind } from '../domain/reply';

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
