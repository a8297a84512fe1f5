import type { DirectSent } from '../application/direct-sends.service';
import type { MessageView } from '../application/message-views.service';
import type { Message } from '../domain/message';
import { partCount } from '../domain/parts';

export function toMessageResponse({
  message,
  waitingFor,
  text,
  recipientPhone,
  recipientEmail,
  recipientName,
  line,
}: MessageView) {
  const last = message.attempts.at(-1);
  return {
    _id: message.id,
    workspaceId: message.workspaceId,
    kind: kindOf(message),
    message: text,
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
    campaignId: message.campaignId,
    enrollmentId: message.enrollmentId,
    stepId: message.stepId,
    stepIndex: message.stepIndex,
    fromLineId: message.lineId ?? last?.lineId ?? null,
    fromLinePhone: line?.phone ?? null,
    fromLineEmail: line?.email ?? null,
    recipientPhone,
    recipientEmail,
    recipientName,
    checkedAddresses: checkedAddressesOf(message),
    createdByUserId: message.createdByUserId,
    sendFallbackSmsOnFailed: message.fallback.includes('sms'),
    scheduledDate: message.dueAt,
    batchId: message.batchId,
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
    updatedAt: message.updatedAt,
  };
}

/** The addresses that were tried, each once. */
const checkedAddressesOf = ({ attempts, tried }: Message): string[] => [
  ...new Set([...attempts.map(({ address }) => address), ...tried.map((one) => one.slice(one.indexOf(' ') + 1))]),
];

/** What the message is: a step of a campaign, a direct send, or an answer of the product's own. */
const kindOf = ({ kind, campaignId }: Message): string => (kind !== 'ordinary' ? kind : campaignId ? 'campaign' : 'direct');

/** The answer to a direct send: the message, and, where no lead was named but one was known, which. */
export function toSendResponse({ message, warnings }: DirectSent, view: MessageView, usedExistingLead: boolean) {
  const answer = { success: true, status: message.status, message: toMessageResponse(view), warnings };
  if (!usedExistingLead) return answer;
  const existing = [message.leadId];
  return {
    ...answer,
    leadId: message.leadId,
    duplicateOnly: true,
    existingLeadIds: existing,
    leadIds: existing,
    duplicateMessage: 'Lead was duplicate; message sent using existing lead.',
  };
}
