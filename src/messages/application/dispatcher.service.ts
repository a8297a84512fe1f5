import { Injectable, type OnModuleInit } from '@nestjs/common';
import { nextAllowed, type WindowSettings } from '#libs/send-window';
import { Channels } from '../../channels';
import { Lines, isUsable, nextUtcDay, roomIn, type Line } from '../../lines';
import { Leads } from '../../leads';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { WorkspaceId } from '../../platform/ids';
import { WorkQueues } from '../../platform/queues';
import { Ticks } from '../../platform/ticks';
import { addressesOfMessage } from '../domain/addresses';
import { gapOver, LineTurns, type LineState } from '../domain/line-turns';
import { DIRECT, groupOf, type Message } from '../domain/message';
import { Messages } from '../domain/messages.repository';
import { recipientKeys, Recipients } from '../domain/recipients';
import { SendContext, type TurnGroup } from '../domain/send-context';
import { sendableFrom } from '../domain/send-moment';
import { FACTS_LAST_MS, LineFactsService } from './line-facts.service';
import { LineUnbinding } from './line-unbinding.service';

export const SEND_QUEUE = 'send';

/** Due messages taken over in one transaction. */
const QUEUE_AT_ONCE = 500;
/** Lines looked at in one tick. */
const LINES_AT_ONCE = 200;
/** Candidates of a group looked at for one turn, when their windows or the first-touch cap may hold some up. */
const LOOK_AT = 50;
/** However quiet a line is, it is looked at this often. */
const LOOK_AGAIN_MS = 60_000;
/** While a line may touch nobody new: how often it looks for people it knows among those whom any line may write to. */
const LOOK_FOR_KNOWN_MS = 10 * LOOK_AGAIN_MS;
/** A turn whose job did not run this long after its time gets its job again: Redis may have lost it. */
const JOB_LATE_MS = 2_000;
/** A job that did not run so long after its time is taken for lost. */
const JOB_LOST_MS = 5_000;
/** So long after its time, a message that says it is a line's next, and was not claimed, is freed: whoever gave the turn died halfway. */
const LOST_TURN_MS = 2 * JOB_LOST_MS;

/** A message that may go next, and when; marked as the line's next already, or not yet. */
interface Chosen {
  message: Message;
  at: Date;
  isTaken: boolean;
}

/** What a look at one group gave: a message, or when to look again, and whether there was none at all. */
type Pick = Chosen | { until: Date | null; isEmpty: boolean };

/**
 * Gives the lines' turns. MongoDB says when; only a line's next message goes to Bull, one job a step and move, at the moment at which the
 * line is free for it. Runs on every worker at once without harm: each turn is a compare-and-set.
 */
@Injectable()
export class DispatcherService implements OnModuleInit {
  constructor(
    private readonly messages: Messages,
    private readonly turns: LineTurns,
    private readonly recipients: Recipients,
    private readonly context: SendContext,
    private readonly lines: Lines,
    private readonly leads: Leads,
    private readonly facts: LineFactsService,
    private readonly channels: Channels,
    private readonly unbinding: LineUnbinding,
    private readonly queues: WorkQueues,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('dispatch', this.config.TICK_MS, () => this.tick());
  }

  /** Takes over what became due, and looks at every line whose time has come. */
  async tick(): Promise<void> {
    const now = this.clock.now();
    for (const look of [() => this.messages.queueDue(now, QUEUE_AT_ONCE), () => this.messages.unpark(now, QUEUE_AT_ONCE)]) {
      for (;;) {
        const { queued, workspaceIds } = await look();
        for (const workspaceId of workspaceIds) await this.nudge(workspaceId);
        if (queued < QUEUE_AT_ONCE) break;
      }
    }
    for (const workspaceId of await this.messages.dropLostTurns(new Date(now.getTime() - LOST_TURN_MS)))
      await this.nudge(workspaceId);
    const due = await this.turns.due(this.clock.now(), LINES_AT_ONCE);
    await this.facts.prepare(due);
    for (const state of due) await this.plan(state);
  }

  /** Looks at the workspace's lines at the next tick: something changed. */
  async nudge(workspaceId: WorkspaceId): Promise<void> {
    const lines = await this.lines.all(workspaceId);
    const ids = lines.map(({ id }) => id);
    await this.turns.nudge(workspaceId, ids, this.clock.now());
  }

  /** Gives a line that has just become free its next turn. */
  async planNext(state: LineState): Promise<void> {
    await this.plan(state);
  }

