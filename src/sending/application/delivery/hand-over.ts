import { Injectable } from '@nestjs/common';
import { Channels, type SendOutcome } from '../../../channels';
import { Devices, LinesService } from '../../../lines';
import { transitions } from '../../../messages';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { failureOf } from '../../domain/line-choice';
import { type LineSchedule, LineSchedules } from '../../domain/line-schedules';
import { LineFactsService } from '../planning/line-facts.service';
import { Outcomes } from './outcomes';
import { overdueAt } from './overdue-at';
import type { Send } from './send';

/** Gives a message that has started to its provider, and records what became of it. */
@Injectable()
export class HandOver {
  constructor(
    private readonly channels: Channels,
    private readonly linesService: LinesService,
    private readonly devices: Devices,
    private readonly lineSchedules: LineSchedules,
    private readonly lineFactsService: LineFactsService,
    private readonly outcomes: Outcomes,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @returns the line as it is after the attempt; `null` while its end is not known */
  async run(send: Send): Promise<LineSchedule | null> {
    send.releases.commit();
    const { message } = send;
    const [attempt, line] = [send.know('attempt'), send.know('line')];
    const claim = { token: attempt.token, until: overdueAt(attempt.startedAt, this.config) };
    const { message: sending } = transitions.startAttempt(message, attempt, claim);
    const outcome = await this.call(send);
    const now = this.clock.now();
    await this.devices.ended(send.know('device'), now);
    // An attempt of unknown end ends when its time is over, or when it is settled.
    const free = outcome.kind === 'unknown' ? null : await this.lineSchedules.ended(line.id, attempt.token, now, now);
    await this.linesService.called(line, failureOf(outcome));
    await this.outcomes.record({ sending, attempt, recipient: send.know('recipient') }, outcome, now);
    // What was not sent is there again.
    if (outcome.kind !== 'accepted') this.lineFactsService.forget(line.id);
    return free;
  }

  private async call(send: Send): Promise<SendOutcome | { kind: 'not-started' }> {
    const [attempt, file] = [send.know('attempt'), send.know('file')];
    // The process may have been asleep since the compare-and-set; then the hour, the window or the device's
    // turn may be over.
    if (this.clock.now() > send.know('device').startBy) return { kind: 'not-started' };
    return this.channels.of(attempt.channel).send(this.linesService.channelLine(send.know('line')), {
      to: attempt.address,
      text: attempt.text,
      providerId: attempt.providerId,
      opensChat: send.message.opensChat,
      ...(file && { attachment: file }),
    });
  }
}
