import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LineCapacity } from '../../../lines';
import { type Message, Messages } from '../../../messages';
import { Clock, withTimeout } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { SendingFormat } from '../../../platform/sending-format';
import { Ticks } from '../../../platform/ticks';
import { askedAgainAfter } from '../../domain/asking-again';
import { LineSchedules } from '../../domain/line-schedules';
import { RecipientClaims } from '../../domain/recipient-claims';
import { RecipientSends } from '../../domain/recipient-sends';
import { Outcomes } from '../delivery/outcomes';
import { SendSignals } from '../send-signals';
import { onItsWay } from './evidence';
import { UnknownOutcomes } from './unknown-outcomes';

const RESCUE_BATCH_SIZE = 100;
/** Messages that are recovered at the same time: each may have to wait for a provider or a lock. */
const AT_ONCE = 20;
/** The others do not wait longer for them, in milliseconds. */
const WORK_WITHIN_MS = 30_000;
/** An outcome that nobody can tell is given up after so many milliseconds. */
const GIVE_UP_AFTER_MS = 7 * 86_400_000;

/**
 * Picks up what dead workers left: claims are released; hand-overs of unknown outcome are settled by asking
 * the provider.
 */
@Injectable()
export class Rescuer implements OnModuleInit {
  private readonly logger = new Logger(Rescuer.name);

  constructor(
    private readonly messages: Messages,
    private readonly outcomes: Outcomes,
    private readonly lineSchedules: LineSchedules,
    private readonly recipientClaims: RecipientClaims,
    private readonly lineCapacity: LineCapacity,
    private readonly recipientSends: RecipientSends,
    private readonly unknownOutcomes: UnknownOutcomes,
    private readonly sendSignals: SendSignals,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly sendingFormat: SendingFormat,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    const nextAt = () => this.messages.nextOverdueAt();
    this.ticks.every('recover sends', this.config.TICK_MS, () => this.recover(), { concerns: ['messages'], nextAt });
  }

  async recover(): Promise<void> {
    if (!(await this.sendingFormat.isOwn())) return;
    const now = this.clock.now();
    await this.each(await this.messages.overdue('pending', now, RESCUE_BATCH_SIZE), (message) => this.release(message));
    await this.each(await this.messages.overdue('sending', now, RESCUE_BATCH_SIZE), (message) => this.settle(message));
  }

  /**
   * One message that cannot be handled, or that a dead worker's transaction holds, delays none of the others.
   */
  private async each(messages: readonly Message[], work: (message: Message) => Promise<void>): Promise<void> {
    for (let at = 0; at < messages.length; at += AT_ONCE) {
      const some = messages.slice(at, at + AT_ONCE);
      await Promise.all(some.map((message) => withTimeout(this.alone(message, work), WORK_WITHIN_MS, undefined)));
    }
  }

  private async alone(message: Message, work: (message: Message) => Promise<void>): Promise<void> {
    await work(message).catch((error: unknown) => {
      this.logger.error({ err: error, messageId: message.id }, 'A message could not be recovered; it is tried again');
    });
  }

  /** Nothing was handed over, so what was reserved is given back and another worker may claim it. */
  private async release(message: Message): Promise<void> {
    const { token } = message.claim!;
    const now = this.clock.now();
    if (!(await this.messages.requeue(message, null, now))) return;
    await this.lineCapacity.releaseAll(message.id, token, now);
    await this.recipientClaims.releaseAll(message.id, token);
    await this.recipientSends.releaseAll(message.id, token);
    if (!message.turnLineId) return;
    await this.lineSchedules.clear(message.turnLineId, message.id, now);
    // It may have taken the line already.
    await this.lineSchedules.ended(message.turnLineId, token, now, now);
    await this.lineSchedules.landed(message.turnLineId, token, now);
  }

  /**
   * Exactly one message in the provider's book that fits and belongs to no other of ours: it was sent, or
   * refused, as the book has it. Anything else stays unknown: that nothing was found is no evidence that
   * nothing was sent. A provider that cannot be asked is asked again for days; one that can, for 15 minutes.
   */
  private async settle(message: Message): Promise<void> {
    const attempt = message.attempts.at(-1)!;
    const now = this.clock.now();
    // The line has long been free again; nothing else is known of the end of the attempt.
    await this.lineSchedules.ended(attempt.lineId, attempt.token, now, now);
    await this.lineSchedules.landed(attempt.lineId, attempt.token, now);
    const found = await this.unknownOutcomes.settleByBook(message);
    if (found.kind === 'one') return;
    const askedSince = message.askedSince ?? (found.kind === 'not-askable' ? null : now);
    const giveUpMs = this.config.OUTCOME_GIVE_UP_SECONDS * 1_000;
    const sinceMs = now.getTime() - attempt.startedAt.getTime();
    const isOver = found.kind === 'never-askable' || sinceMs >= GIVE_UP_AFTER_MS;
    const wasAsked = askedSince && now.getTime() - askedSince.getTime() >= giveUpMs;
    if (!isOver && !wasAsked) {
      return this.messages.askLater(message, {
        until: new Date(now.getTime() + askedAgainAfter(sinceMs, found.kind !== 'not-askable', giveUpMs)),
        askedSince,
      });
    }
    if (await this.outcomes.unknown(onItsWay(message, attempt), now)) {
      this.sendSignals.settled(message, 'unknown');
    }
  }
}