  private async plan(state: LineState): Promise<void> {
    const now = this.clock.now();
    if (state.turn) return this.follow(state, now);
    const facts = await this.facts.of(state);
    if (!facts?.line.isActive) return this.turns.lookLater(state, new Date(now.getTime() + LOOK_AGAIN_MS));
    const { line, usage } = facts;
    await this.unbinding.unhealthyForLong(line, now);
    if (!isUsable(line, now)) return this.lookAt(state, line.health.tryAgainAt, now);
    if (facts.isReadOnly) return this.lookAt(state, null, now);
    const room = roomIn(line, usage, false, now);
    if (!room.free) return this.turns.lookLater(state, nextUtcDay(now));
    const first = roomIn(line, usage, true, now);
    let until: Date | null = first.free ? null : first.until;
    const bound = first.free ? null : await this.boundTo(line, facts.groups);
    for (const group of inTurn(facts.groups, state)) {
      if (facts.empty.has(group.group)) {
        // Something may have come back to it meanwhile; then the line must not rest for long.
        until = earlier(until, new Date(now.getTime() + FACTS_LAST_MS));
        continue;
      }
      const pick = await this.pick(line, state, group, first.free, bound, now);
      if ('message' in pick) {
        if (await this.give(state, line, pick, now)) return;
        continue;
      }
      if (pick.isEmpty) facts.empty.add(group.group);
      until = earlier(until, pick.until);
    }
    return this.lookAt(state, until, now);
  }

  /** The line has a turn: when its time is past, the job may be lost, or the message be stopped. */
  private async follow(state: LineState, now: Date): Promise<void> {
    const turn = state.turn!;
    const message = await this.messages.findForJob(turn.messageId);
    const stands = message?.status === 'queued' && message.moves === turn.moves && message.turnOn === state.lineId;
    if (!stands && message?.status !== 'pending') {
      await this.turns.clear(state.lineId, turn.messageId, now);
      return;
    }
    if (stands && now.getTime() - turn.at.getTime() > JOB_LOST_MS) {
      // Bull may hold the job for a worker that died, and would ignore the same id; the next one has another.
      await this.messages.dropTurn(turn.messageId, state.lineId);
      await this.turns.clear(state.lineId, turn.messageId, now);
      return;
    }
    if (stands) await this.addJob(turn.messageId, turn.moves, turn.at, now);
    const late = Math.max(now.getTime(), turn.at.getTime()) + JOB_LATE_MS;
    await this.turns.lookLater(state, new Date(late));
  }

  /**
   * While the line may touch nobody new, most groups have nothing for it: one question for all of them.
   * @returns by group, or `null` where there are too many to be looked at together
   */
  private async boundTo(line: Line, groups: readonly TurnGroup[]): Promise<Map<string, Message[]> | null> {
    const messages = await this.messages.boundTo({
      workspaceId: line.workspaceId,
      groups: groups.map(({ group }) => group),
      lineId: line.id,
      channel: line.channel,
      limit: LOOK_AT,
    });
    const of = ({ group }: TurnGroup) => messages!.filter((message) => groupOf(message) === group);
    return messages && new Map(groups.map((group) => [group.group, of(group)]));
  }

  private async pick(
    line: Line,
    state: LineState,
    group: TurnGroup,
    firstTouchFree: boolean,
    bound: ReadonlyMap<string, Message[]> | null,
    now: Date,
  ): Promise<Pick> {
    const free = gapOver(state, group.gapSeconds);
    const earliest = free > now ? free : now;
    const window = group.windowPerMessage ? {} : group.window;
    const at = sendableFrom(earliest, window, this.config.SEND_EDGE_SECONDS);
    const horizon = now.getTime() + this.config.PLAN_HORIZON_SECONDS * 1_000;
    if (at.getTime() > horizon) return { until: at, isEmpty: false };
    const query = { workspaceId: line.workspaceId, group: group.group, lineId: line.id, channel: line.channel };
    if (firstTouchFree && !group.windowPerMessage) {
      const message = await this.messages.takeOldest(query, at);
      return message ? { message, at, isTaken: true } : { until: null, isEmpty: true };
    }
    const all = { ...query, limit: LOOK_AT };
    // Somebody may be waiting for an answer to a direct send.
    const mayKnow = firstTouchFree || group.group === DIRECT || this.facts.mayKnow(line.id, group.group, now);
    const [mine, any] = await Promise.all([
      bound?.get(group.group) ?? this.messages.candidates({ ...all, bound: 'mine' }),
      mayKnow ? this.messages.candidates({ ...all, bound: 'any' }) : [],
    ]);
    const message = await this.suitable(line, group, [...mine, ...any], firstTouchFree, at, now);
    if (message) return { message, at, isTaken: false };
    if (!firstTouchFree && mayKnow) this.facts.knowsNobody(line.id, group.group, new Date(now.getTime() + LOOK_FOR_KNOWN_MS));
    return { until: null, isEmpty: mayKnow && mine.length + any.length === 0 };
  }

