import { Injectable, Logger } from '@nestjs/common';
import type { SendOutcome } from '../../channels';
import { type Attempt, type Message, MessageBacklog } from '../../messages';
import { Clock } from '../../platform/clock';
import { Metrics } from '../../platform/metrics';

type Outcome = Pick<SendOutcome, 'kind'>;
const SETTLED = ['sent', 'not_sent', 'unknown'] as const;

/**
 * What those who run the product see of sends: metrics, and a line in the log for each. A line names ids and
 * codes, never an address, a text, or what a provider says.
 */
@Injectable()
export class SendSignals {
  private readonly logger = new Logger(SendSignals.name);

  constructor(
    private readonly metrics: Metrics,
    private readonly clock: Clock,
    backlog: MessageBacklog,
  ) {
    const ageOf = async (at: Promise<Date | null>) => {
      const since = await at;
      return [{ labels: {}, value: since ? Math.max(0, clock.now().getTime() - since.getTime()) / 1_000 : 0 }];
    };
    metrics.gauge('tuco_messages_due_lag_seconds', () => ageOf(backlog.oldestDueAt()));
    metrics.gauge('tuco_turns_overdue_seconds', () => ageOf(backlog.oldestTurnAt()));
    metrics.gauge('tuco_unknown_outcomes_open', async () => [{ labels: {}, value: await backlog.unknownOutcomes() }]);
  }

  /**
   * A job has begun with a message.
   * @param at when it was to begin, in milliseconds; jobs of earlier versions do not say it
   */
  began({ channel }: Message, at: number | undefined): void {
    if (at === undefined) return;
    this.metrics.observe('tuco_turn_lag_seconds', { channel }, Math.max(0, this.clock.now().getTime() - at) / 1_000);
  }

  /** A message was handed over, or was about to be. */
  ended({ id: messageId, workspaceId }: Message, { lineId, channel }: Attempt, outcome: Outcome): void {
    this.metrics.count('tuco_sends_total', { channel, outcome: outcome.kind.replaceAll('-', '_') });
    const code = 'code' in outcome ? outcome.code : null;
    this.logger.log({ messageId, lineId, workspaceId, channel, outcome: outcome.kind, code }, 'A hand-over ended');
  }

  /** A gate has ended a message before it was handed over. */
  turnedAway({ id: messageId, workspaceId, channel, status, code }: Message, lineId: string): void {
    this.logger.log({ messageId, lineId, workspaceId, channel, outcome: status, code }, 'A message ended before it was sent');
  }

  /**
   * It is known now, or given up, whether a message was sent.
   * @param as `unknown`, or what it became, or a code
   */
  settled({ id: messageId, workspaceId, channel }: Message, as: string): void {
    const settledAs = SETTLED.find((one) => one === as) ?? 'refused';
    this.metrics.count('tuco_unknown_outcomes_total', { channel, settled_as: settledAs });
    this.logger.warn({ messageId, workspaceId, channel, settledAs: as }, 'An unknown outcome was settled');
  }
}
