import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { ChannelName, OverallPace, RatePace, SettingValue } from '../../channels';
import type { AccountHealth } from '../domain/account';

export interface AccountDocument {
  _id: ObjectId;
  workspaceId: string;
  channel: ChannelName;
  provider: string;
  name: string | null;
  deviceId: string;
  settings: Record<string, SettingValue>;
  /** All secrets, sealed as one. */
  secrets: string | null;
  /** Sealed; of accounts that a migration made. */
  bridgePassword: string | null;
  secretNames: string[];
  inboundSecret: string | null;
  secretFingerprint: string | null;
  /** The inbound secret before; accounts whose secret was never changed have none. */
  previousSecret?: { fingerprint: string; until: Date } | null;
  pace: RatePace | null;
  /** Accounts of earlier versions have none. */
  overallPace?: OverallPace | null;
  isImplicit: boolean;
  /** Where it is: see `placeOf`. */
  place: string;
  /** Accounts of one place are numbered, from 0, so that two calls at once do not make the same one. */
  nth: number;
  /** Counts what was done to its lines, so that transactions meet here. */
  holds: number;
  health: AccountHealth;
  createdAt: Date;
  updatedAt: Date;
}

const text = { type: String, default: null };

export const AccountSchema = new Schema<AccountDocument>(
  {
    workspaceId: { type: String, required: true },
    channel: { type: String, required: true },
    provider: { type: String, required: true },
    name: text,
    deviceId: { type: String, required: true },
    settings: { type: Schema.Types.Mixed, required: true },
    secrets: text,
    bridgePassword: text,
    secretNames: [String],
    inboundSecret: text,
    secretFingerprint: text,
    previousSecret: Schema.Types.Mixed,
    pace: { type: Schema.Types.Mixed, default: null },
    overallPace: { type: Schema.Types.Mixed, default: null },
    isImplicit: { type: Boolean, required: true },
    place: { type: String, required: true },
    nth: { type: Number, required: true },
    holds: { type: Number, required: true },
    health: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'accounts', versionKey: false, minimize: false },
);
// Accounts.list
AccountSchema.index({ workspaceId: 1, _id: 1 });
// Accounts.at
AccountSchema.index({ workspaceId: 1, place: 1, nth: 1 }, { unique: true });
// Accounts.findBySecret
AccountSchema.index({ secretFingerprint: 1 }, { unique: true, partialFilterExpression: { secretFingerprint: { $gt: '' } } });
AccountSchema.index(
  { 'previousSecret.fingerprint': 1 },
  { partialFilterExpression: { 'previousSecret.fingerprint': { $gt: '' } } },
);
