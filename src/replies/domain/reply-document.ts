import type { Reply } from './reply';

/** A reply as callers see it, in answers and in what webhooks tell. */
export const replyDocument = ({ id, text, address, leadIds, lineId, channel, kind, reviewedAs, receivedAt }: Reply) => ({
  messageId: id,
  message: text,
  respondedAtUtc: receivedAt,
  leadId: leadIds[0] ?? null,
  leadIds,
  lineId,
  messageType: channel,
  kind,
  reviewedAs,
  recipientPhone: address.includes('@') ? null : address,
  recipientEmail: address.includes('@') ? address : null,
});
