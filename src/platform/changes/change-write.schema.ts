import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

/**
 * A transaction that is slow to commit: its changes will be older than others that readers see before them.
 */
export interface ChangeWriteDocument {
  _id: ObjectId;
  workspaceId: string;
  startedAt: Date;
}

export const ChangeWriteSchema = new Schema<ChangeWriteDocument>(
  { workspaceId: { type: String, required: true }, startedAt: { type: Date, required: true } },
  { collection: 'changeWrites', versionKey: false },
);
// ChangeTimes.settled
ChangeWriteSchema.index({ workspaceId: 1, startedAt: 1 });
// Of processes that died.
ChangeWriteSchema.index({ startedAt: 1 }, { expireAfterSeconds: 600 });
