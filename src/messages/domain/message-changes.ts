import type { Attempt } from './attempt';
import type { CancelReason, Claim, Message } from './message';
import { AT_REST, type Change, WAITING_AGAIN } from './message-states';
import { isBegun, partCount } from './parts';

// What the transitions write. What does not depend on the message, the repository writes to many at once.

export const attempted = (message: Message, attempt: Attempt): Attempt[] => [...message.attempts.slice(0, -1), attempt];
export const openAttempt = (message: Message): Attempt => message.attempts.at(-1)!;
export const textOf = (message: Message, attempt: Attempt) => (attempt.attachment ? message.text : attempt.text);
/** What was begun keeps its address: the other parts follow the first. */
const addressKept = (message: Message) => (isBegun(message) ? message.address : null);
/** As it stands in `tried`. */
export const pairOf = (channel: string, address: string | null): string => `${channel} ${address}`;
export const triedWith = (message: Message, channel: string, address: string | null) => [
  ...message.tried,
  pairOf(channel, address),
];

export const becomeDueChange = (now: Date): Change => ({ ...AT_REST, status: 'queued', updatedAt: now });
export const claimChange = (claim: Claim, now: Date): Change => ({ status: 'pending', claim, updatedAt: now });
export const giveTurnChange = (lineId: string): Change => ({ turnLineId: lineId });
export const dropTurnChange: Change = { turnLineId: null, revision: 'next' };
export const putAsideChange = (notBefore: Date): Change => ({ notBefore });
export const cancelChange = (reason: CancelReason, now: Date): Change => ({
  ...AT_REST,
  status: 'cancelled',
  reason,
  updatedAt: now,
});
/** What is known of a hand-over of unknown outcome, which is asked about again. */
export interface StillUnknown {
  until: Date;
  /** The provider's words, once it has said something. */
  words?: string;
  /** Since when it can be asked. */
  askedSince?: Date | null;
}
export const askLaterChange = (message: Message, { until, words, askedSince }: StillUnknown): Change => ({
  claim: { ...message.claim!, until },
  ...(askedSince !== undefined && { askedSince }),
  ...(words !== undefined && { attempts: attempted(message, { ...openAttempt(message), providerMessage: words }) }),
});
/** The line or device did not work after all: the message has nothing to do with it. */
export const forgiveChange = (troubles: number): Change => ({ troubles, notBefore: null, held: null });

/** Somebody has decided that the person did not opt out. */
export const reviewOverChange: Change = { notBefore: null, held: null };

/**
 * A requeued message waits until `notBefore`, or takes part at once (`null`).
 * @param also what a gate found out meanwhile
 */
export const requeueChange = (
  notBefore: Date | null,
  now: Date,
  also: Partial<Pick<Message, 'refusals' | 'channel' | 'lineId' | 'held' | 'withoutText'>> = {},
): Change => ({ ...WAITING_AGAIN, ...also, notBefore, updatedAt: now });

export const startAttemptChange = (message: Message, attempt: Attempt, claim: Claim): Change => ({
  status: 'sending',
  claim,
  address: attempt.address,
  attempts: [...message.attempts, attempt],
  repliesUnread: message.repliesUnread,
  askedSince: null,
  updatedAt: attempt.startedAt,
});

/** @param was the status before: a receipt that was noted stays as it was first noted */
export function receiptChange(was: 'sent' | 'delivered', kind: 'delivered' | 'read', at: Date): Change {
  const noted = kind === 'delivered' ? { deliveredAt: at } : { readAt: at };
  return was === 'sent' ? { status: 'delivered', deliveredAt: at, ...noted } : noted;
}

export const sentChange = (message: Message, attempt: Attempt, sentAt: Date, now: Date): Change => ({
  ...AT_REST,
  status: 'sent',
  code: null,
  errorMessage: null,
  attempts: attempted(message, attempt),
  part: attempt.withFiles ? partCount(message) : message.part + 1,
  text: textOf(message, attempt),
  subject: attempt.subject,
  address: attempt.address,
  lineId: attempt.lineId,
  externalMessageId: attempt.externalId,
  sentAt,
  updatedAt: now,
});

export const notSentChange = (message: Message, attempt: Attempt, now: Date): Change => ({
  ...WAITING_AGAIN,
  attempts: attempted(message, attempt),
  address: addressKept(message),
  updatedAt: now,
});
