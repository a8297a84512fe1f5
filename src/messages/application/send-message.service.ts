import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { renderTemplate } from '#libs/templates';
import { Workspaces } from '../../auth';
import { Channels, type ChannelName, type OutgoingAttachment, type SendOutcome } from '../../channels';
import { Leads, type Lead } from '../../leads';
import {
  Devices,
  isUsable,
  LineCapacity,
  lineName,
  Lines,
  LinesService,
  utcDay,
  utcHour,
  type DeviceTurn,
  type Line,
  type Reservation,
} from '../../lines';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { Ids } from '../../platform/ids';
import { StoreClock } from '../../platform/mongo';
import { WorkQueues } from '../../platform/queues';
import { SendingFormat } from '../../platform/sending-format';
import { addressesOfMessage } from '../domain/addresses';
import { LineTurns, type LineState } from '../domain/line-turns';
import { retryAt, type Attempt, type Message } from '../domain/message';
import { mayUse, troubleOf } from '../domain/line-choice';
import { Messages } from '../domain/messages.repository';
import { isBegun } from '../domain/parts';
import { Recipients, type RecipientHold } from '../domain/recipients';
import { SendContext, type SendPolicy } from '../domain/send-context';
import { sendableFrom } from '../domain/send-moment';
import { templateValues } from '../domain/template-values';
import { AttachmentFiles } from './attachment-files.service';
import { DispatcherService, SEND_QUEUE } from './dispatcher.service';
import { LineFactsService } from './line-facts.service';
import { MessageOutcomes } from './message-outcomes.service';
import { ReplyCatchUp } from './reply-catch-up.service';

/** Another message to the same recipient is on its way; this one looks again. */
const RECIPIENT_PAUSE_MS = 15_000;
/** The line could not be used after all; its turn is planned anew. */
const LINE_PAUSE_MS = 1_000;
/** A job waits so long for its line's device, which other lines may share; then the turn is planned anew. Well within a lease. */
const DEVICE_PATIENCE_MS = 15_000;

/** Why a message was moved, for the log at debug level. */
type Move = { move: string; until: Date | null; change?: Partial<Message> };
/** All that stands before the hand-over went well. */
interface Ready {
  attempt: Attempt;
  hold: RecipientHold;
  device: DeviceTurn;
  line: Line;
  file: OutgoingAttachment | null;
}

/**
 * The path of one message (docs/sending.md): claim, read, window, address, recipient, line, gaps, render, compare-and-set, hand over,
 * record. A check that fails moves the message; none is an error.
 */
@Injectable()
export class SendMessageService implements OnModuleInit {
  private readonly logger = new Logger(SendMessageService.name);

  constructor(
    private readonly messages: Messages,
    private readonly outcomes: MessageOutcomes,
    private readonly dispatcher: DispatcherService,
    private readonly facts: LineFactsService,
    private readonly context: SendContext,
    private readonly catchUp: ReplyCatchUp,
    private readonly turns: LineTurns,
    private readonly recipients: Recipients,
    private readonly lines: Lines,
    private readonly lineService: LinesService,
    private readonly files: AttachmentFiles,
    private readonly capacity: LineCapacity,
    private readonly devices: Devices,
    private readonly channels: Channels,
    private readonly leads: Leads,
    private readonly workspaces: Workspaces,
    private readonly queues: WorkQueues,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly storeClock: StoreClock,
    private readonly sendingFormat: SendingFormat,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.sendingFormat.guard(SEND_QUEUE);
    this.queues.handle(SEND_QUEUE, this.config.SEND_CONCURRENCY, async (data) => {
      const { messageId, moves } = data as { messageId: string; moves: number };
      await this.run(messageId, moves);
    });
  }

  /** Does one job: sends the message, moves it, or finds that it came late. */
  async run(messageId: string, moves: number): Promise<void> {
    if (!(await this.sendingFormat.isOwn())) return;
    const now = this.clock.now();
    const token = this.ids.token();
    const until = new Date(now.getTime() + this.config.CLAIM_LEASE_SECONDS * 1_000);
    const message = await this.messages.claim(messageId, moves, token, until, now);
    if (!message) return;
    const lineId = message.turnOn!;
    let line: LineState | null = null;
    try {
      const ready = await this.prepare(message, lineId, token);
      if (ready && 'move' in ready) await this.moved(message, lineId, ready);
      else if (ready) line = await this.handOver(message, ready);
    } finally {
      this.files.release(message.id);
      line ??= (await this.turns.clear(lineId, message.id, this.clock.now())) ?? (await this.turns.find(lineId));
      if (line) await this.dispatcher.planNext(line);
    }
  }

