import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

export interface SuppressionDocument {
  _id: ObjectId;
  workspaceId: string;
  /**
   * What it is found by: the identity of an address, or `@` and a domain; of somebody who was erased, the
   * keyed hash of the identity, while `address` and `domain` are both null.
   */
  key: string;
  address: string | null;
  domain: string | null;
  channel: string;
  reason: string;
  source: string;
  text: string | null;
  replyId: ObjectId | null;
  byWord: boolean;
  leadIds: ObjectId[];
  via: ObjectId[];
  isOwn: boolean;
  reviewUntil: Date | null;
  note: string | null;
  createdAt: Date;
  createdBy: string | null;
  updatedAt: Date;
}

const fields = {
  workspaceId: { type: String, required: true },
  key: { type: String, required: true },
  address: String,
  domain: String,
  channel: { type: String, required: true },
  reason: { type: String, required: true },
  source: { type: String, required: true },
  text: String,
  replyId: Schema.Types.ObjectId,
  byWord: Boolean,
  leadIds: [Schema.Types.ObjectId],
  via: [Schema.Types.ObjectId],
  isOwn: Boolean,
  reviewUntil: Date,
  note: String,
  createdAt: Date,
  createdBy: String,
  updatedAt: Date,
};

export const SuppressionSchema = new Schema<SuppressionDocument>(fields, { collection: 'suppressions', versionKey: false });
// Suppressions.among, of every message that is sent; and one for each address, channel and reason
SuppressionSchema.index({ workspaceId: 1, key: 1, channel: 1, reason: 1 }, { unique: true });
// Suppressions.list
SuppressionSchema.index({ workspaceId: 1, _id: 1 });
SuppressionSchema.index({ workspaceId: 1, reason: 1, _id: 1 });
SuppressionSchema.index({ workspaceId: 1, channel: 1, _id: 1 });
SuppressionSchema.index({ workspaceId: 1, source: 1, _id: 1 });
// Suppressions.list with updatedSince
SuppressionSchema.index({ workspaceId: 1, updatedAt: 1, _id: 1 });
// Suppressions.derivedFrom
SuppressionSchema.index({ workspaceId: 1, via: 1 });
// Suppressions.overdueReviews
SuppressionSchema.index({ reviewUntil: 1 }, { partialFilterExpression: { reviewUntil: { $gt: new Date(0) } } });

/** A suppression that was lifted, as it was. Documents are only added. */
export interface LiftedSuppressionDocument extends Omit<SuppressionDocument, '_id'> {
  _id: ObjectId;
  suppressionId: ObjectId;
  liftedAt: Date;
  how: string;
  liftedBy: string | null;
}

export const LiftedSuppressionSchema = new Schema<LiftedSuppressionDocument>(
  { ...fields, suppressionId: Schema.Types.ObjectId, liftedAt: Date, how: String, liftedBy: String },
  { collection: 'liftedSuppressions', versionKey: false },
);
// Suppressions.list with updatedSince: those that were lifted
LiftedSuppressionSchema.index({ workspaceId: 1, liftedAt: 1, _id: 1 });
// what became of an address
LiftedSuppressionSchema.index({ workspaceId: 1, key: 1, _id: 1 });
