import type { Lead } from '../../leads/domain';
import { checkedAddresses, type Message, type ReceiptKind } from '../../messages/domain';
import type { WorkspaceId } from '../../platform/ids';
import type { Reply } from '../../replies/domain';
import type { Webhook, WebhookEvent } from './webhook';

/** What is shown of that which a fact is about, as callers see it; `null` where it is about no such thing. */
export interface Shown {
  message: object | null;
  reply: { parentMessages: unknown; name: unknown } | null;
  lead: Lead | null;
}

/** Something that endpoints may want to know of. */
export interface Fact {
  /** The same whenever the same thing is told. */
  id: string;
  event: WebhookEvent;
  at: Date;
  about: { leadIds: readonly string[]; addresses: readonly string[] };
  /** What has to be shown; looked up only when somebody wants to know. */
  of: { message?: Message; reply?: Reply };
  /** What is told beside `id`, `event`, `timestamp` and `workspaceId`. */
  fields: (shown: Shown) => object;
}

/** What an endpoint gets: exactly this text. */
export const bodyOf = (fact: Fact, workspaceId: WorkspaceId, shown: Shown): string =>
  JSON.stringify({
    id: fact.id,
    event: fact.event,
    timestamp: fact.at.toISOString(),
    workspaceId,
    ...fact.fields(shown),
  });

const ENDED: Partial<Record<Message['status'], WebhookEvent>> = {
  sent: 'message.sent',
  failed: 'message.failed',
  fallback: 'message.fallback',
  cancelled: 'message.cancelled',
};

/** Of a message that came to its end, or was cancelled before: `null` for one that did not. */
export function endedFact(message: Message): Fact | null {
  const event = ENDED[message.status];
  if (!event) return null;
  // A message that was tried once more comes to a second end.
  const id = `evt_${message.id}_${message.status}_${message.revision}`;
  return messageFact({ id, event, at: message.updatedAt }, message, endOf(message));
}

/** What is said of an end beside the message. */
function endOf(message: Message): object {
  if (message.status === 'fallback') return { reason: message.errorMessage, checkedAddresses: checkedAddresses(message) };
  return message.status === 'cancelled' ? { reason: message.reason } : {};
}

const RECEIPTS = {
  delivered: { event: 'message.delivered', suffix: 'delivered', at: (message: Message) => message.deliveredAt ?? message.readAt },
  read: { event: 'message.opened', suffix: 'opened', at: (message: Message) => message.readAt },
} as const;

/** Of a receipt. */
export const receiptFacts = (message: Message, kinds: readonly ReceiptKind[]): Fact[] =>
  kinds.map((kind) => {
    const { event, suffix, at } = RECEIPTS[kind];
    const extra = kind === 'read' ? { readAt: message.readAt } : {};
    return messageFact({ id: `evt_${message.id}_${suffix}`, event, at: at(message) ?? message.updatedAt }, message, extra);
  });

function messageFact(what: Pick<Fact, 'id' | 'event' | 'at'>, message: Message, extra: object): Fact {
  const { leadId } = message;
  const addresses = [
    ...new Set([...message.recipients, ...(message.address ? [message.address] : []), ...checkedAddresses(message)]),
  ];
  return {
    ...what,
    about: { leadIds: leadId ? [leadId] : [], addresses },
    of: { message },
    fields: (shown) => ({
      messageId: message.id,
      ...(leadId && { leadId }),
      campaignId: message.campaignId,
      ...extra,
      message: shown.message,
    }),
  };
}

/** Of what somebody wrote: fields as flat as the public API has them, beside the reply as it is listed. */
export function replyFacts(reply: Reply): Fact[] {
  const about = { leadIds: reply.leadIds, addresses: [reply.address] };
  const fields = ({ lead, reply: shown }: Shown) => ({
    messageId: reply.id,
    ...(lead && { leadId: lead.id }),
    firstName: lead?.firstName ?? null,
    lastName: lead?.lastName ?? null,
    phone: reply.address.includes('@') ? (lead?.phone ?? null) : reply.address,
    email: reply.address.includes('@') ? reply.address : (lead?.email ?? null),
    listId: lead?.listId ?? null,
    campaignId: reply.campaignId,
    lineId: reply.lineId,
    message: reply.text,
    parentMessages: shown?.parentMessages ?? [],
    data: { reply: shown },
  });
  const at = reply.receivedAt;
  const facts: Fact[] = [{ id: `evt_${reply.id}_reply`, event: 'message.reply', at, about, of: { reply }, fields }];
  if (reply.kind === 'review')
    facts.push({ id: `evt_${reply.id}_review`, event: 'reply.needs_review', at, about, of: { reply }, fields });
  return facts;
}

/** Of an endpoint that was switched off: the others are told. */
export const disabledFact = ({ id, url, name, failureCount }: Webhook, reason: string, at: Date): Fact => ({
  id: `evt_${id}_disabled_${at.getTime()}`,
  event: 'webhook.disabled',
  at,
  about: { leadIds: [], addresses: [] },
  of: {},
  fields: () => ({ webhook: { id, url, name, reason, failureCount } }),
});
