import { Injectable } from '@nestjs/common';
import type { SendOutcome } from '../../../channels';
import { LineCapacity } from '../../../lines';
import { Clock } from '../../../platform/clock';
import { DomainEvents } from '../../../platform/events';
import { isDuplicateKey, Transactions } from '../../../platform/mongo';
import {
  retryAt,
  type Attempt,
  type CancelReason,
  type Message,
  type MessageStatus,
  Messages,
  hasMore,
  isBegun,
  ofPart,
  MessageEnded,
  type Ending,
} from '../../../messages';
import { RecipientClaims, type RecipientClaim } from '../../domain/recipient-claims';

type Outcome = SendOutcome | { kind: 'not-started' };

/** Records what became of a message, and what follows from it, in one transaction. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly messages: Messages,
    private readonly recipientClaims: RecipientClaims,
    private readonly lineCapacity: LineCapacity,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {}

  /** Step 11. An unknown outcome is left as it is: it is settled once the provider's time is over. */
  async record(sending: Message, hold: RecipientClaim, outcome: Outcome, now: Date): Promise<void> {
    const attempt = sending.attempts.at(-1)!;
    if (outcome.kind === 'unknown') return;
    if (outcome.kind === 'accepted') {
      await this.accepted(sending, attempt, hold, outcome.externalId, outcome.at ?? now, now);
      return;
    }
    const ended = ending(attempt, outcome, now);
    const next = afterRefusal({ ...sending, attempts: [...sending.attempts.slice(0, -1), ended] }, attempt, outcome, now);
    await this.notSent(next, sending, attempt, hold, now);
  }

  /**
   * The provider was asked about an unknown outcome, and has one message that fits. Where another of ours is bound to it meanwhile, it proves
   * nothing for this one.
   * @returns what it was settled as; `null` when somebody else has settled it
   */
  async found(
    sending: Message,
    attempt: Attempt,
    hold: RecipientClaim,
    match: { externalId: string; at: Date },
    now: Date,
  ): Promise<'sent' | 'unknown' | null> {
    try {
      return (await this.taken(sending, attempt, hold, match.externalId, match.at, now)) ? 'sent' : null;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.unknown(sending, attempt, hold, now)) ? 'unknown' : null;
    }
  }

  /** It is proven that the provider has it. Its id may be wrong: that of another message; what counts is that it took this one. */
  private async accepted(
    sending: Message,
    attempt: Attempt,
    hold: RecipientClaim,
    externalId: string | null,
    at: Date,
    now: Date,
  ): Promise<void> {
    try {
      await this.taken(sending, attempt, hold, externalId, at, now);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      await this.taken(sending, attempt, hold, null, at, now);
    }
  }

  /** @throws a duplicate-key error when another message has the provider's id */
  private async taken(
    sending: Message,
    attempt: Attempt,
    hold: RecipientClaim,
    externalId: string | null,
    at: Date,
    now: Date,
  ): Promise<boolean> {
    const sentAt = new Date(Math.min(Math.max(at.getTime(), attempt.startedAt.getTime()), now.getTime()));
    const ended: Attempt = { ...attempt, outcome: 'accepted', endedAt: now, externalId };
    if (hasMore(sending)) return this.partAccepted(sending, ended, hold, now);
    const sent: Message = {
      ...sending,
      status: 'sent',
      code: null,
      errorMessage: null,
      claim: null,
      turnLineId: null,
      attempts: [...sending.attempts.slice(0, -1), ended],
      part: sending.part + 1,
      text: textOf(sending, attempt),
      address: attempt.address,
      lineId: attempt.lineId,
      externalMessageId: externalId,
      sentAt,
      updatedAt: now,
    };
    return this.kept(sent, sending, ended, hold, { kind: 'sent', attempt: ended, at: sentAt });
  }

  /** The provider has this part: the next is a hand-over of its own, on the same line to the same address. */
  private async partAccepted(sending: Message, ended: Attempt, hold: RecipientClaim, now: Date): Promise<boolean> {
    const next: Message = {
      ...waitingAgain(sending, now),
      attempts: [...sending.attempts.slice(0, -1), ended],
      part: sending.part + 1,
      refusals: 0,
      opensChat: false,
      text: textOf(sending, ended),
      address: ended.address,
      lineId: ended.lineId,
    };
    return this.transactions.run(async (transaction) => {
      if (!(await this.messages.settle(next, sending, ended.token, transaction))) return false;
      await this.lineCapacity.commit(ended.reservation, transaction);
      await this.recipientClaims.commit(hold, transaction);
      return true;
    });
  }

  /**
   * Nobody can tell whether it was sent: counted as sent for every limit, and never tried again by itself.
   * @returns false when somebody else has settled it
   */
  async unknown(sending: Message, attempt: Attempt, hold: RecipientClaim, now: Date): Promise<boolean> {
    const ended: Attempt = { ...attempt, outcome: 'unknown', code: 'OUTCOME_UNKNOWN', endedAt: now };
    const failed: Message = {
      ...sending,
      status: 'failed',
      code: 'OUTCOME_UNKNOWN',
      errorMessage: ofPart(sending, UNKNOWN_OUTCOME),
      claim: null,
      turnLineId: null,
      attempts: [...sending.attempts.slice(0, -1), ended],
      text: textOf(sending, attempt),
      address: attempt.address,
      lineId: attempt.lineId,
      updatedAt: now,
    };
    return this.kept(failed, sending, ended, hold, { kind: 'unknown', attempt: ended, at: attempt.startedAt });
  }

  /** Ends a claimed message that must not be sent. */
  async cancel(message: Message, reason: CancelReason): Promise<null> {
    const now = this.clock.now();
    await this.end({ ...message, status: 'cancelled', reason }, message, { kind: 'skipped', at: now }, now);
    return null;
  }

  /** Ends a claimed message that has nowhere to go. */
  async unreachable(message: Message, how: 'NO_ADDRESS' | 'fallback'): Promise<null> {
    const now = this.clock.now();
    const why: Partial<Message> =
      how === 'fallback'
        ? { status: 'fallback', code: 'NOT_ON_CHANNEL', errorMessage: `The recipient is not on ${message.channel}` }
        : { status: 'failed', code: 'NO_ADDRESS', errorMessage: `The lead has no address for ${message.channel}` };
    await this.end({ ...message, ...why }, message, { kind: 'failed', at: now }, now);
    return null;
  }

  /** Ends a claimed message whose file cannot be had. */
  async withoutFile(message: Message, detail: string): Promise<null> {
    const now = this.clock.now();
    const errorMessage = ofPart(message, detail);
    await this.end(
      { ...message, status: 'failed', code: 'ATTACHMENT_UNAVAILABLE', errorMessage },
      message,
      { kind: 'failed', at: now },
      now,
    );
    return null;
  }

  private async end(message: Message, was: Message, ending: Ending, now: Date): Promise<void> {
    const ended = { ...message, claim: null, turnOn: null, updatedAt: now };
    const { token } = message.claim!;
    await this.transactions.run(async (transaction) => {
      if (!(await this.messages.settle(ended, was, token, transaction))) return;
      await this.domainEvents.publish(new MessageEnded(ended, ending), transaction);
    });
    await this.recipientClaims.releaseAll(message.id, token);
  }

  private async kept(message: Message, was: Message, attempt: Attempt, hold: RecipientClaim, ending: Ending): Promise<boolean> {
    return this.transactions.run(async (transaction) => {
      if (!(await this.messages.settle(message, was, attempt.token, transaction))) return false;
      await this.lineCapacity.commit(attempt.reservation, transaction);
      await this.recipientClaims.commit(hold, transaction);
      await this.domainEvents.publish(new MessageEnded(message, ending), transaction);
      return true;
    });
  }

  private async notSent(message: Message, was: Message, attempt: Attempt, hold: RecipientClaim, now: Date): Promise<void> {
    await this.transactions.run(async (transaction) => {
      if (!(await this.messages.settle(message, was, attempt.token, transaction))) return;
      await this.lineCapacity.release(attempt.reservation, transaction);
      await this.recipientClaims.release(hold, transaction);
      if (message.status === 'failed')
        await this.domainEvents.publish(new MessageEnded(message, { kind: 'failed', at: now }), transaction);
    });
  }
}

