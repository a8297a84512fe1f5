import type { InboundEvent } from '../domain/channel';
import { quotedBy } from '../domain/reactions';
import { type BridgeMessage, errorOf, messageOf, record } from './bluebubbles.protocol';

/** What a webhook's body means. */
export function eventsOf(body: unknown): InboundEvent[] {
  const { type, data } = record(body) ?? {};
  if (type === 'hello-world') return [{ kind: 'started' }];
  const message = messageOf(data);
  if (!message) return [];
  if (type === 'message-send-error') return [sendError(message)];
  if (type !== 'new-message' && type !== 'updated-message') return [];
  return message.isFromMe ? ofOwn(message) : type === 'new-message' ? ofOther(message) : [];
}

/** What a row of the account means; the same as the event that may have told of it. */
export const eventsOfRow = (message: BridgeMessage): InboundEvent[] => (message.isFromMe ? ofOwn(message) : ofOther(message));

/**
 * Our own message: an error, or its receipts, which come in whatever event and with or without a time. Not by
 * its `tempGuid`, which the server mixes up between messages.
 */
function ofOwn(message: BridgeMessage): InboundEvent[] {
  const { guid, dateDelivered, dateRead, isDelivered, isGroup, isReaction, itemType } = message;
  if (isGroup || isReaction || itemType !== 0) return [];
  if (message.error !== 0) return [sendError(message)];
  const events: InboundEvent[] = message.address ? [{ kind: 'own-message', externalId: guid, to: message.address }] : [];
  const deliveredAt = dateDelivered ?? (isDelivered || dateRead ? (dateRead ?? new Date()) : null);
  if (deliveredAt) events.push({ kind: 'delivered', externalId: guid, at: deliveredAt });
  if (dateRead) events.push({ kind: 'read', externalId: guid, at: dateRead });
  return events;
}

/**
 * A person's message. What is written to a group, what is no message, and reactions answer nothing of ours.
 */
function ofOther(message: BridgeMessage): InboundEvent[] {
  const { guid, address, text, isGroup, isReaction, itemType, media } = message;
  if (isGroup || isReaction || itemType !== 0 || !address) return [];
  const at = message.dateCreated ?? new Date();
  const reply = { kind: 'reply', externalId: guid, from: address, to: null, text, at } as const;
  return [{ ...reply, inReplyTo: message.thread, quotes: quotedBy(text), ...(media.length > 0 && { media }) }];
}

const sendError = ({ guid, tempGuid, error }: BridgeMessage): InboundEvent => ({
  kind: 'send-error',
  externalId: guid,
  // A failed send leaves its id to the next one of the chat: only an error without a row is known by it.
  providerId: guid === tempGuid ? tempGuid : null,
  ...errorOf(error),
});
