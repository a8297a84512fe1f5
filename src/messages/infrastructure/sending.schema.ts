import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

/** One line between its sends. */
export interface LineTurnDocument {
  _id: ObjectId;
  workspaceId: string;
  lastEnd: Date;
  lastGapSeconds: number;
  token: string | null;
  turn: { messageId: string; moves: number; group: string; at: Date } | null;
  lookAt: Date;
  turns: number;
  nudges: number;
  served: Record<string, number>;
}

export const LineTurnSchema = new Schema<LineTurnDocument>(
  {
    workspaceId: { type: String, required: true },
    lastEnd: Date,
    lastGapSeconds: Number,
    token: String,
    turn: Schema.Types.Mixed,
    lookAt: Date,
    turns: Number,
    nudges: Number,
    served: Schema.Types.Mixed,
  },
  { collection: 'lineTurns', versionKey: false, minimize: false },
);
// LineTurns.due
LineTurnSchema.index({ lookAt: 1 });
// LineTurns.states
LineTurnSchema.index({ workspaceId: 1 });

/** `_id` is `campaignId:stepId:address` for a claim, `lineId:recipient` for a contact. */
export interface RecipientDocument {
  _id: string;
  messageId: string;
  token: string;
  kept: boolean;
}

export const RecipientSchema = new Schema<RecipientDocument>(
  { _id: { type: String, required: true }, messageId: String, token: String, kept: Boolean },
  { collection: 'recipients', versionKey: false },
);
// Recipients.giveBackAll
RecipientSchema.index({ messageId: 1, kept: 1 });

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
