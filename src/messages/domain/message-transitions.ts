import type { Attempt } from './attempt';
import type { CancelReason, Claim, Message } from './message';
import {
  askLaterChange,
  attempted,
  becomeDueChange,
  cancelChange,
  claimChange,
  dropTurnChange,
  forgiveChange,
  giveTurnChange,
  notSentChange,
  putAsideChange,
  receiptChange,
  requeueChange,
  sentChange,
  startAttemptChange,
  type StillUnknown,
  textOf,
  triedWith,
} from './message-changes';
import { AT_REST, become, type Change, permit, type Transition, WAITING_AGAIN } from './message-states';
import { isBegun, ofPart } from './parts';
import { retryAt } from './retry-schedule';

// Every change of a message's status, claim, revision and turn. Nothing else writes them: services call these
// functions, and the repository's conditional updates are made of the same changes.

export * from './late-transitions';

// The life of a message.

/** Its time has come. */
export const becomeDue = (message: Message, now: Date) => become('becomeDue', message, becomeDueChange(now));
/** A follow-up learns when it is due, since the step before it has ended. */
export const schedule = (message: Message, plan: Pick<Message, 'dueAt' | 'lineId' | 'channel' | 'preferredAddress'>, now: Date) =>
  become('schedule', message, { ...plan, updatedAt: now });
/** It is the line's next. */
export const giveTurn = (message: Message, lineId: string) => become('giveTurn', message, giveTurnChange(lineId));
/** It is the line's next no more. */
export const dropTurn = (message: Message) => become('dropTurn', message, dropTurnChange);
/** It is not to be looked at before. */
export const putAside = (message: Message, notBefore: Date) => become('putAside', message, putAsideChange(notBefore));
/** A worker takes it. */
export const claim = (message: Message, by: Claim, now: Date) => become('claim', message, claimChange(by, now));
/** A gate said no: it goes back to waiting. */
export const requeue = (message: Message, ...how: Parameters<typeof requeueChange>) =>
  become('requeue', message, requeueChange(...how));
/** It is handed over from now on. @param by until when nobody asks what became of it */
export const startAttempt = (message: Message, attempt: Attempt, by: Claim) =>
  become('startAttempt', message, startAttemptChange(message, attempt, by));
/** Nobody knows yet what became of it; it is asked about again later. */
export const askLater = (message: Message, still: StillUnknown) => become('askLater', message, askLaterChange(message, still));

/** The provider has this part: the next is a hand-over of its own, on the same line to the same address. */
export const partAccepted = (message: Message, attempt: Attempt, now: Date) =>
  become('partAccepted', message, {
    ...WAITING_AGAIN,
    attempts: attempted(message, attempt),
    part: message.part + 1,
    refusals: 0,
    troubles: 0,
    opensChat: false,
    text: textOf(message, attempt),
    address: attempt.address,
    lineId: attempt.lineId,
    updatedAt: now,
  });

/**
 * The provider has all of it.
 * @param at the provider's time; it is kept between the attempt's start and `now`
 */
export function sent(message: Message, attempt: Attempt, at: Date, now: Date): Transition {
  const sentAt = new Date(Math.min(Math.max(at.getTime(), attempt.startedAt.getTime()), now.getTime()));
  return become('sent', message, sentChange(message, attempt, sentAt, now), { kind: 'sent', attempt, at: sentAt });
}

/** What a provider says when it refuses a message, and the message is to blame. */
export interface Refusal {
  code: string;
  message: string;
  /** Opening a conversation first may help. */
  opensChat?: boolean;
  /** It would be refused again. */
  final?: boolean;
}

/**
 * It is proven that nothing was sent: tried again later, three times, and then the end.
 * @param random 0 to 1, spreads the retries
 */
export function refused(message: Message, attempt: Attempt, refusal: Refusal, when: { now: Date; random: number }): Transition {
  const { now } = when;
  const again = notSentChange(message, attempt, now);
  if (refusal.opensChat && !message.opensChat) return become('refused', message, { ...again, opensChat: true });
  const refusals = message.refusals + 1;
  const notBefore = refusal.final ? null : retryAt(refusals, now, when.random);
  if (notBefore) return become('refused', message, { ...again, refusals, notBefore });
  const { revision: _, ...last } = again;
  const failure = { status: 'failed', refusals, code: refusal.code, errorMessage: ofPart(message, refusal.message) } as const;
  return become('refused', message, { ...last, ...failure }, { kind: 'failed', at: now });
}

/** Nothing reached the provider. It costs the message nothing. */
export const notStarted = (message: Message, attempt: Attempt, now: Date) =>
  become('notStarted', message, notSentChange(message, attempt, now));

/** A message that meets the second failure of a line which works is put behind: 1 min, doubling, to 6 h. */
const FIRST_TROUBLE_WAIT_MS = 60_000;
const MAX_TROUBLE_WAIT_MS = 6 * 3_600_000;

/**
 * It is proven that nothing was sent, and the line, the account or the device is to blame. It costs the
 * message nothing. Whether these work is found out right after; if they do not, the message is forgiven.
 * @param firstWaitMs how long it is put behind by its second failure, in milliseconds
 */
export function notToBlame(message: Message, attempt: Attempt, now: Date, firstWaitMs = FIRST_TROUBLE_WAIT_MS): Transition {
  const troubles = message.troubles + 1;
  const wait = Math.min(MAX_TROUBLE_WAIT_MS, firstWaitMs * 2 ** (troubles - 2));
  const aside: Change =
    troubles < 2
      ? {}
      : {
          notBefore: new Date(now.getTime() + wait),
          held: { reason: 'provider_trouble', detail: attempt.providerMessage },
        };
  return become('notToBlame', message, { ...notSentChange(message, attempt, now), troubles, ...aside });
}

