import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';

export interface WebhookDeliveryDocument {
  _id: ObjectId;
  workspaceId: string;
  webhookId: ObjectId;
  eventId: string;
  event: string;
  body: string;
  state: string;
  attempts: number;
  dueAt: Date;
  claim: string | null;
  statusCode: number | null;
  error: string | null;
  durationMs: number | null;
  response: string | null;
  replayOf: ObjectId | null;
  leadIds: ObjectId[];
  addresses: string[];
  createdAt: Date;
  endedAt: Date | null;
  /** The store removes it then. */
  expiresAt: Date;
}

export const WebhookDeliverySchema = new Schema<WebhookDeliveryDocument>(
  {
    workspaceId: { type: String, required: true },
    webhookId: { type: Schema.Types.ObjectId, required: true },
    eventId: { type: String, required: true },
    event: { type: String, required: true },
    body: { type: String, required: true },
    state: { type: String, required: true },
    attempts: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    claim: { type: String, default: null },
    statusCode: { type: Number, default: null },
    error: { type: String, default: null },
    durationMs: { type: Number, default: null },
    response: { type: String, default: null },
    replayOf: { type: Schema.Types.ObjectId, default: null },
    leadIds: { type: [Schema.Types.ObjectId], default: [] },
    addresses: { type: [String], default: [] },
    createdAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'webhookDeliveries', versionKey: false },
);

// Deliveries.add: an event is told once to an endpoint, unless somebody wants it repeated.
WebhookDeliverySchema.index({ webhookId: 1, eventId: 1 });
// Deliveries.endpointsWithWork, claim
WebhookDeliverySchema.index({ webhookId: 1, dueAt: 1 }, { partialFilterExpression: { state: 'pending' } });
// Deliveries.list, inRange
WebhookDeliverySchema.index({ webhookId: 1, _id: 1 });
// MongoPersonalWebhooks
WebhookDeliverySchema.index({ workspaceId: 1, leadIds: 1 });
WebhookDeliverySchema.index({ workspaceId: 1, addresses: 1 });
WebhookDeliverySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
