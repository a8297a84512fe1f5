import { Injectable, Logger } from '@nestjs/common';
import { Channels, Conversations, type Outgoing, type SendOutcome } from '../../../channels';
import { Devices, type Line, LinesService } from '../../../lines';
import { type Attempt, type Message, Messages, transitions } from '../../../messages';
import { Clock } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import { SuppressionChecks } from '../../../suppressions';
import type { Outside } from '../../domain/cohorts';
import { failureOf } from '../../domain/line-choice';
import { type LineSchedule, LineSchedules } from '../../domain/line-schedules';
import { LineFactsService } from '../planning/line-facts.service';
import { Planner } from '../planning/planner';
import { SendSignals } from '../send-signals';
import { insist, isStoreTrouble } from './insist';
import { Outcomes } from './outcomes';
import { overdueAt } from './overdue-at';
import type { Send } from './send';

/**
 * Whoever ends an attempt plans the line once its outcome is recorded. A dispatcher that did so meanwhile
 * would only get in its way; where the worker died, it does so after this, in milliseconds.
 */
const PLANNED_WITHIN_MS = 1_000;

/** Gives a message that has started to its provider, and records what became of it. */
@Injectable()
export class HandOver {
  private readonly logger = new Logger(HandOver.name);

  constructor(
    private readonly messages: Messages,
    private readonly conversations: Conversations,
    private readonly channels: Channels,
    private readonly linesService: LinesService,
    private readonly devices: Devices,
    private readonly lineSchedules: LineSchedules,
    private readonly lineFactsService: LineFactsService,
    private readonly planner: Planner,
    private readonly outcomes: Outcomes,
    private readonly suppressionChecks: SuppressionChecks,
    private readonly sendSignals: SendSignals,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @returns the line as it is after the attempt; `null` while its end is not known */
  async run(send: Send, outside: Outside): Promise<LineSchedule | null> {
    send.releases.commit();
    const message = { ...send.message, repliesUnread: send.know('repliesUnread') };
    const [attempt, line] = [send.know('attempt'), send.know('line')];
    const claim = { token: attempt.token, until: overdueAt(attempt.startedAt, this.config) };
    const { message: sending } = transitions.startAttempt(message, attempt, claim);
    const outcome = (await this.mayBegin(send)) ? await outside(() => this.call(send)) : NOT_STARTED;
    const now = this.clock.now();
    // What is known of the attempt is not to be lost: a provider may have no book in which it could be found.
    const withinMs = claim.until.getTime() - attempt.startedAt.getTime();
    const insistOn = <T>(work: () => Promise<T>) => insist(work, withinMs);
    const device = send.know('device');
    if (device) await insistOn(() => this.devices.ended(device, now));
    const failure = failureOf(outcome);
    // Before anything else: nobody shall send into what has just failed.
    const aside = failure && (await insistOn(() => this.linesService.setAside(line, failure, probeAt(outcome, now))));
    if (outcome.kind === 'accepted') await insistOn(() => this.linesService.called(line, null));
    // An attempt of unknown end ends when its time is over, or when it is settled.
    const free = outcome.kind === 'unknown' ? null : await insistOn(() => this.ended(send, now));
    await insistOn(() => this.outcomes.record({ sending, attempt, recipient: send.know('recipient') }, outcome, now));
    this.sendSignals.ended(sending, attempt, outcome);
    await this.learnConversation(attempt, outcome);
    // What was not sent is there again.
    if (outcome.kind !== 'accepted') this.lineFactsService.forget(line.id);
    // It may have been set aside by another send meanwhile, and works again by this one's answer.
    else if (line.health.status !== 'healthy') await this.planner.wake(line.workspaceId);
    if (aside && outcome.kind !== 'throttled') await this.probe(aside, { ...message, revision: message.revision + 1 });
    return free;
  }

  private ended(send: Send, now: Date): Promise<LineSchedule | null> {
    const { id } = send.know('line');
    const lookAt = new Date(now.getTime() + PLANNED_WITHIN_MS);
    return send.know('pace')
      ? this.lineSchedules.landed(id, send.token, lookAt)
      : this.lineSchedules.ended(id, send.token, now, lookAt);
  }

  /**
   * Does the line work, right after it failed? Then it goes on; else it waits for its probes, and the message
   * that met the failure is as if it had not.
   * @param before the message as it was, in the revision in which it waits by now
   */
  private async probe(line: Line, before: Message): Promise<void> {
    const { failure } = await this.linesService.probe(line);
    if (failure) await this.messages.forgive(before, before.troubles);
    // Who planned meanwhile has put the lines off until they are woken.
    else await this.planner.wake(line.workspaceId);
  }

  private async learnConversation({ lineId, address }: Attempt, outcome: SendOutcome): Promise<void> {
    if (outcome.kind === 'accepted' && outcome.conversation) {
      await this.conversations.remember(lineId, address, outcome.conversation);
    }
    if (outcome.kind === 'refused' && outcome.opensChat) await this.conversations.forget(lineId, address);
  }

  /**
   * The last look, after the start is written: an opt-out that was committed before it is seen here, and one
   * that is committed later finds the message as being handed over (ADR 21).
   */
  private async isWanted(send: Send): Promise<boolean> {
    const { message } = send;
    if (!(await this.suppressionChecks.isAnyListed(message.workspaceId, send.know('judgedBy')))) return true;
    const { address, channel } = send.know('attempt');
    const lead = send.know('lead');
    const judge = await this.suppressionChecks.judge(message.workspaceId, { leads: [lead], addresses: [address] });
    return judge.verdict({ address, channel, leadId: lead.id }) === null;
  }

  /** Nothing is handed over where the store cannot be asked whether the person still may be written to. */
  private async mayBegin(send: Send): Promise<boolean> {
    try {
      return await this.isWanted(send);
    } catch (error) {
      if (!isStoreTrouble(error)) throw error;
      return false;
    }
  }

  private async call(send: Send): Promise<SendOutcome> {
    const [attempt, opening] = [send.know('attempt'), send.know('opening')];
    if (opening.notOnChannel) return opening.notOnChannel;
    // The process may have been asleep since the compare-and-set; then the hour, the window or the device's
    // turn may be over.
    if (this.clock.now() > send.know('startBy')) return NOT_STARTED;
    try {
      return await this.channels.of(attempt.channel).send(send.know('channelLine'), outgoingOf(send, this.clock.now()));
    } catch (error) {
      // Nothing has gone to the provider yet: an adapter throws only before.
      this.logger.error({ err: error, messageId: send.message.id }, 'A hand-over could not be begun');
      return { kind: 'not-to-blame', code: 'NOT_STARTED', message: 'the hand-over could not be begun', scope: 'line' };
    }
  }
}

function outgoingOf(send: Send, now: Date): Outgoing {
  const { address, text, providerId, subject, thread } = send.know('attempt');
  const [opening, file, files] = [send.know('opening'), send.know('file'), send.know('files')];
  const [{ html }, unsubscribeUrl] = [send.know('said'), send.know('unsubscribeUrl')];
  return {
    to: address,
    text,
    providerId,
    conversation: opening.conversation,
    opensChat: opening.opensChat,
    callbackUrl: send.know('callbackUrl'),
    ...(file && { attachment: file }),
    ...(files.length > 0 && { attachments: files }),
    ...(subject !== null && { subject }),
    ...(html !== null && { html }),
    ...(thread && { thread }),
    ...(unsubscribeUrl !== null && { unsubscribeUrl }),
    startWithinMs: send.know('allowedUntil').getTime() - now.getTime(),
  };
}

const NOT_STARTED: SendOutcome = { kind: 'not-started' };

/** A line that was too fast knows when it may go on; any other is asked at once. */
const probeAt = (outcome: SendOutcome, now: Date): Date =>
  outcome.kind === 'throttled' ? new Date(now.getTime() + outcome.retryAfterMs) : now;