  /** Steps 2 to 9. `null`: the message came to an end, or was stopped. */
  private async prepare(message: Message, lineId: string, token: string): Promise<Ready | Move | null> {
    const now = this.clock.now();
    if (!this.storeClock.agrees) return { move: 'clock', until: new Date(now.getTime() + RECIPIENT_PAUSE_MS) };
    const [lead, line, workspace] = await Promise.all([
      message.leadId ? this.leads.find(message.workspaceId, message.leadId) : null,
      this.lines.find(message.workspaceId, lineId),
      this.workspaces.find(message.workspaceId),
    ]);
    if (!lead) return this.outcomes.cancel(message, 'lead_deleted');
    await this.catchUp.before(message);
    const decision = await this.context.decide(message, lead, now);
    if (decision.kind === 'stop') return this.outcomes.cancel(message, decision.reason);
    if (decision.kind === 'hold' || workspace?.readOnlyReason) return { move: 'hold', until: null };
    const { policy } = decision;
    const opens = sendableFrom(now, policy.window, this.config.SEND_EDGE_SECONDS);
    if (opens > now) return { move: 'window', until: opens };
    const reach = isBegun(message)
      ? { channel: message.channel, address: message.address! }
      : this.addressOf(message, lead, policy, now);
    if ('change' in reach) return { move: 'channel', until: null, change: reach.change };
    if ('ended' in reach) return this.outcomes.unreachable(message, reach.ended);
    if (!line || !mayUse(line, message, policy, reach.channel) || !isUsable(line, now)) return { move: 'line', until: null };
    const file = await this.fileOf(message, now);
    if (!file || 'move' in file) return file;
    return this.reserve(message, lead, line, policy, { ...reach, ...file }, token);
  }

  /** The file of a message's next part. One that cannot be had is as good as a refusal: tried again, and then the end. */
  private async fileOf(message: Message, now: Date): Promise<{ file: OutgoingAttachment | null } | Move | null> {
    const fetched = await this.files.fetch(message);
    if ('file' in fetched) return fetched;
    if ('busy' in fetched) return { move: 'file', until: new Date(now.getTime() + LINE_PAUSE_MS) };
    const refusals = message.refusals + 1;
    const until = fetched.forGood ? null : retryAt(refusals, now, Math.random());
    if (!until) return this.outcomes.withoutFile(message, fetched.trouble);
    return { move: 'file', until, change: { refusals } };
  }

  /** Step 4: the address, on the message's channel or on the next that the policy names. */
  private addressOf(
    message: Message,
    lead: Lead,
    policy: SendPolicy,
    now: Date,
  ): { channel: ChannelName; address: string } | { change: Partial<Message> } | { ended: 'NO_ADDRESS' | 'fallback' } {
    const order = [message.channel, ...policy.fallback];
    const from = order.slice(Math.max(0, order.lastIndexOf(message.channel)));
    for (const channel of from) {
      const reach = { name: channel, reaches: this.channels.reachOf(channel) };
      const addresses = addressesOfMessage(message, lead, reach, policy.addresses, this.config.AVAILABILITY_TTL_HOURS, now);
      const address = addresses.find((candidate) => !message.tried.includes(`${channel} ${candidate}`));
      if (!address) continue;
      if (channel === message.channel) return { channel, address };
      return { change: { channel, lineId: null } };
    }
    return { ended: message.tried.length > 0 ? 'fallback' : 'NO_ADDRESS' };
  }

  /** Steps 5 to 9. Whatever was taken is given back when a later step says no. */
  private async reserve(
    message: Message,
    lead: Lead,
    line: Line,
    policy: SendPolicy,
    { channel, address, file }: { channel: ChannelName; address: string; file: OutgoingAttachment | null },
    token: string,
  ): Promise<Ready | Move | null> {
    const hold: RecipientHold = { message, lineId: line.id, address, token };
    const later = () => new Date(this.clock.now().getTime() + RECIPIENT_PAUSE_MS);
    const taken = await this.recipients.take(hold);
    if (taken === 'kept') return this.outcomes.cancel(message, 'duplicate_recipient');
    if (taken === 'undecided') return this.giveUp({ move: 'recipient', until: later() }, hold);
    const reservation = await this.capacity.reserve(line, message.id, token, taken.firstTouch, this.clock.now());
    if (!reservation) return this.giveUp({ move: 'limit', until: null }, hold);
    const device = await this.takeLine(line, policy, token);
    if ('move' in device) return this.giveUp(device, hold, reservation);
    return this.start(message, lead, line, policy, { channel, file }, hold, reservation, device);
  }

  /** Step 7: the gap of the device, then that of the line. */
  private async takeLine(line: Line, policy: SendPolicy, token: string): Promise<DeviceTurn | Move> {
    const device = await this.takeDevice(line, new Date(this.clock.now().getTime() + DEVICE_PATIENCE_MS));
    if (!device) return { move: 'device', until: null };
    const now = this.clock.now();
    const endsBy = new Date(now.getTime() + this.config.PROVIDER_TIMEOUT_SECONDS * 1_000);
    if (await this.turns.begin(line.id, token, policy.gapSeconds, now, endsBy)) return device;
    await this.devices.ended(device, this.clock.now());
    return { move: 'gap', until: null };
  }

