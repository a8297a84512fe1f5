import { crmIdsOf } from '../../platform/crm-ids';
import { checkedAddresses } from '../domain/addresses';
import type { Message } from '../domain/message';
import { partCount } from '../domain/parts';
import type { MessageView } from './message-views.service';

/** A message as callers see it, in answers and in what webhooks tell. */
export function messageDocument({ message, lead, line, waitingFor, text, subject, ...recipient }: MessageView) {
  const last = message.attempts.at(-1);
  return {
    _id: message.id,
    workspaceId: message.workspaceId,
    kind: kindOf(message),
    message: text,
    subject,
    renderedAt: message.text === null ? null : (message.sentAt ?? last?.startedAt ?? null),
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
    externalId: lead?.externalId ?? null,
    campaignId: message.campaignId,
    enrollmentId: message.enrollmentId,
    stepId: message.stepId,
    stepIndex: message.stepIndex,
    fromLineId: message.lineId ?? last?.lineId ?? null,
    fromLinePhone: line?.phone ?? null,
    fromLineEmail: line?.email ?? null,
    recipientPhone: recipient.recipientPhone,
    recipientEmail: recipient.recipientEmail,
    recipientName: recipient.recipientName,
    checkedAddresses: checkedAddresses(message),
    createdByUserId: message.createdByUserId,
    sendFallbackSmsOnFailed: message.fallback.includes('sms'),
    fallback: message.fallback,
    scheduledDate: message.dueAt,
    batchId: message.batchId,
    ...crmIdsOf(message.crmIds, lead),
    ghlConversationMessageId: message.crmIds?.ghlConversationMessageId ?? null,
    settings: message.window,
    dueAt: message.dueAt,
    waitingFor,
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
    updatedAt: message.changedAt,
  };
}

/** What the message is: a step of a campaign, a direct send, or an answer of the product's own. */
const kindOf = ({ kind, campaignId }: Message): string => (kind !== 'ordinary' ? kind : campaignId ? 'campaign' : 'direct');
