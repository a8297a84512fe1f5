import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { Attempt } from '../domain/attempt';
import type { Message, MessageKind } from '../domain/message';

type Translated =
  | 'id'
  | 'workspaceId'
  | 'kind'
  | 'leadId'
  | 'campaignId'
  | 'enrollmentId'
  | 'stepId'
  | 'lineId'
  | 'turnLineId'
  | 'revision'
  | 'attempts';

/** An attempt as it is stored. */
export interface AttemptDocument extends Omit<Attempt, 'providerMessage'> {
  words: string | null;
}

export interface MessageDocument extends Omit<Message, Translated> {
  _id: ObjectId;
  workspaceId: string;
  /** `null`: an ordinary one. */
  kind: Exclude<MessageKind, 'ordinary'> | null;
  leadId: ObjectId | null;
  campaignId: ObjectId | null;
  enrollmentId: ObjectId | null;
  stepId: ObjectId | null;
  lineId: ObjectId | null;
  turnOn: ObjectId | null;
  moves: number;
  turnAt: Date | null;
  /** A campaign's id, or `direct`. */
  group: string;
  /** Queued and not put aside. */
  ready: boolean;
  attempts: AttemptDocument[];
}

const text = { type: String, default: null };
const id = { type: Schema.Types.ObjectId, default: null };
const time = { type: Date, default: null };

export const MessageSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    kind: text,
    leadId: id,
    campaignId: id,
    enrollmentId: id,
    stepId: id,
    stepIndex: { type: Number, default: null },
    group: { type: String, required: true },
    channel: { type: String, required: true },
    recipients: { type: [String], required: true },
    recipientName: text,
    window: { type: Schema.Types.Mixed, default: null },
    batchId: text,
    crmIds: { type: Schema.Types.Mixed, default: null },
    fallback: { type: [String], required: true },
    createdByUserId: text,
    template: text,
    content: { type: Schema.Types.Mixed, default: null },
    goesOnId: text,
    attachments: { type: Schema.Types.Mixed, required: true },
    withoutText: { type: Boolean, required: true },
    part: { type: Number, required: true },
    status: { type: String, required: true },
    ready: { type: Boolean, required: true },
    code: text,
    errorMessage: text,
    reason: text,
    dueAt: time,
    notBefore: time,
    held: { type: Schema.Types.Mixed, default: null },
    moves: { type: Number, required: true },
    lineId: id,
    lineIsFixed: { type: Boolean, required: true },
    turnOn: id,
    turnAt: time,
    claim: { type: Schema.Types.Mixed, default: null },
    stopRequested: text,
    attempts: { type: Schema.Types.Mixed, required: true },
    refusals: { type: Number, required: true },
    troubles: { type: Number, required: true },
    tried: { type: [String], required: true },
    opensChat: { type: Boolean, required: true },
    preferredAddress: text,
    repliesUnread: { type: Boolean, required: true },
    askedSince: time,
    text,
    subject: text,
    address: text,
    externalMessageId: text,
    sentAt: time,
    deliveredAt: time,
    readAt: time,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'messages', versionKey: false, minimize: false },
);

// DueMessages.queueDue
MessageSchema.index({ status: 1, dueAt: 1 }, { partialFilterExpression: { status: 'scheduled' } });
// DueMessages.candidates, boundTo, takeOldest: ready ones of a group that may use a line, oldest due first;
// Messages.dueOf
MessageSchema.index(
  { workspaceId: 1, group: 1, ready: 1, turnOn: 1, lineId: 1, dueAt: 1 },
  { partialFilterExpression: { status: 'queued' } },
);
// DueMessages.unpark
MessageSchema.index({ ready: 1, notBefore: 1 }, { partialFilterExpression: { status: 'queued' } });
// MessageBacklog.oldestDueAt
MessageSchema.index({ ready: 1, dueAt: 1 }, { partialFilterExpression: { status: 'queued' } });
// DueMessages.dropLostTurns, MessageBacklog.oldestTurnAt
MessageSchema.index({ turnAt: 1 }, { partialFilterExpression: { turnAt: { $gt: new Date(0) } } });
// Messages.overdue, MessageBacklog.unknownOutcomes
MessageSchema.index({ status: 1, 'claim.until': 1 }, { partialFilterExpression: { 'claim.until': { $gt: new Date(0) } } });
// Messages.list, in all and by status, lead, campaign, batch
MessageSchema.index({ workspaceId: 1, _id: 1 });
MessageSchema.index({ workspaceId: 1, status: 1, _id: 1 });
MessageSchema.index({ workspaceId: 1, leadId: 1, _id: 1 });
MessageSchema.index({ workspaceId: 1, campaignId: 1, _id: 1 });
MessageSchema.index({ workspaceId: 1, batchId: 1, _id: 1 }, { partialFilterExpression: { batchId: { $gt: '' } } });
// Messages.list by code, countFailed
MessageSchema.index({ workspaceId: 1, code: 1, _id: 1 }, { partialFilterExpression: { code: { $gt: '' } } });
// Messages.list with updatedSince
MessageSchema.index({ workspaceId: 1, changedAt: 1, _id: 1 });
// Messages.ofEnrollments, stops by enrollment
MessageSchema.index({ enrollmentId: 1, stepIndex: 1 }, { partialFilterExpression: { stepIndex: { $gte: 0 } } });
// Messages.unbind, waitingOnLine, list by line
MessageSchema.index({ workspaceId: 1, lineId: 1, _id: 1 });
// Messages.sentBetween
MessageSchema.index({ campaignId: 1, stepId: 1, sentAt: 1 }, { partialFilterExpression: { sentAt: { $gt: new Date(0) } } });
// receipts; and no two messages are bound to one message of a provider
MessageSchema.index(
  { workspaceId: 1, externalMessageId: 1 },
  { unique: true, partialFilterExpression: { externalMessageId: { $gt: '' } } },
);
// send errors that come late
MessageSchema.index(
  { workspaceId: 1, 'attempts.providerId': 1 },
  { partialFilterExpression: { 'attempts.providerId': { $gt: '' } } },
);
// AnswerMessages.waitingSince
MessageSchema.index({ kind: 1, createdAt: 1 }, { partialFilterExpression: { kind: { $gt: '' } } });
// stops by the address that a direct send was told to go to; AnswerMessages.wasMadeSince
MessageSchema.index({ workspaceId: 1, recipients: 1 }, { partialFilterExpression: { recipients: { $gt: '' } } });
// replies and stops by address
MessageSchema.index({ workspaceId: 1, address: 1 }, { partialFilterExpression: { address: { $gt: '' } } });
