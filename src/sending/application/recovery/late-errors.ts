import { Injectable } from '@nestjs/common';
import type { DeliveryError } from '../../../channels';
import { LineCapacity } from '../../../lines';
import {
  isOneCall,
  mayHaveArrived,
  type Message,
  Messages,
  MessagesEnded,
  MessagesReady,
  type Transition,
  transitions,
} from '../../../messages';
import { Clock } from '../../../platform/clock';
import { DomainEvents } from '../../../platform/events';
import type { Transaction } from '../../../platform/mongo';
import { ArrivedAfterAll, SendFailedLate } from '../../../replies';
import { SuppressionWrites } from '../../../suppressions';
import { blockedBy, Outcomes } from '../delivery/outcomes';
import { onItsWay } from './evidence';

/** Is there another address or channel, or may what was in the way pass? */
const mayGoOn = (message: Message, { notOnChannel, mayPass = false }: DeliveryError): boolean =>
  notOnChannel || (mayPass && transitions.mayGoOnceMore(message));

const goneOn = (message: Message, { notOnChannel, code }: DeliveryError, now: Date): Transition =>
  notOnChannel ? transitions.notOnChannelLate(message, code, now) : transitions.goesOnceMore(message, code, now);

/**
 * A provider says of a message that it took that it was not sent after all. Somebody who is still wanted is
 * tried at the next address, or by the next channel, or once more, later.
 */
@Injectable()
export class LateErrors {
  constructor(
    private readonly messages: Messages,
    private readonly outcomes: Outcomes,
    private readonly suppressionWrites: SuppressionWrites,
    private readonly lineCapacity: LineCapacity,
    private readonly clock: Clock,
    private readonly domainEvents: DomainEvents,
  ) {
    domainEvents.on(SendFailedLate, (event, transaction) => this.record(event, transaction));
    domainEvents.on(ArrivedAfterAll, (event, transaction) => this.takeBack(event, transaction));
  }

  /** What a provider said against an attempt was wrong: the message does not go once more. */
  private async takeBack({ workspaceId, messageId, arrived }: ArrivedAfterAll, transaction: Transaction): Promise<void> {
    const message = await this.messages.find(workspaceId, messageId, transaction);
    const lost = message && transitions.lostAttempt(message);
    if (message?.status !== 'queued' || lost?.providerId !== arrived.providerId) return;
    const { message: arrivedNow, ending } = transitions.arrivedAfterAll(message, arrived, this.clock.now());
    if (!(await this.messages.settle(arrivedNow, message, null, transaction))) return;
    await this.lineCapacity.countAgain(lost.reservation, transaction);
    await this.domainEvents.publish(new MessagesEnded([{ message: arrivedNow, ending: ending! }]), transaction);
  }

  private async record({ workspaceId, messageId, error }: SendFailedLate, transaction: Transaction): Promise<void> {
    // Read here, so that a receipt that comes at the same moment is not written over.
    const message = await this.messages.find(workspaceId, messageId, transaction);
    if (!message || !transitions.mayFailLate(message)) return;
    const [now, attempt] = [this.clock.now(), message.attempts.at(-1)!];
    const goesOn = mayGoOn(message, error) && (await this.isWanted(message, transaction));
    const late = goesOn ? goneOn(message, error, now) : transitions.failedLate(message, error.code, now);
    if (!(await this.messages.settle(late.message, message, null, transaction))) return;
    if (message.status === 'sent' && isOneCall(message)) {
      await this.outcomes.giveBack(onItsWay(message, attempt), transaction);
    }
    if (error.blocked && message.status !== 'delivered') {
      const block = { why: error.blocked, message: `The provider says ${error.code}` };
      await this.suppressionWrites.add([blockedBy({ message, attempt }, block, now)], transaction);
    }
    if (late.ending)
      await this.domainEvents.publish(new MessagesEnded([{ message: late.message, ending: late.ending }]), transaction);
    // Its line has nothing else to wake it up.
    if (goesOn) await this.domainEvents.publish(new MessagesReady(workspaceId), transaction);
  }

  /**
   * Nobody stopped it, and no later step may have arrived: the person is not to get them in the wrong order.
   */
  private async isWanted(message: Message, transaction: Transaction): Promise<boolean> {
    if (message.status !== 'sent' || message.stopRequested !== null || !isOneCall(message)) return false;
    if (!message.enrollmentId) return true;
    const all = await this.messages.ofEnrollments(message.workspaceId, [message.enrollmentId], transaction);
    return !all.some(({ stepIndex, attempts }) => stepIndex! > message.stepIndex! && attempts.some(mayHaveArrived));
  }
}
