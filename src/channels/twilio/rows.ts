import type { InboundEvent, ReplyEvent } from '../domain/channel';
import type { InboundMedia } from '../domain/inbound-media';
import { quotedBy } from '../domain/reactions';
import { failureOf } from './errors';
import { keywordOf } from './events';
import { mediaRefOf } from './media';
import type { TwilioMessage } from './twilio.protocol';

/**
 * What somebody wrote to a service is left to the callback for so long, in milliseconds: it alone tells what
 * Advanced Opt-Out has made of it, and the first to tell of a text is the one that counts.
 */
const LEFT_TO_CALLBACK_MS = 15_000;

/** What a message of ours has come to, and that it is there. */
export function eventsOfOwn({ sid: externalId, to, status, errorCode, updatedAt, createdAt }: TwilioMessage): InboundEvent[] {
  const failure = failureOf(status, errorCode);
  if (failure) return [{ kind: 'send-error', externalId, providerId: null, ...failure }];
  const at = updatedAt ?? createdAt;
  const isReceipt = (status === 'delivered' || status === 'read') && at !== null;
  const receipt: InboundEvent[] = isReceipt ? [{ kind: status, externalId, at }] : [];
  return to === null ? receipt : [{ kind: 'own-message', externalId, to }, ...receipt];
}

/** A text that came in: the same reply as the callback about it. */
export function replyOfRow(message: TwilioMessage, now: Date): ReplyEvent[] {
  const { sid: externalId, from, to, body: text, status, createdAt: at, messagingServiceSid } = message;
  if (from === null || to === null || at === null || status !== 'received') return [];
  if (messagingServiceSid !== null && now.getTime() - at.getTime() < LEFT_TO_CALLBACK_MS) return [];
  const media = Array.from({ length: message.media }, (_, index): InboundMedia => {
    return { ref: mediaRefOf(externalId, index), name: null, type: null, size: null };
  });
  const keyword = keywordOf(undefined, text);
  const reply = { kind: 'reply', externalId, from, to, isForLinesAlone: true, text, at, quotes: quotedBy(text) } as const;
  return [{ ...reply, inReplyTo: null, ...(media.length > 0 && { media }), ...(keyword && { keyword }) }];
}