  /** Other lines share the device, and their calls are short: the job waits among them, for a while. */
  private async takeDevice(line: Line, patientUntil: Date): Promise<DeviceTurn | null> {
    for (;;) {
      const now = this.clock.now();
      const device = await this.devices.take(line, now);
      if (!('freeAt' in device)) return device;
      if (device.freeAt > patientUntil) return null;
      await this.clock.sleep(device.freeAt.getTime() - now.getTime());
    }
  }

  /** Steps 8 and 9: the attempt is written with the change to `sending`, in one compare-and-set. */
  private async start(
    message: Message,
    lead: Lead,
    line: Line,
    policy: SendPolicy,
    { channel, file }: { channel: ChannelName; file: OutgoingAttachment | null },
    hold: RecipientHold,
    reservation: Reservation,
    device: DeviceTurn,
  ): Promise<Ready | Move | null> {
    const now = this.clock.now();
    const attempt: Attempt = {
      token: hold.token,
      lineId: line.id,
      channel,
      address: hold.address,
      text: file ? '' : renderTemplate(policy.template, templateValues(lead, lineName(line))),
      attachment: file?.name ?? null,
      providerId: `tuco-${message.id}-${message.attempts.length + 1}-${hold.token.slice(0, 8)}`,
      reservation,
      startedAt: now,
      endedAt: null,
      outcome: 'open',
      code: null,
      words: null,
      externalId: null,
    };
    const release = async (move: Move | null) => {
      await this.devices.ended(device, this.clock.now());
      await this.turns.ended(line.id, hold.token, now, this.clock.now());
      await this.recipients.giveBack(hold);
      await this.capacity.giveBack(reservation);
      return move;
    };
    const opens = sendableFrom(now, policy.window, this.config.SEND_EDGE_SECONDS);
    if (opens > now) return release({ move: 'window', until: opens });
    if (reservation.day !== utcDay(now) || reservation.hour !== utcHour(now)) return release({ move: 'hour', until: null });
    const claim = { token: hold.token, until: this.overdueAt(now) };
    if (!(await this.messages.startSending({ ...message, claim }, attempt, now))) return release(null);
    return { attempt, hold, device, line, file };
  }

  /** Steps 10 and 11. @returns the line as it is after the attempt; `null` while its end is not known */
  private async handOver(message: Message, { attempt, hold, device, line, file }: Ready): Promise<LineState | null> {
    const sending: Message = {
      ...message,
      status: 'sending',
      claim: { token: attempt.token, until: this.overdueAt(attempt.startedAt) },
      attempts: [...message.attempts, attempt],
      address: attempt.address,
    };
    // The process may have been asleep since the compare-and-set; then the hour, the window or the device's turn may be over.
    const asleep = this.clock.now() > device.startBy;
    const outcome: SendOutcome | { kind: 'not-started' } = asleep
      ? { kind: 'not-started' }
      : await this.channels.of(attempt.channel).send(
          { ...line, ...this.lineService.credentials(line) },
          {
            to: attempt.address,
            text: attempt.text,
            providerId: attempt.providerId,
            opensChat: message.opensChat,
            ...(file && { attachment: file }),
          },
        );
    const now = this.clock.now();
    await this.devices.ended(device, now);
    // An attempt of unknown end ends when its time is over, or when it is settled.
    const free = outcome.kind === 'unknown' ? null : await this.turns.ended(line.id, attempt.token, now, now);
    await this.lineService.called(line, troubleOf(outcome));
    await this.outcomes.record(sending, hold, outcome, now);
    // What was not sent is there again.
    if (outcome.kind !== 'accepted') this.facts.forget(line.id);
    return free;
  }

  private async moved(message: Message, lineId: string, { move, until, change }: Move): Promise<void> {
    this.facts.forget(lineId);
    this.logger.debug({ messageId: message.id, lineId, move, until }, 'A message was moved');
    const pause = until ?? (move === 'line' || move === 'limit' ? new Date(this.clock.now().getTime() + LINE_PAUSE_MS) : null);
    await this.messages.move(message, pause, this.clock.now(), change);
  }

  private async giveUp(move: Move, hold: RecipientHold, reservation?: Reservation): Promise<Move> {
    await this.recipients.giveBack(hold);
    if (reservation) await this.capacity.giveBack(reservation);
    return move;
  }

  /** When an attempt that says nothing counts as one of unknown outcome. */
  private overdueAt(startedAt: Date): Date {
    return new Date(startedAt.getTime() + (this.config.PROVIDER_TIMEOUT_SECONDS + this.config.PROVIDER_CONNECT_SECONDS) * 1_000);
  }
}
