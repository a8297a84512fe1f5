import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

export interface AuditEntryDocument {
  _id: ObjectId;
  workspaceId: string;
  at: Date;
  actor: string;
  address: string | null;
  correlationId: string | null;
  action: string;
  subject: { kind: string; id: string | null };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  /** The store removes it then. */
  expiresAt: Date;
}

export const AuditEntrySchema = new Schema<AuditEntryDocument>(
  {
    workspaceId: { type: String, required: true },
    at: { type: Date, required: true },
    actor: { type: String, required: true },
    address: { type: String, default: null },
    correlationId: { type: String, default: null },
    action: { type: String, required: true },
    subject: { type: Schema.Types.Mixed, required: true },
    before: { type: Schema.Types.Mixed, default: null },
    after: { type: Schema.Types.Mixed, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'auditEntries', versionKey: false },
);

// AuditLog.list, by each of its filters.
AuditEntrySchema.index({ workspaceId: 1, _id: 1 });
AuditEntrySchema.index({ workspaceId: 1, action: 1, _id: 1 });
AuditEntrySchema.index({ workspaceId: 1, actor: 1, _id: 1 });
// The store removes what is past its time.
AuditEntrySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
