import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

export interface ReplyDocument {
  _id: ObjectId;
  workspaceId: string;
  lineId: ObjectId;
  channel: string;
  address: string;
  text: string;
  externalId: string;
  leadIds: ObjectId[];
  receivedAt: Date;
}

export const ReplySchema = new Schema<ReplyDocument>(
  {
    workspaceId: { type: String, required: true },
    lineId: Schema.Types.ObjectId,
    channel: String,
    address: String,
    text: String,
    externalId: String,
    leadIds: [Schema.Types.ObjectId],
    receivedAt: Date,
  },
  { collection: 'replies', versionKey: false },
);
// a callback that comes twice is one reply
ReplySchema.index({ workspaceId: 1, lineId: 1, externalId: 1 }, { unique: true });
// Replies.list
ReplySchema.index({ workspaceId: 1, _id: 1 });
ReplySchema.index({ workspaceId: 1, leadIds: 1, _id: 1 });
ReplySchema.index({ workspaceId: 1, address: 1, _id: 1 });