function ending(attempt: Attempt, outcome: Exclude<Outcome, { kind: 'accepted' | 'unknown' }>, now: Date): Attempt {
  const { code, message } = outcome.kind === 'not-started' ? { code: null, message: null } : outcome;
  return { ...attempt, outcome: outcome.kind, endedAt: now, code, providerMessage: message };
}

const UNKNOWN_OUTCOME = 'The provider did not say whether it sent the message, and it could not be found out';

const textOf = (message: Message, attempt: Attempt): string | null => (attempt.attachment ? message.text : attempt.text);

/** Waiting for a turn again. What was begun keeps its address. */
const waitingAgain = (message: Message, now: Date): Message => ({
  ...message,
  status: 'queued',
  notBefore: null,
  claim: null,
  turnLineId: null,
  address: isBegun(message) ? message.address : null,
  revision: message.revision + 1,
  updatedAt: now,
});

/** What a message is after a hand-over that is proven not to have sent it. */
function afterRefusal(
  message: Message,
  attempt: Attempt,
  outcome: Exclude<Outcome, { kind: 'accepted' | 'unknown' }>,
  now: Date,
): Message {
  const again = waitingAgain(message, now);
  if (outcome.kind === 'not-started') return again;
  // Somebody who has the first part is on the channel; another address would get the second without it.
  if (outcome.kind === 'not-on-channel' && !isBegun(message)) {
    return { ...again, tried: [...message.tried, `${attempt.channel} ${attempt.address}`], opensChat: false };
  }
  if (outcome.kind === 'refused' && outcome.opensChat && !message.opensChat) return { ...again, opensChat: true };
  const refusals = message.refusals + 1;
  const notBefore = retryAt(refusals, now, Math.random());
  if (notBefore) return { ...again, refusals, notBefore };
  const status: MessageStatus = 'failed';
  return {
    ...again,
    status,
    refusals,
    code: outcome.code,
    errorMessage: ofPart(message, outcome.message),
    revision: message.revision,
  };
}
