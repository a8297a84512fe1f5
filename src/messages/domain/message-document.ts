import type { Message } from './message';
import { partCount } from './parts';
import type { WaitReason } from './wait-reasons';

/** A message as callers see it, in answers and in what webhooks tell. */
export function messageDocument(message: Message, waitingFor?: WaitReason) {
  const last = message.attempts.at(-1);
  const address = message.address ?? message.recipients[0] ?? null;
  return {
    _id: message.id,
    workspaceId: message.workspaceId,
    kind: kindOf(message),
    message: message.text ?? message.template,
    attachmentUrls: message.attachments.map(({ url }) => url),
    attachmentNames: message.attachments.map(({ name }) => name),
    partsSent: message.part,
    partCount: partCount(message),
    messageType: message.channel,
    status: message.status,
    code: message.code,
    errorMessage: message.errorMessage,
    reason: message.reason,
    leadId: message.leadId,
    campaignId: message.campaignId,
    enrollmentId: message.enrollmentId,
    stepId: message.stepId,
    stepIndex: message.stepIndex,
    fromLineId: message.lineId ?? last?.lineId ?? null,
    recipientPhone: address && !address.includes('@') ? address : null,
    recipientEmail: address?.includes('@') ? address : null,
    recipientName: message.recipientName,
    scheduledDate: message.dueAt,
    batchId: message.batchId,
    settings: message.window,
    dueAt: message.dueAt,
    waitingFor: waitingFor ?? null,
    repliesUnread: message.repliesUnread,
    sentAt: message.sentAt,
    deliveredAt: message.deliveredAt,
    readAt: message.readAt,
    externalMessageId: message.externalMessageId,
    attempts: message.attempts.map(
      ({ lineId, channel, address: to, attachment, startedAt, endedAt, outcome, code, providerMessage }) => ({
        lineId,
        channel,
        address: to,
        attachment: attachment ?? null,
        startedAt,
        endedAt,
        outcome,
        code,
        words: providerMessage,
      }),
    ),
    createdAt: message.createdAt,
    updatedAt: message.updatedAt,
  };
}

/** What the message is: a step of a campaign, a direct send, or an answer of the product's own. */
const kindOf = ({ kind, campaignId }: Message): string => (kind !== 'ordinary' ? kind : campaignId ? 'campaign' : 'direct');
