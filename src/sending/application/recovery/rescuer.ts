import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Channels } from '../../../channels';
import { LineCapacity, Lines, LinesService } from '../../../lines';
import { type Attempt, fits, type Message, Messages } from '../../../messages';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { SendingFormat } from '../../../platform/sending-format';
import { Ticks } from '../../../platform/ticks';
import { LineSchedules } from '../../domain/line-schedules';
import { RecipientClaims } from '../../domain/recipient-claims';
import { Outcomes } from '../delivery/outcomes';

const RESCUE_BATCH_SIZE = 100;
/** A provider that cannot be asked is asked again after this. */
const ASK_INTERVAL_MS = 15_000;

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
    private readonly lines: Lines,
    private readonly linesService: LinesService,
    private readonly channels: Channels,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly sendingFormat: SendingFormat,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('recover sends', this.config.TICK_MS, () => this.recover());
  }

  async recover(): Promise<void> {
    if (!(await this.sendingFormat.isOwn())) return;
    for (const message of await this.messages.overdue('pending', this.clock.now(), RESCUE_BATCH_SIZE))
      await this.release(message);
    for (const message of await this.messages.overdue('sending', this.clock.now(), RESCUE_BATCH_SIZE)) await this.settle(message);
  }

  /** Nothing was handed over, so what was reserved is given back and another worker may claim it. */
  private async release(message: Message): Promise<void> {
    const { token } = message.claim!;
    const now = this.clock.now();
    if (!(await this.messages.requeue(message, null, now))) return;
    await this.lineCapacity.releaseAll(message.id, token, now);
    await this.recipientClaims.releaseAll(message.id, token);
    if (!message.turnLineId) return;
    await this.lineSchedules.clear(message.turnLineId, message.id, now);
    // It may have taken the line already.
    await this.lineSchedules.ended(message.turnLineId, token, now, now);
  }

  /**
   * Exactly one message of the provider that fits and belongs to no other of ours: it was sent. Anything else
   * stays unknown: that nothing was found is no evidence that nothing was sent.
   */
  private async settle(message: Message): Promise<void> {
    const attempt = message.attempts.at(-1)!;
    const now = this.clock.now();
    const { lineId, address, token } = attempt;
    const way = { sending: message, attempt, recipient: { message, lineId, address, token } };
    const found = await this.find(message, attempt);
    if (found === null && now.getTime() - attempt.startedAt.getTime() < this.config.OUTCOME_GIVE_UP_SECONDS * 1_000) {
      return this.messages.askLater(message, new Date(now.getTime() + ASK_INTERVAL_MS));
    }
    const [only, ...others] = found ?? [];
    const settledAs =
      only && others.length === 0
        ? await this.outcomes.found(way, only, now)
        : (await this.outcomes.unknown(way, now)) && 'unknown';
    await this.lineSchedules.ended(attempt.lineId, attempt.token, now, now);
    if (settledAs) this.logger.warn({ messageId: message.id, settledAs }, 'An unknown outcome was settled');
  }

  private async find(message: Message, attempt: Attempt): Promise<{ externalId: string; at: Date }[] | null> {
    const line = await this.lines.find(message.workspaceId, attempt.lineId);
    const channel = this.channels.has(attempt.channel) ? this.channels.of(attempt.channel) : null;
    if (!line || !channel?.findSent) return [];
    const since = new Date(attempt.startedAt.getTime() - this.config.CLOCK_TOLERANCE_MS);
    const sent = await channel.findSent(this.linesService.channelLine(line), attempt.address, since);
    if (!sent) return null;
    const fitting = sent.filter((one) => fits(attempt, one));
    const bound = await this.messages.isBound(
      message.workspaceId,
      attempt.address,
      fitting.map(({ externalId }) => externalId),
    );
    return fitting.filter(({ externalId }) => !bound.has(externalId));
  }
}
