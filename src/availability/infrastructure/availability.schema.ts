import type { Binary, ObjectId } from 'bson';
import { Schema } from 'mongoose';

/** `_id` is `workspaceId address`. */
export interface KnownAnswerDocument {
  _id: string;
  available: boolean;
  checkedAt: Date;
  expiresAt: Date;
}

export const KnownAnswerSchema = new Schema<KnownAnswerDocument>(
  { _id: { type: String, required: true }, available: Boolean, checkedAt: Date, expiresAt: Date },
  { collection: 'availabilityAnswers', versionKey: false },
);
// Old answers expire.
KnownAnswerSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** One line's checks of a UTC day. `_id` is `lineId:YYYY-MM-DD`. */
export interface CheckUsageDocument {
  _id: string;
  workspaceId: string;
  used: number;
  expiresAt: Date;
}

export const CheckUsageSchema = new Schema<CheckUsageDocument>(
  { _id: { type: String, required: true }, workspaceId: String, used: Number, expiresAt: Date },
  { collection: 'availabilityUsage', versionKey: false },
);
// Old days expire.
CheckUsageSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** A stretch of a batch's leads, in order. */
export interface BatchTargetsDocument {
  _id: ObjectId;
  workspaceId: string;
  batch: string;
  lastId: string;
  /** Their ids, twelve bytes each: a call may bring a hundred thousand, and waits until they are stored. */
  packedIds?: Binary;
  /** As earlier versions wrote them, in hex. */
  leadIds?: string[];
}

export const BatchTargetsSchema = new Schema<BatchTargetsDocument>(
  { workspaceId: String, batch: String, lastId: String, packedIds: Buffer, leadIds: { type: [String], default: undefined } },
  { collection: 'availabilityTargets', versionKey: false },
);
// BatchTargets.next, stretch, workspacesWith
BatchTargetsSchema.index({ batch: 1, workspaceId: 1, lastId: 1 });
