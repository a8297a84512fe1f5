import type { Lead } from '../../leads/domain';
import { type Message, messageDocument, type ReceiptKind } from '../../messages/domain';
import type { WorkspaceId } from '../../platform/ids';
import { type Reply, replyDocument } from '../../replies/domain';
import type { Webhook, WebhookEvent } from './webhook';

/** Something that endpoints may want to know of. */
export interface Fact {
  /** The same whenever the same thing is told. */
  id: string;
  event: WebhookEvent;
  at: Date;
  about: { leadIds: readonly string[]; addresses: readonly string[] };
  /** What is told beside `id`, `event`, `timestamp` and `workspaceId`; made only when somebody wants it. */
  fields: (lead: Lead | null) => object;
}

/** What an endpoint gets: exactly this text. */
export const bodyOf = (fact: Fact, workspaceId: WorkspaceId, lead: Lead | null): string =>
  JSON.stringify({
    id: fact.id,
    event: fact.event,
    timestamp: fact.at.toISOString(),
    workspaceId,
    ...fact.fields(lead),
  });

const ENDED: Partial<Record<Message['status'], WebhookEvent>> = {
  sent: 'message.sent',
  failed: 'message.failed',
  fallback: 'message.fallback',
};

/** Of a message that came to its end: `null` where nobody is told, as of one that was cancelled. */
export function endedFact(message: Message): Fact | null {
  const event = ENDED[message.status];
  if (!event) return null;
  // A message that was tried once more comes to a second end.
  const id = `evt_${message.id}_${message.status}_${message.revision}`;
  const extra = event === 'message.fallback' ? { reason: message.errorMessage, checkedAddresses: addressesTried(message) } : {};
  return messageFact({ id, event, at: message.updatedAt }, message, extra);
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
    ...new Set([...message.recipients, ...(message.address ? [message.address] : []), ...addressesTried(message)]),
  ];
  return {
    ...what,
    about: { leadIds: leadId ? [leadId] : [], addresses },
    fields: () => ({
      messageId: message.id,
      ...(leadId && { leadId }),
      campaignId: message.campaignId,
      ...extra,
      message: messageDocument(message),
    }),
  };
}

const addressesTried = ({ attempts }: Message): string[] => [...new Set(attempts.map(({ address }) => address))];

/**
 * Of what somebody wrote. The fields are flat, as the public API has them, with the reply as it is listed
 * beside them.
 * @param answered the message that it answers, where there is one
 */
export function replyFacts(reply: Reply, answered: Message | null): Fact[] {
  const about = { leadIds: reply.leadIds, addresses: [reply.address] };
  const fields = (lead: Lead | null) => ({
    messageId: reply.id,
    ...(lead && { leadId: lead.id }),
    firstName: lead?.firstName ?? null,
    lastName: lead?.lastName ?? null,
    phone: reply.address.includes('@') ? (lead?.phone ?? null) : reply.address,
    email: reply.address.includes('@') ? reply.address : (lead?.email ?? null),
    listId: lead?.listId ?? null,
    campaignId: answered?.campaignId ?? null,
    lineId: reply.lineId,
    message: reply.text,
    parentMessages: answered
      ? [
          {
            messageId: answered.id,
            message: answered.text,
            sentAtUtc: answered.sentAt,
            batchId: answered.batchId,
            stepIndex: answered.stepIndex,
          },
        ]
      : [],
    data: { reply: replyDocument(reply) },
  });
  const at = reply.receivedAt;
  const facts: Fact[] = [{ id: `evt_${reply.id}_reply`, event: 'message.reply', at, about, fields }];
  if (reply.kind === 'review') facts.push({ id: `evt_${reply.id}_review`, event: 'reply.needs_review', at, about, fields });
  return facts;
}

/** Of an endpoint that was switched off: the others are told. */
export const disabledFact = ({ id, url, name, failureCount }: Webhook, reason: string, at: Date): Fact => ({
  id: `evt_${id}_disabled_${at.getTime()}`,
  event: 'webhook.disabled',
  at,
  about: { leadIds: [], addresses: [] },
  fields: () => ({ webhook: { id, url, name, reason, failureCount } }),
});
