import { Schema } from 'mongoose';

export interface AccountReadingDocument {
  /** The key of the account. */
  _id: string;
  workspaceId: string;
  lineId: string;
  channel?: string;
  since: Date;
  cursor: object | null;
  readAt: Date | null;
  failedAt: Date | null;
  activeUntil: Date;
  lastEventAt: Date | null;
  unannouncedSince: Date | null;
  nextAt: Date;
  claim: { token: string; until: Date } | null;
}

export const AccountReadingSchema = new Schema<AccountReadingDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    lineId: { type: String, required: true },
    channel: { type: String },
    since: { type: Date, required: true },
    cursor: { type: Schema.Types.Mixed, default: null },
    readAt: { type: Date, default: null },
    failedAt: { type: Date, default: null },
    activeUntil: { type: Date, required: true },
    lastEventAt: { type: Date, default: null },
    unannouncedSince: { type: Date, default: null },
    nextAt: { type: Date, required: true },
    claim: { type: Schema.Types.Mixed, default: null },
  },
  { collection: 'accountReadings', versionKey: false, minimize: false },
);
// AccountReadings.due
AccountReadingSchema.index({ nextAt: 1 });
// AccountReadings.inUse
AccountReadingSchema.index({ channel: 1, _id: 1 });