  /** The oldest of the messages that lacks nothing but the gap. */
  private async suitable(
    line: Line,
    group: TurnGroup,
    messages: readonly Message[],
    firstTouchFree: boolean,
    at: Date,
    now: Date,
  ): Promise<Message | undefined> {
    const possible = firstTouchFree ? [...messages] : await this.knownTo(line, messages, now);
    const inOrder = possible.sort((a, b) => a.dueAt!.getTime() - b.dueAt!.getTime());
    return group.windowPerMessage ? this.firstOpen(line.workspaceId, inOrder, at) : inOrder[0];
  }

  /** Of messages that have windows of their own: the first that is open then. The others are put aside until theirs open. */
  private async firstOpen(workspaceId: WorkspaceId, messages: readonly Message[], at: Date): Promise<Message | undefined> {
    if (messages.length === 0) return undefined;
    const windows = await this.context.windowsOf(workspaceId, messages);
    const opensAt = (message: Message) => this.sendable(at, windows.get(message.id));
    const closed = new Map(messages.map((message) => [message.id, opensAt(message)] as const).filter(([, opens]) => opens > at));
    await this.messages.park(closed);
    return messages.find((message) => !closed.has(message.id));
  }

  private sendable(at: Date, window: WindowSettings = {}): Date {
    return sendableFrom(nextAllowed(at, window), window, this.config.SEND_EDGE_SECONDS);
  }

  /** While the line may touch nobody new: messages to recipients it has written to. */
  private async knownTo(line: Line, messages: readonly Message[], now: Date): Promise<Message[]> {
    if (messages.length === 0) return [];
    const ids = messages.flatMap(({ leadId }) => leadId ?? []);
    const leads = new Map((await this.leads.findMany(line.workspaceId, ids)).map((lead) => [lead.id, lead]));
    const keysOf = (message: Message) => {
      const lead = leads.get(message.leadId ?? '');
      const reach = { name: message.channel, reaches: this.channels.reachOf(message.channel) };
      const address = lead && addressesOfMessage(message, lead, reach, 'all', this.config.AVAILABILITY_TTL_HOURS, now)[0];
      return address ? recipientKeys(address, message.leadId) : [];
    };
    const known = await this.recipients.knownTo(line.id, messages.flatMap(keysOf));
    return messages.filter((message) => keysOf(message).some((key) => known.has(key)));
  }

  private async give(state: LineState, line: Line, { message, at, isTaken }: Chosen, now: Date): Promise<boolean> {
    if (!isTaken && !(await this.messages.takeTurn(message, line.id, at))) return false;
    const turn = { messageId: message.id, moves: message.moves, group: groupOf(message), at };
    if (!(await this.turns.give(state, turn, new Date(at.getTime() + JOB_LATE_MS)))) {
      await this.messages.dropTurn(message.id, line.id);
      // Somebody else gave the line a turn; there is nothing more to do here.
      return true;
    }
    await this.addJob(message.id, message.moves, at, now);
    return true;
  }

  private async addJob(messageId: string, moves: number, at: Date, now: Date): Promise<void> {
    await this.queues.add(SEND_QUEUE, `${messageId}:${moves}`, { messageId, moves }, at.getTime() - now.getTime());
  }

  private lookAt(state: LineState, at: Date | null, now: Date): Promise<void> {
    const latest = now.getTime() + LOOK_AGAIN_MS;
    const chosen = at ? Math.min(latest, Math.max(at.getTime(), now.getTime() + 1)) : latest;
    return this.turns.lookLater(state, new Date(chosen));
  }
}

/** Least recently served first. */
const inTurn = (groups: readonly TurnGroup[], { served }: LineState): TurnGroup[] =>
  [...groups].sort((a, b) => (served[a.group] ?? 0) - (served[b.group] ?? 0));

/** The earlier of two times; `null` is never. */
const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));
