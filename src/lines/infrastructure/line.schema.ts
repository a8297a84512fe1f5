import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { ChannelName, LineLimits, OverallPace, RatePace, SettingValue } from '../../channels';
import type { LineHealth } from '../domain/line';

export interface LineDocument extends LineLimits {
  _id: ObjectId;
  workspaceId: string;
  firstName: string | null;
  lastName: string | null;
  phone: string | null;
  email: string | null;
  channel: ChannelName;
  deviceId: string;
  bridgeUrl: string | null;
  bridgePassword: string | null;
  /** Lines that earlier versions made have none; nor have lines on channels without an adapter. */
  accountId?: ObjectId | null;
  /** What the account says, besides `bridgeUrl` and `bridgePassword`. */
  accountSettings?: Record<string, SettingValue> | null;
  /** The account's secrets, sealed as one, where it has others than `bridgePassword`. */
  accountSecrets?: string | null;
  accountPace?: RatePace | null;
  accountOverallPace?: OverallPace | null;
  inboundSecret: string;
  secretFingerprint: string;
  /** The inbound secret before; lines whose secret was never changed have none. */
  previousSecret?: { fingerprint: string; until: Date } | null;
  /** Lines of earlier versions have none. */
  rampSince?: Date | null;
  /** Lines of earlier versions have none. */
  pace?: RatePace | null;
  isActive: boolean;
  health: LineHealth;
  createdAt: Date;
  updatedAt: Date;
}

const text = { type: String, default: null };

export const LineSchema = new Schema<LineDocument>(
  {
    workspaceId: { type: String, required: true },
    firstName: text,
    lastName: text,
    phone: text,
    email: text,
    channel: { type: String, required: true },
    deviceId: { type: String, required: true },
    bridgeUrl: text,
    bridgePassword: text,
    accountId: { type: Schema.Types.ObjectId, default: null },
    accountSettings: { type: Schema.Types.Mixed, default: null },
    accountSecrets: text,
    accountPace: { type: Schema.Types.Mixed, default: null },
    accountOverallPace: { type: Schema.Types.Mixed, default: null },
    inboundSecret: { type: String, required: true },
    secretFingerprint: { type: String, required: true },
    previousSecret: Schema.Types.Mixed,
    pace: { type: Schema.Types.Mixed, default: null },
    isActive: { type: Boolean, required: true },
    dailyNewConversationsLimit: { type: Number, default: null },
    hourlyNewConversationsLimit: { type: Number, default: null },
    dailyTotalMessagesLimit: { type: Number, default: null },
    ramp: { type: Schema.Types.Mixed, default: null },
    rampSince: { type: Date, default: null },
    health: { type: Schema.Types.Mixed, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'lines', versionKey: false, minimize: false },
);
// Lines.list, Lines.all
LineSchema.index({ workspaceId: 1, _id: 1 });
// Lines.saveHealth: the other lines on a device
LineSchema.index({ workspaceId: 1, deviceId: 1 });
// Lines.onAccount, Lines.findOnAccount, Lines.countOnAccount
LineSchema.index({ workspaceId: 1, accountId: 1 }, { partialFilterExpression: { accountId: { $type: 'objectId' } } });
// Lines.takeForProbe
LineSchema.index({ 'health.tryAgainAt': 1 }, { partialFilterExpression: { 'health.tryAgainAt': { $gt: new Date(0) } } });
// Lines.findBySecret
LineSchema.index({ secretFingerprint: 1 }, { unique: true });
LineSchema.index({ 'previousSecret.fingerprint': 1 }, { partialFilterExpression: { 'previousSecret.fingerprint': { $gt: '' } } });

/** A line that was removed: answers to it count for as long as it is kept. */
export interface RemovedLineDocument extends LineDocument {
  removedAt: Date;
}

/** So long, in seconds, answers to a removed line count. */
const ANSWERS_COUNT_SECONDS = 90 * 86_400;

export const RemovedLineSchema = new Schema(
  { workspaceId: { type: String, required: true }, secretFingerprint: { type: String, required: true }, removedAt: Date },
  { collection: 'removedLines', versionKey: false, strict: false },
);
// Lines.findBySecret
RemovedLineSchema.index({ secretFingerprint: 1 }, { unique: true });
// Lines.findOnAccount
RemovedLineSchema.index({ workspaceId: 1, accountId: 1, removedAt: -1 });
RemovedLineSchema.index({ removedAt: 1 }, { expireAfterSeconds: ANSWERS_COUNT_SECONDS });

/** One line's UTC day. `_id` is `lineId:YYYY-MM-DD`. */
export interface LineUsageDocument {
  _id: string;
  workspaceId: string;
  total: number;
  firstTouch: number;
  /** First touches by UTC hour, `h0` … `h23`. */
  hours: Record<string, number>;
  /** Reservations that are neither committed nor released yet. */
  reservations: { messageId: string; token: string; hour: number; firstTouch: boolean }[];
  expiresAt: Date;
}

export const LineUsageSchema = new Schema<LineUsageDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    total: Number,
    firstTouch: Number,
    hours: Schema.Types.Mixed,
    reservations: Schema.Types.Mixed,
    expiresAt: Date,
  },
  { collection: 'lineUsage', versionKey: false, minimize: false },
);
// LineCapacity.releaseAll
LineUsageSchema.index({ 'reservations.messageId': 1 });
// Old days expire.
LineUsageSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** `_id` is `workspaceId device:deviceId`, or `workspaceId account:accountId` for the rate of an account. */
export interface DeviceDocument {
  _id: string;
  freeAt: Date;
  token: string | null;
  /** Of accounts alone: what was sent so far is paid for by then, in milliseconds with their fractions. */
  paidUntil?: number;
}

export const DeviceSchema = new Schema<DeviceDocument>(
  {
    _id: { type: String, required: true },
    freeAt: { type: Date, required: true },
    token: { type: String, default: null },
    paidUntil: Number,
  },
  { collection: 'devices', versionKey: false },
);
