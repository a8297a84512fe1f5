import { Schema } from 'mongoose';

export interface InboundCallDocument {
  _id: string;
  workspaceId: string;
  lineId: string;
  /** Only where it is so: calls of earlier versions have none. */
  isOfAccount?: true;
  channel: string;
  /** The JSON that came; `null` once it was worked off. */
  body: string | null;
  /** The form and the query that came, as JSON, where there was one. It goes with the body. */
  fields?: string;
  receivedAt: Date;
  tries: number;
  /** Absent once it was worked off. */
  tryAt?: Date;
}

/** A call is known again for so long, in seconds. */
const KEPT_SECONDS = 7 * 86_400;

export const InboundCallSchema = new Schema<InboundCallDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    lineId: { type: String, required: true },
    isOfAccount: Boolean,
    channel: { type: String, required: true },
    body: { type: String, default: null },
    fields: String,
    receivedAt: { type: Date, required: true },
    tries: { type: Number, required: true },
    tryAt: Date,
  },
  { collection: 'inboundCalls', versionKey: false },
);
// InboundCalls.takeLeft
InboundCallSchema.index({ tryAt: 1 }, { partialFilterExpression: { tryAt: { $gt: new Date(0) } } });
InboundCallSchema.index({ receivedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
