import { Injectable } from '@nestjs/common';
import { type DeliveryError, outcomeOfError, type SendOutcome } from '../../../channels';
import { LineCapacity } from '../../../lines';
import {
  type Attempt,
  ExternalIdTaken,
  hasMore,
  isBegun,
  type Message,
  Messages,
  MessagesEnded,
  type Transition,
  transitions,
} from '../../../messages';
import { Clock } from '../../../platform/clock';
import { DomainEvents } from '../../../platform/events';
import { retryOnConflict, type Transaction, Transactions } from '../../../platform/mongo';
import { cutText } from '../../../platform/texts';
import { type NewSuppression, suppressionChannelOf, SuppressionWrites } from '../../../suppressions';
import { RecipientClaims } from '../../domain/recipient-claims';
import { type CountedFor, RecipientSends } from '../../domain/recipient-sends';
import { type Become, type OnItsWay, SentOutcomes } from './sent-outcomes';

type NotSent = Exclude<SendOutcome, { kind: 'accepted' | 'unknown' }>;

/** The latest messages to an address that are looked at for one that the line knows somebody by. */
const LOOKED_AT = 50;

const UNKNOWN_OUTCOME = 'The provider did not say whether it sent the message, and it could not be found out';

/** Records what became of a message, and what follows from it, in one transaction. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly sentOutcomes: SentOutcomes,
    private readonly messages: Messages,
    private readonly recipientClaims: RecipientClaims,
    private readonly lineCapacity: LineCapacity,
    private readonly recipientSends: RecipientSends,
    private readonly suppressionWrites: SuppressionWrites,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {}

  /** Of an unknown outcome the provider's words are kept: it is settled once the provider's time is over. */
  async record(way: OnItsWay, outcome: SendOutcome, now: Date): Promise<void> {
    if (outcome.kind === 'unknown') {
      return this.messages.askLater(way.sending, { until: way.sending.claim!.until, words: outcome.message });
    }
    if (outcome.kind !== 'accepted') {
      const become = (sending: Message) => transitionOf({ ...way, sending }, outcome, now);
      return this.notSent(
        way,
        become,
        outcome.kind === 'blocked' ? blockedBy({ message: way.sending, attempt: way.attempt }, outcome, now) : null,
      );
    }
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
    const { providerMessage } = way.attempt;
    const detail = providerMessage ? `${UNKNOWN_OUTCOME}: ${providerMessage}` : UNKNOWN_OUTCOME;
    return this.sentOutcomes.keep({ ...way, attempt: ended }, (sending) =>
      transitions.outcomeUnknown(sending, ended, detail, now),
    );
  }

  /** The provider's book shows that it was not sent. */
  async refusedInBook(
    way: OnItsWay,
    { error, externalId }: { error: DeliveryError; externalId: string },
    now: Date,
  ): Promise<void> {
    const outcome = outcomeOfError(error, "the message stands in the provider's book with an error", externalId);
    await this.notSent(way, (sending) => transitionOf({ ...way, sending }, outcome, now));
  }

  /** Ends a claimed message that a gate does not let through. */
  async end(was: Message, { message, ending }: Transition): Promise<void> {
    const { token } = was.claim!;
    await this.transactions.run(async (transaction) => {
      if (!(await this.messages.settle(message, was, token, transaction))) return;
      await this.domainEvents.publish(new MessagesEnded([{ message, ending: ending! }]), transaction);
    });
    await this.recipientClaims.releaseAll(message.id, token);
  }

  /** @throws ExternalIdTaken */
  private accepted(way: OnItsWay, { externalId, at }: { externalId: string | null; at: Date }, now: Date): Promise<boolean> {
    const ended: Attempt = { ...way.attempt, outcome: 'accepted', endedAt: now, externalId };
    const isLast = ended.withFiles || !hasMore(way.sending);
    return this.sentOutcomes.keep({ ...way, attempt: ended }, (sending) =>
      isLast ? transitions.sent(sending, ended, at, now) : transitions.partAccepted(sending, ended, now),
    );
  }

  /** What was kept for one that turned out not to have been sent is given back. Its caller does it once. */
  async giveBack(way: OnItsWay, transaction: Transaction): Promise<void> {
    const { attempt, recipient } = way;
    await this.recipientSends.release(countedFor(way), transaction);
    await this.lineCapacity.giveBack(attempt.reservation, transaction);
    await this.recipientClaims.free(recipient, await this.othersTo(way), transaction);
  }

  /** What else the line has sent to the address, as far as it is known. */
  private async othersTo({ sending, attempt: { address, lineId } }: OnItsWay): Promise<Message[]> {
    const sent = await this.messages.sentTo(sending.workspaceId, [address], this.clock.now(), LOOKED_AT);
    const isSent = ({ status }: Message) => status === 'sent' || status === 'delivered';
    return sent.filter((other) => other.id !== sending.id && other.lineId === lineId && isSent(other));
  }

  /** It is proven that it was not sent: what was reserved is released. */
  private async notSent(way: OnItsWay, become: Become, suppression: NewSuppression | null = null): Promise<void> {
    await retryOnConflict(this.transactions, async (transaction) => {
      const settled = await this.sentOutcomes.settle(way, become, transaction);
      if (!settled) return;
      if (suppression) await this.suppressionWrites.add([suppression], transaction);
      await this.lineCapacity.release(way.attempt.reservation, transaction);
      await this.recipientClaims.release(way.recipient, transaction);
      await this.recipientSends.release(countedFor(way), transaction);
      if (settled.ending)
        await this.domainEvents.publish(new MessagesEnded([{ message: settled.message, ending: settled.ending }]), transaction);
    });
  }
}

