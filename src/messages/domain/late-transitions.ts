import type { Attempt } from './attempt';
import { isWaiting, type Message } from './message';
import { attempted, notSentChange, openAttempt, pairOf, receiptChange, sentChange, triedWith } from './message-changes';
import type { ReceiptKind } from './message-receipt';
import { AT_REST, become, type Change, permit, type Transition, WAITING_AGAIN } from './message-states';
import { isBegun, isOneCall } from './parts';
import { onceMoreAt } from './retry-schedule';

// What is found out of a message after its hand-over has ended. Part of message-transitions.ts.

/** Of a message of several parts, one may be lost while it waits for the next: that is late too. */
export const mayFailLate = (message: Message): boolean =>
  message.status === 'sent' || message.status === 'delivered' || (message.status === 'queued' && isBegun(message));

/**
 * The provider took it, and says now that it could not send it. What was delivered stays delivered: the error
 * is noted on its attempt.
 */
export function failedLate(message: Message, code: string, now: Date): Transition {
  if (message.status === 'delivered') {
    return become('failedLate', message, { attempts: withCode(message, code) });
  }
  permit(mayFailLate(message), 'failedLate', message);
  return become(
    'failedLate',
    message,
    {
      ...AT_REST,
      part: isOneCall(message) ? 0 : message.part,
      status: 'failed',
      code,
      errorMessage: 'The provider could not send the message after all',
      updatedAt: now,
    },
    { kind: 'failed', at: now },
  );
}

/** What the provider says against the last attempt is noted on it. */
const withCode = ({ attempts }: Message, code: string): Attempt[] =>
  attempts.map((attempt, index) => (index === attempts.length - 1 ? { ...attempt, code } : attempt));

/**
 * The provider took it, and says now that the address is not on the channel: it goes on with the next
 * address, or channel.
 */
export const notOnChannelLate = (message: Message, code: string, now: Date) =>
  become(
    'notOnChannelLate',
    message,
    {
      ...WAITING_AGAIN,
      part: 0,
      attempts: withCode(message, code),
      tried: triedWith(message, message.channel, message.address),
      sentAt: null,
      address: null,
      externalMessageId: null,
      updatedAt: now,
    },
    { kind: 'reopened', at: now },
  );

/**
 * The provider took it, and says now that it did not arrive, for a reason that may pass: it is sent once
 * more, later.
 * @throws IllegalTransition when it has been sent once more already
 */
export function goesOnceMore(message: Message, code: string, now: Date): Transition {
  permit(mayGoOnceMore(message), 'goesOnceMore', message);
  return become(
    'goesOnceMore',
    message,
    {
      ...WAITING_AGAIN,
      part: 0,
      attempts: withCode(message, code),
      notBefore: onceMoreAt(now),
      sentAt: null,
      address: null,
      externalMessageId: null,
      updatedAt: now,
    },
    { kind: 'reopened', at: now },
  );
}

/**
 * The provider says that the attempt arrived after all, of which it had said the opposite: nothing is to be
 * sent once more.
 * @throws IllegalTransition unless the message waits to be sent once more
 */
export function arrivedAfterAll(message: Message, { kind, at }: { kind: ReceiptKind; at: Date }, now: Date): Transition {
  const lost = lostAttempt(message);
  permit(lost !== null, 'arrivedAfterAll', message);
  const attempt: Attempt = { ...lost!, code: null };
  const sentAt = attempt.endedAt ?? attempt.startedAt;
  const change = { ...sentChange(message, attempt, sentAt, now), ...receiptChange('sent', kind, at) };
  return become('arrivedAfterAll', message, change, { kind: 'sent', attempt, at: sentAt });
}

/** Has it not been sent once more yet? Only one that is a single call can be. */
export const mayGoOnceMore = (message: Message): boolean => isOneCall(message) && !message.attempts.some(isLost(message));

/** The attempt that did not arrive, of a message that goes once more; `null` where it does not. */
export function lostAttempt(message: Message): Attempt | null {
  const last = message.attempts.at(-1);
  return last && isWaiting(message.status) && isLost(message)(last) ? last : null;
}

/** Others that a provider took and said something against are of an address that is not on the channel. */
const isLost =
  ({ tried }: Message) =>
  ({ outcome, code, channel, address }: Attempt): boolean =>
    outcome === 'accepted' && code !== null && !tried.includes(pairOf(channel, address));

/**
 * What became of a message of unknown outcome, once it is known. `refused`: the provider's book says that it
 * was not sent, and why; it is not sent again.
 */
export type Resolution =
  | { as: 'sent'; at: Date; externalId: string | null }
  /** `isOnChannel: false`: the provider's book says that the address is not. */
  | { as: 'not_sent'; isOnChannel: boolean }
  | { as: 'refused'; code: string };

/** @throws IllegalTransition unless the message failed with `OUTCOME_UNKNOWN` */
export function resolveUnknown(message: Message, resolution: Resolution, now: Date): Transition {
  permit(message.code === 'OUTCOME_UNKNOWN', 'resolveUnknown', message);
  const open = openAttempt(message);
  if (resolution.as === 'sent') {
    const attempt: Attempt = { ...open, outcome: 'accepted', code: null, externalId: resolution.externalId };
    const change = sentChange(message, attempt, resolution.at, now);
    return become('resolveUnknown', message, change, { kind: 'sent', attempt, at: resolution.at });
  }
  if (resolution.as === 'refused') {
    const attempt: Attempt = { ...open, outcome: 'refused', code: resolution.code };
    const change: Change = { code: resolution.code, attempts: attempted(message, attempt), updatedAt: now };
    return become('resolveUnknown', message, change, { kind: 'failed', at: now });
  }
  const attempt: Attempt = { ...open, outcome: 'not-started', code: null };
  const tried = resolution.isOnChannel ? message.tried : triedWith(message, open.channel, open.address);
  const again = { ...notSentChange(message, attempt, now), tried, code: null, errorMessage: null };
  return become('resolveUnknown', message, again, { kind: 'reopened', at: now });
}
