import type { ReplyInContext } from './conversations.service';

/** An item of `GET /replies`, as the public API has it, with what the product knows beside it. */
export function replyDocument({ reply, name, externalId, parents, recent }: ReplyInContext) {
  const { id, text, address, leadIds, lineId, channel, kind, reviewedAs, campaignId, receivedAt, updatedAt } = reply;
  return {
    messageId: id,
    message: text,
    respondedAtUtc: receivedAt,
    leadId: leadIds[0] ?? null,
    leadIds,
    externalId,
    name,
    campaignId,
    lineId,
    messageType: channel,
    kind,
    reviewedAs,
    recipientPhone: address.includes('@') ? null : address,
    recipientEmail: address.includes('@') ? address : null,
    parentMessages: parents.map(({ id: messageId, text: message, sentAt, batchId, stepIndex, campaignId: of }) => ({
      messageId,
      message,
      sentAtUtc: sentAt,
      batchId,
      stepIndex,
      campaignId: of,
    })),
    recentReplies: recent.map(({ id: messageId, text: message, receivedAt: receivedAtUtc }) => ({
      messageId,
      message,
      receivedAtUtc,
    })),
    updatedAt,
  };
}
