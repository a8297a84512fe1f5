import { workspaceId } from '../../platform/ids';
import { hex, objectId, optionalHex, optionalObjectId } from '../../platform/mongo';
import type { Attempt } from '../domain/attempt';
import { groupOf, type Message } from '../domain/message';
import type { Change } from '../domain/message-states';
import type { AttemptDocument, MessageDocument } from './message.schema';

export function toDocument({ id, revision, turnLineId, attempts, ...message }: Message): MessageDocument {
  return {
    _id: objectId(id),
    ...message,
    kind: message.kind === 'ordinary' ? null : message.kind,
    leadId: optionalObjectId(message.leadId),
    campaignId: optionalObjectId(message.campaignId),
    enrollmentId: optionalObjectId(message.enrollmentId),
    stepId: optionalObjectId(message.stepId),
    lineId: optionalObjectId(message.lineId),
    moves: revision,
    turnOn: optionalObjectId(turnLineId),
    turnAt: null,
    attempts: attempts.map(attemptToDocument),
    group: groupOf(message),
    ready: message.status === 'queued' && message.notBefore === null,
  };
}

export function toMessage({
  _id,
  turnAt: _,
  moves,
  turnOn,
  attempts,
  group: __,
  ready: ___,
  ...document
}: MessageDocument): Message {
  return {
    id: hex(_id),
    ...document,
    workspaceId: workspaceId(document.workspaceId),
    leadId: optionalHex(document.leadId),
    campaignId: optionalHex(document.campaignId),
    enrollmentId: optionalHex(document.enrollmentId),
    stepId: optionalHex(document.stepId),
    lineId: optionalHex(document.lineId),
    revision: moves,
    turnLineId: optionalHex(turnOn),
    attempts: attempts.map(toAttempt),
    // The version before writes none of these; the next one may rely on them.
    kind: document.kind ?? 'ordinary',
    stopRequested: document.stopRequested ?? null,
    held: document.held ?? null,
    troubles: document.troubles ?? 0,
    preferredAddress: document.preferredAddress ?? null,
    repliesUnread: document.repliesUnread ?? false,
    askedSince: document.askedSince ?? null,
    withoutText: document.withoutText ?? false,
    content: document.content ?? null,
    goesOnId: document.goesOnId ?? null,
    subject: document.subject ?? null,
    fallback: document.fallback ?? [],
    crmIds: document.crmIds ?? null,
    address: document.address ?? null,
    createdByUserId: document.createdByUserId ?? null,
    changedAt: document.changedAt ?? document.updatedAt,
  };
}

/** The provider's words are stored as `words`. */
const attemptToDocument = ({ providerMessage, ...attempt }: Attempt): AttemptDocument => ({
  ...attempt,
  words: providerMessage,
});

const toAttempt = ({ words, ...attempt }: AttemptDocument): Attempt => ({
  ...attempt,
  providerMessage: words,
  // The version before writes none of these.
  subject: attempt.subject ?? null,
  thread: attempt.thread ?? null,
  withFiles: attempt.withFiles ?? false,
});

/** What a transition writes, as an update of the document; and when, where callers are shown any of it. */
export function toUpdate({ revision, lineId, turnLineId, attempts, ...fields }: Change, changedAt?: Date) {
  const { status, notBefore } = fields;
  const set: Partial<MessageDocument> = {
    ...(fields as Partial<MessageDocument>),
    ...(changedAt && { changedAt }),
    ...(lineId !== undefined && { lineId: optionalObjectId(lineId) }),
    ...(turnLineId !== undefined && { turnOn: optionalObjectId(turnLineId) }),
    ...(attempts !== undefined && { attempts: attempts.map(attemptToDocument) }),
    // The time of a turn stands only while the message is its line's next and unclaimed.
    ...((status !== undefined || turnLineId === null) && { turnAt: null }),
    ...((status !== undefined || notBefore !== undefined) && { ready: (status ?? 'queued') === 'queued' && notBefore === null }),
  };
  return { $set: set, ...(revision && { $inc: { moves: 1 } }) };
}