/** What a provider's refusal says of the address: the person opted out there, or it is bad for good. */
export function blockedBy(
  { message: { workspaceId, leadId }, attempt }: { message: Message; attempt: Attempt },
  { why, message: words }: Pick<Extract<NotSent, { kind: 'blocked' }>, 'why' | 'message'>,
  now: Date,
): NewSuppression {
  return {
    workspaceId,
    address: attempt.address,
    domain: null,
    channel: suppressionChannelOf(attempt.channel, attempt.address),
    reason: why === 'opted_out' ? 'provider' : 'invalid',
    source: 'event',
    text: null,
    replyId: null,
    byWord: false,
    leadIds: leadId ? [leadId] : [],
    reviewUntil: null,
    note: cutText(words, 1_000),
    createdAt: now,
    createdBy: null,
  };
}

const countedFor = ({ sending, attempt: { address, token } }: OnItsWay): CountedFor => ({
  workspaceId: sending.workspaceId,
  address,
  messageId: sending.id,
  token,
});

/** What a hand-over that is proven not to have sent the message makes of it. */
function transitionOf({ sending, attempt }: OnItsWay, outcome: NotSent, now: Date): Transition {
  const { code, message } = outcome.kind === 'not-started' ? { code: null, message: null } : outcome;
  const kind = outcome.kind === 'throttled' ? 'not-to-blame' : outcome.kind;
  const externalId = ('externalId' in outcome && outcome.externalId) || null;
  const ended: Attempt = { ...attempt, outcome: kind, endedAt: now, code, providerMessage: message, externalId };
  switch (outcome.kind) {
    case 'not-started':
      return transitions.notStarted(sending, ended, now);
    case 'not-to-blame':
      return transitions.notToBlame(sending, ended, now);
    case 'throttled':
      // Whoever was too fast waits as long as was asked, and no minute for a second time.
      return transitions.notToBlame(sending, ended, now, outcome.retryAfterMs);
    case 'blocked':
      // The address gate looks for another address, and ends the message where there is none.
      return transitions.blocked(sending, ended, outcome.why, { hasOther: outcome.why === 'bad_address', now });
    case 'not-on-channel':
      // Somebody who has the first part is on the channel; another address would get the second without it.
      if (!isBegun(sending)) return transitions.notOnChannel(sending, ended, now);
      return transitions.refused(sending, ended, outcome, { now, random: Math.random() });
    case 'refused':
      return transitions.refused(sending, ended, outcome, { now, random: Math.random() });
  }
}
