import { Schema } from 'mongoose';

/** `_id` is `lineId:address`. */
export interface ConversationDocument {
  _id: string;
  conversation: string;
  usedAt: Date;
}

/** A conversation that was not used for so long, in seconds, is looked up anew. */
const FORGET_AFTER_SECONDS = 180 * 86_400;

export const ConversationSchema = new Schema<ConversationDocument>(
  { _id: { type: String, required: true }, conversation: String, usedAt: Date },
  { collection: 'conversations', versionKey: false },
);
ConversationSchema.index({ usedAt: 1 }, { expireAfterSeconds: FORGET_AFTER_SECONDS });
