import { Injectable } from '@nestjs/common';
import type { SendOutcome } from '../../../channels';
import { LineCapacity } from '../../../lines';
import {
  type Attempt,
  ExternalIdTaken,
  hasMore,
  isBegun,
  type Message,
  MessageEnded,
  Messages,
  type Transition,
  transitions,
} from '../../../messages';
import { Clock } from '../../../platform/clock';
import { DomainEvents } from '../../../platform/events';
import { Transactions } from '../../../platform/mongo';
import { type RecipientClaim, RecipientClaims } from '../../domain/recipient-claims';

type Outcome = SendOutcome | { kind: 'not-started' };
type NotSent = Exclude<Outcome, { kind: 'accepted' | 'unknown' }>;

/** A message on its way, by which attempt, and the claim on its recipient. */
export interface OnItsWay {
  sending: Message;
  attempt: Attempt;
  recipient: RecipientClaim;
}

const UNKNOWN_OUTCOME = 'The provider did not say whether it sent the message, and it could not be found out';

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

  /** An unknown outcome is left as it is: it is settled once the provider's time is over. */
  async record(way: OnItsWay, outcome: Outcome, now: Date): Promise<void> {
    if (outcome.kind === 'unknown') return;
    if (outcome.kind !== 'accepted') return this.notSent(way, transitionOf(way, outcome, now));
    const at = outcome.at ?? now;
    try {
      await this.accepted(way, { externalId: outcome.externalId, at }, now);
    } catch (error) {
      if (!(error instanceof ExternalIdTaken)) throw error;
      // It is proven that the provider has it. The id that it gives may be that of another message; what
      // counts is that it took this one.
      await this.accepted(way, { externalId: null, at }, now);
    }
  }

  /**
   * The provider was asked about an unknown outcome, and has one message that fits. Where another of ours is
   * bound to it meanwhile, it proves nothing for this one.
   * @returns what it was settled as; `null` when somebody else has settled it
   */
  async found(way: OnItsWay, match: { externalId: string; at: Date }, now: Date): Promise<'sent' | 'unknown' | null> {
    try {
      return (await this.accepted(way, match, now)) ? 'sent' : null;
    } catch (error) {
      if (!(error instanceof ExternalIdTaken)) throw error;
      return (await this.unknown(way, now)) ? 'unknown' : null;
    }
  }

  /**
   * Nobody can tell whether it was sent: it counts as sent for every limit, and is never tried again by
   * itself.
   * @returns false when somebody else has settled it
   */
  async unknown(way: OnItsWay, now: Date): Promise<boolean> {
    const ended: Attempt = { ...way.attempt, outcome: 'unknown', code: 'OUTCOME_UNKNOWN', endedAt: now };
    return this.kept({ ...way, attempt: ended }, transitions.outcomeUnknown(way.sending, ended, UNKNOWN_OUTCOME, now));
  }

  /** Ends a claimed message that a gate does not let through. */
  async end(was: Message, { message, ending }: Transition): Promise<void> {
    const { token } = was.claim!;
    await this.transactions.run(async (transaction) => {
      if (!(await this.messages.settle(message, was, token, transaction))) return;
      await this.domainEvents.publish(new MessageEnded(message, ending!), transaction);
    });
    await this.recipientClaims.releaseAll(message.id, token);
  }

  /** @throws ExternalIdTaken */
  private accepted(way: OnItsWay, { externalId, at }: { externalId: string | null; at: Date }, now: Date): Promise<boolean> {
    const ended: Attempt = { ...way.attempt, outcome: 'accepted', endedAt: now, externalId };
    const next = hasMore(way.sending)
      ? transitions.partAccepted(way.sending, ended, now)
      : transitions.sent(way.sending, ended, at, now);
    return this.kept({ ...way, attempt: ended }, next);
  }

  /** It was, or may have been, sent: what was reserved stays. */
  private async kept({ sending, attempt, recipient }: OnItsWay, { message, ending }: Transition): Promise<boolean> {
    return this.transactions.run(async (transaction) => {
      if (!(await this.messages.settle(message, sending, attempt.token, transaction))) return false;
      await this.lineCapacity.commit(attempt.reservation, transaction);
      await this.recipientClaims.commit(recipient, transaction);
      if (ending) await this.domainEvents.publish(new MessageEnded(message, ending), transaction);
      return true;
    });
  }

  /** It is proven that it was not sent: what was reserved is given back. */
  private async notSent({ sending, attempt, recipient }: OnItsWay, { message, ending }: Transition): Promise<void> {
    await this.transactions.run(async (transaction) => {
      if (!(await this.messages.settle(message, sending, attempt.token, transaction))) return;
      await this.lineCapacity.release(attempt.reservation, transaction);
      await this.recipientClaims.release(recipient, transaction);
      if (ending) await this.domainEvents.publish(new MessageEnded(message, ending), transaction);
    });
  }
}

/** What a hand-over that is proven not to have sent the message makes of it. */
function transitionOf({ sending, attempt }: OnItsWay, outcome: NotSent, now: Date): Transition {
  const { code, message } = outcome.kind === 'not-started' ? { code: null, message: null } : outcome;
  const ended: Attempt = { ...attempt, outcome: outcome.kind, endedAt: now, code, providerMessage: message };
  if (outcome.kind === 'not-started') return transitions.notStarted(sending, ended, now);
  // Somebody who has the first part is on the channel; another address would get the second without it.
  if (outcome.kind === 'not-on-channel' && !isBegun(sending)) return transitions.notOnChannel(sending, ended, now);
  return transitions.refused(sending, ended, outcome, { now, random: Math.random() });
}
