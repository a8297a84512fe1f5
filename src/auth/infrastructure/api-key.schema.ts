import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { Scope } from '../domain/scopes';

export interface ApiKeyDocument {
  _id: ObjectId;
  workspaceId: string;
  name: string;
  fingerprint: string;
  ending: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  /** Absent from keys that were made before there were scopes. */
  scopes?: Scope[];
  expiresAt?: Date | null;
  allowedIps?: string[];
  rateLimitPerMinute?: number | null;
  /** The secret before the present one. */
  previous?: { fingerprint: string; until: Date };
}

export const ApiKeySchema = new Schema<ApiKeyDocument>(
  {
    workspaceId: { type: String, required: true },
    name: { type: String, required: true },
    fingerprint: { type: String, required: true },
    ending: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
    scopes: { type: [String], default: undefined },
    expiresAt: { type: Date },
    allowedIps: { type: [String], default: undefined },
    rateLimitPerMinute: { type: Number },
    previous: { type: { _id: false, fingerprint: String, until: Date }, default: undefined },
  },
  { collection: 'apiKeys', versionKey: false },
);

// ApiKeys.findByFingerprint: every request with a key.
ApiKeySchema.index({ fingerprint: 1 }, { unique: true });
ApiKeySchema.index({ 'previous.fingerprint': 1 }, { partialFilterExpression: { 'previous.fingerprint': { $gt: '' } } });
// ApiKeys.list
ApiKeySchema.index({ workspaceId: 1, createdAt: 1 });
