import { Injectable } from '@nestjs/common';
import { LineCapacity } from '../../../lines';
import { type Attempt, type Message, Messages, MessagesEnded, type Transition } from '../../../messages';
import { DomainEvents } from '../../../platform/events';
import { Gathered, type Transaction, Transactions } from '../../../platform/mongo';
import { type RecipientClaim, RecipientClaims } from '../../domain/recipient-claims';

/** A message on its way, by which attempt, and the claim on its recipient. */
export interface OnItsWay {
  sending: Message;
  attempt: Attempt;
  recipient: RecipientClaim;
}

/** What an outcome makes of a message that is being handed over. It must not have effects. */
export type Become = (sending: Message) => Transition;

interface Kept {
  way: OnItsWay;
  become: Become;
}

/** One of a group has met something else on its way: each goes alone. */
class NotTogether extends Error {}

/**
 * Records what was, or may have been, sent: what was reserved for it stays. Outcomes of a worker that come
 * while others are being recorded are recorded together, in one transaction (ADR 28).
 */
@Injectable()
export class SentOutcomes {
  private readonly gathered = new Gathered<Kept, boolean>((kept) => this.keepAll(kept));

  constructor(
    private readonly messages: Messages,
    private readonly recipientClaims: RecipientClaims,
    private readonly lineCapacity: LineCapacity,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
  ) {}

  /**
   * @returns false when somebody else has settled it
   * @throws ExternalIdTaken
   */
  keep(way: OnItsWay, become: Become): Promise<boolean> {
    return this.gathered.of({ way, become });
  }

  /** A stop may have met the message meanwhile: it decides what becomes of one that was not sent. */
  async settle({ sending, attempt }: OnItsWay, become: Become, transaction: Transaction): Promise<Transition | null> {
    const next = become(sending);
    if (await this.messages.settle(next.message, sending, attempt.token, transaction)) return next;
    const present = await this.messages.find(sending.workspaceId, sending.id, transaction);
    const isMine = present?.status === 'sending' && present.claim?.token === attempt.token;
    if (!isMine || present.stopRequested === sending.stopRequested) return null;
    const stopped = { ...sending, stopRequested: present.stopRequested };
    const instead = become(stopped);
    return (await this.messages.settle(instead.message, stopped, attempt.token, transaction)) ? instead : null;
  }

  /** Whatever goes wrong with a group, each of it goes alone: none suffers from another. */
  private async keepAll(kept: readonly Kept[]): Promise<(boolean | Promise<boolean>)[]> {
    const isDone =
      kept.length > 1 &&
      (await this.together(kept).then(
        () => true,
        () => false,
      ));
    return kept.map((one) => isDone || this.alone(one));
  }

  /** @throws NotTogether and whatever the store throws: nothing is recorded then, or each finds that it is */
  private together(kept: readonly Kept[]): Promise<void> {
    return this.transactions.once(async (transaction) => {
      const changes = kept.map(({ way: { sending: was, attempt }, become }) => ({
        ...become(was),
        was,
        token: attempt.token,
      }));
      if (!(await this.messages.settleAll(changes, transaction))) throw new NotTogether();
      await this.follow(
        kept.map(({ way }) => way),
        changes,
        transaction,
      );
    });
  }

  private alone({ way, become }: Kept): Promise<boolean> {
    return this.transactions.run(async (transaction) => {
      const settled = await this.settle(way, become, transaction);
      if (settled) await this.follow([way], [settled], transaction);
      return settled !== null;
    });
  }

  private async follow(ways: readonly OnItsWay[], settled: readonly Transition[], transaction: Transaction): Promise<void> {
    this.lineCapacity.commit(
      ways.map(({ attempt }) => attempt.reservation),
      transaction,
    );
    await this.recipientClaims.commit(
      ways.map(({ recipient }) => recipient),
      transaction,
    );
    const ended = settled.flatMap(({ message, ending }) => (ending ? [{ message, ending }] : []));
    if (ended.length > 0) await this.domainEvents.publish(new MessagesEnded(ended), transaction);
  }
}