/** The line or device does not work: the message is as it was before it met that. */
export const forgive = (message: Message, troubles: number) => become('forgive', message, forgiveChange(troubles));

/** The address is not on the channel: the next address, or the next channel. */
export const notOnChannel = (message: Message, attempt: Attempt, now: Date) =>
  become('notOnChannel', message, {
    ...notSentChange(message, attempt, now),
    tried: triedWith(message, attempt.channel, attempt.address),
    opensChat: false,
  });

/**
 * Nobody can tell whether it was sent: it counts as sent for every limit, and is never tried again by itself.
 */
export const outcomeUnknown = (message: Message, attempt: Attempt, detail: string, now: Date) =>
  become(
    'outcomeUnknown',
    message,
    {
      ...AT_REST,
      status: 'failed',
      code: 'OUTCOME_UNKNOWN',
      errorMessage: ofPart(message, detail),
      attempts: attempted(message, attempt),
      text: textOf(message, attempt),
      subject: attempt.subject,
      address: attempt.address,
      lineId: attempt.lineId,
      updatedAt: now,
    },
    { kind: 'unknown', attempt, at: attempt.startedAt },
  );

/**
 * The provider will never take it for this address: its person opted out there, or the address is bad for
 * good.
 */
export function blocked(
  message: Message,
  attempt: Attempt,
  why: 'opted_out' | 'bad_address',
  also: { hasOther: boolean; now: Date },
) {
  const { now } = also;
  const again = notSentChange(message, attempt, now);
  const { revision: _, ...last } = again;
  if (why === 'opted_out') {
    return become('blocked', message, { ...last, status: 'cancelled', reason: 'opted_out' }, { kind: 'skipped', at: now });
  }
  const tried = triedWith(message, attempt.channel, attempt.address);
  if (also.hasOther) return become('blocked', message, { ...again, tried });
  const failure = { status: 'failed', tried, code: 'BAD_ADDRESS', errorMessage: attempt.providerMessage } as const;
  return become('blocked', message, { ...last, ...failure }, { kind: 'failed', at: now });
}

/** Why a message ends before anything was handed over. */
export type EndReason =
  { status: 'cancelled'; reason: CancelReason } | { status: 'fallback' | 'failed'; code: string; errorMessage: string };

/** A gate found that it must not, or cannot, be sent. */
export const end = (message: Message, why: EndReason, now: Date): Transition =>
  become(
    'end',
    message,
    { ...AT_REST, ...why, updatedAt: now },
    { kind: why.status === 'cancelled' ? 'skipped' : 'failed', at: now },
  );

/** Somebody or something stopped it. */
export const cancel = (message: Message, reason: CancelReason, now: Date) =>
  become('cancel', message, cancelChange(reason, now), { kind: 'skipped', at: now });

/** The line that it was to use, and no other, is gone for good. */
export const lineRemoved = (message: Message, now: Date) =>
  become(
    'lineRemoved',
    message,
    {
      ...AT_REST,
      status: 'failed',
      code: 'LINE_REMOVED',
      errorMessage: 'The line that was asked for was removed',
      updatedAt: now,
    },
    { kind: 'failed', at: now },
  );

const receipt = (message: Message, kind: 'delivered' | 'read', at: Date) => {
  const was = message.status === 'sent' ? 'sent' : 'delivered';
  const noted = was === 'delivered' && message[kind === 'delivered' ? 'deliveredAt' : 'readAt'] !== null;
  return become(kind, message, noted ? {} : receiptChange(was, kind, at));
};
/** The provider says that it arrived. */
export const delivered = (message: Message, at: Date) => receipt(message, 'delivered', at);
/** The provider says that it was read; so it arrived. */
export const read = (message: Message, at: Date) => receipt(message, 'read', at);

/**
 * Somebody sends it again by hand: as if it had never been tried, but for the parts that the provider has.
 */
export function retry(message: Message, now: Date): Transition {
  permit(message.stopRequested !== 'opted_out', 'retry', message);
  return become('retry', message, {
    ...WAITING_AGAIN,
    code: null,
    errorMessage: null,
    stopRequested: null,
    dueAt: now,
    refusals: 0,
    troubles: 0,
    ...(!isBegun(message) && { tried: [], address: null }),
    updatedAt: now,
  });
}

/** The step before it is open again: it waits for that one anew. */
export const suspend = (message: Message, now: Date) =>
  become('suspend', message, { ...WAITING_AGAIN, status: 'scheduled', dueAt: null, updatedAt: now });

/**
 * The step before it was sent after all: it is no longer cancelled for that.
 * @throws IllegalTransition when it was for another reason
 */
export function resume(message: Message, now: Date): Transition {
  permit(message.reason === 'previous_step_failed', 'resume', message);
  return become('resume', message, { ...WAITING_AGAIN, status: 'scheduled', reason: null, dueAt: null, updatedAt: now });
}

/** The steps of its campaign were edited. */
export const replan = (message: Message, step: Pick<Message, 'stepIndex' | 'channel' | 'lineId' | 'dueAt'>, now: Date) =>
  become('replan', message, { ...step, ...WAITING_AGAIN, status: 'scheduled', updatedAt: now });
