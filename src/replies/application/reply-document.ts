import type { ReplyFile } from '../domain/reply-file';
import type { ReplyInContext } from './conversations.service';

/**
 * A file that came with a reply; `detail` says why it is not there. `GET /replies/:id/files/:fileId` gives
 * out those that are kept. @schema ReplyFile
 */
export const toFileResponse = ({ id, name, type, size, status, detail }: ReplyFile) => ({
  _id: id,
  name,
  type,
  size,
  status,
  detail,
});

/** An item of `GET /replies`, as the public API has it, with what the product knows beside it. */
export function replyDocument({ reply, name, externalId, parents, recent }: ReplyInContext) {
  const { id, text, address, leadIds, lineId, channel, kind, reviewedAs, campaignId, files, receivedAt, updatedAt } = reply;
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
    files: files.map(toFileResponse),
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
