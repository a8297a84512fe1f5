import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

export interface ApiKeyDocument {
  _id: ObjectId;
  workspaceId: string;
  name: string;
  fingerprint: string;
  ending: string;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export const ApiKeySchema = new Schema<ApiKeyDocument>(
  {
    workspaceId: { type: String, required: true },
    name: { type: String, required: true },
    fingerprint: { type: String, required: true },
    ending: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
  },
  { collection: 'apiKeys', versionKey: false },
);

// ApiKeys.findByFingerprint: every request with a key.
ApiKeySchema.index({ fingerprint: 1 }, { unique: true });
// ApiKeys.list
ApiKeySchema.index({ workspaceId: 1, createdAt: 1 });
