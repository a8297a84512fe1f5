import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

export interface WebhookDocument {
  _id: ObjectId;
  workspaceId: string;
  url: string;
  name: string;
  description: string | null;
  events: string[];
  isActive: boolean;
  disabledReason: string | null;
  /** Sealed. */
  secret: string;
  /** Sealed. */
  previousSecret: string | null;
  previousUntil: Date | null;
  lastTriggeredAt: Date | null;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  failureCount: number;
  failingSince: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const date = { type: Date, default: null };

export const WebhookSchema = new Schema<WebhookDocument>(
  {
    workspaceId: { type: String, required: true },
    url: { type: String, required: true },
    name: { type: String, required: true },
    description: { type: String, default: null },
    events: { type: [String], required: true },
    isActive: { type: Boolean, required: true },
    disabledReason: { type: String, default: null },
    secret: { type: String, required: true },
    previousSecret: { type: String, default: null },
    previousUntil: date,
    lastTriggeredAt: date,
    lastSuccessAt: date,
    lastFailureAt: date,
    failureCount: { type: Number, default: 0 },
    failingSince: date,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'webhooks', versionKey: false },
);

// Webhooks.all
WebhookSchema.index({ workspaceId: 1, _id: 1 });
