import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { CountedSend } from '../domain/frequency';

/** One line between its sends. */
export interface LineTurnDocument {
  _id: ObjectId;
  workspaceId: string;
  lastEnd: Date;
  lastGapSeconds: number;
  token: string | null;
  turn: { messageId: string; moves: number; group: string; at: Date } | null;
  lookAt: Date;
  turns: number;
  nudges: number;
  served: Record<string, number>;
  /** Of lines with a rate alone. */
  paidUntil?: Date;
  given?: NonNullable<LineTurnDocument['turn']>[];
  open?: { token: string; until: Date }[];
  accountAt?: Date;
}

export const LineTurnSchema = new Schema<LineTurnDocument>(
  {
    workspaceId: { type: String, required: true },
    lastEnd: Date,
    lastGapSeconds: Number,
    token: String,
    turn: Schema.Types.Mixed,
    lookAt: Date,
    turns: Number,
    nudges: Number,
    served: Schema.Types.Mixed,
    paidUntil: Date,
    given: { type: [Schema.Types.Mixed], default: undefined },
    open: { type: [Schema.Types.Mixed], default: undefined },
    accountAt: Date,
  },
  { collection: 'lineTurns', versionKey: false, minimize: false },
);
// LineSchedules.due
LineTurnSchema.index({ lookAt: 1 });
// LineSchedules.states
LineTurnSchema.index({ workspaceId: 1 });

/**
 * `_id` is `campaignId:stepId:address` for a claim, `lineId:recipient` for a contact; of somebody who was
 * erased the keyed hash stands for the address.
 */
export interface RecipientDocument {
  _id: string;
  messageId: string;
  token: string;
  kept: boolean;
}

export const RecipientSchema = new Schema<RecipientDocument>(
  { _id: { type: String, required: true }, messageId: String, token: String, kept: Boolean },
  { collection: 'recipients', versionKey: false },
);
// RecipientClaims.releaseAll
RecipientSchema.index({ messageId: 1, kept: 1 });

/** `_id` is `workspaceId:address`, or the keyed hash of the address of somebody who was erased. */
export interface RecipientSendsDocument {
  _id: string;
  workspaceId: string;
  /** Those that may still count. */
  sends: CountedSend[];
  /** Raised by each write. */
  revision: number;
  expiresAt: Date;
}

export const RecipientSendsSchema = new Schema<RecipientSendsDocument>(
  {
    _id: { type: String, required: true },
    workspaceId: { type: String, required: true },
    sends: { type: [Schema.Types.Mixed], required: true },
    revision: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  } as never,
  { collection: 'recipientSends', versionKey: false },
);
// RecipientSends.releaseAll
RecipientSendsSchema.index({ 'sends.messageId': 1 });
RecipientSendsSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
