import type { Schemas } from '../../app/api';

type Reply = Schemas['Reply'];

/** What one person has answered, newest first. */
export interface Conversation {
  /** Of the lead, or else of the address. */
  key: string;
  leadId: string | null;
  name: string;
  replies: Reply[];
  needsReview: boolean;
}

const addressOf = ({ recipientPhone, recipientEmail }: Reply): string => recipientPhone ?? recipientEmail ?? 'Unknown';

export const needsReview = ({ kind, reviewedAs }: Reply): boolean => kind === 'review' && reviewedAs === null;

/** Replies of one person together: those that wait for somebody first, then by the newest. */
export function conversationsOf(replies: readonly Reply[]): Conversation[] {
  const byKey = new Map<string, Conversation>();
  for (const reply of [...replies].sort((one, other) => other.respondedAtUtc.localeCompare(one.respondedAtUtc))) {
    const key = reply.leadId ?? addressOf(reply);
    const known = byKey.get(key) ?? {
      key,
      leadId: reply.leadId,
      name: reply.name ?? addressOf(reply),
      replies: [],
      needsReview: false,
    };
    known.replies.push(reply);
    known.needsReview ||= needsReview(reply);
    byKey.set(key, known);
  }
  return [...byKey.values()].sort((one, other) => Number(other.needsReview) - Number(one.needsReview));
}
