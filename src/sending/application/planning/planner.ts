import { Injectable, type OnModuleInit } from '@nestjs/common';
import { beatOf, Channels, type RatePace } from '../../../channels';
import { isUsable, Lines, paceOf, roomIn } from '../../../lines';
import { DueMessages, groupOf, Messages } from '../../../messages';
import { Clock, firstOf, nextUtcDay } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import type { WorkspaceId } from '../../../platform/ids';
import { WorkQueues } from '../../../platform/queues';
import { SendingFormat } from '../../../platform/sending-format';
import { Ticks } from '../../../platform/ticks';
import { type LineSchedule, LineSchedules, type Turn } from '../../domain/line-schedules';
import { nextLanding, turnsToSpare } from '../../domain/rate';
import type { TurnGroup } from '../../domain/send-context';
import { LineReassignment } from '../recovery/line-reassignment';
import { Candidates, type Chosen, type PlanningContext } from './candidates';
import { FACTS_TTL_MS, type LineFacts, LineFactsService } from './line-facts.service';

export const SEND_QUEUE = 'send';

/** What a send job says. `moves` is the message's revision: jobs that an earlier version queued say it so. */
export interface SendJobData {
  /** Jobs of earlier versions do not say it. */
  workspaceId?: string;
  messageId: string;
  moves: number;
  /** When it is to begin, in milliseconds. Jobs of earlier versions do not say it. */
  at?: number;
  /** Its line has a rate with a beat: others go with it. */
  hasBeat?: boolean;
}

/** Due messages taken over in one transaction. */
const QUEUE_BATCH_SIZE = 500;
/** Lines looked at in one tick. */
const LINE_BATCH_SIZE = 200;
/** Of a workspace: lines that are read in one go. */
const READ_BATCH_SIZE = 10;
/** However quiet a line is, it is looked at this often. */
const MAX_PLAN_INTERVAL_MS = 60_000;
/** A turn whose job did not run this long after its time gets its job again: Redis may have lost it. */
const JOB_LATE_MS = 2_000;
/** A job that did not run so long after its time is taken for lost. */
const JOB_LOST_MS = 5_000;
/**
 * So long after its time, a message that says it is a line's next, and was not claimed, is freed: whoever
 * gave the turn died halfway.
 */
const LOST_TURN_MS = 2 * JOB_LOST_MS;

/**
 * Gives the lines' turns. MongoDB says when; only a line's next message goes to Bull, one job a step and
 * move, at the moment at which the line is free for it. Runs on every worker at once without harm: each turn
 * is a compare-and-set.
 */
@Injectable()
export class Planner implements OnModuleInit {
  constructor(
    private readonly messages: Messages,
    private readonly dueMessages: DueMessages,
    private readonly lineSchedules: LineSchedules,
    private readonly lines: Lines,
    private readonly lineFactsService: LineFactsService,
    private readonly candidates: Candidates,
    private readonly lineReassignment: LineReassignment,
    private readonly workQueues: WorkQueues,
    private readonly channels: Channels,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly sendingFormat: SendingFormat,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('dispatch', this.config.TICK_MS, () => this.tick(), {
      concerns: ['messages', 'lineTurns'],
      nextAt: async () => firstOf(await this.dueMessages.nextAt(LOST_TURN_MS), await this.lineSchedules.nextAt()),
    });
  }

  /** Takes over what became due, and looks at every line whose time has come. */
  async tick(): Promise<void> {
    if (!(await this.sendingFormat.isOwn())) return;
    const now = this.clock.now();
    for (const look of [
      () => this.dueMessages.queueDue(now, QUEUE_BATCH_SIZE),
      () => this.dueMessages.takeUp(now, QUEUE_BATCH_SIZE),
    ]) {
      for (;;) {
        const { queued, workspaceIds } = await look();
        for (const workspaceId of workspaceIds) await this.wake(workspaceId);
        if (queued < QUEUE_BATCH_SIZE) break;
      }
    }
    for (const workspaceId of await this.dueMessages.dropLostTurns(new Date(now.getTime() - LOST_TURN_MS)))
      await this.wake(workspaceId);
    for (const states of together(await this.lineSchedules.due(this.clock.now(), LINE_BATCH_SIZE))) {
      await this.lineFactsService.prepare(states);
      for (const state of states) await this.plan(state);
    }
  }

  /** Looks at the workspace's lines at the next tick: something changed. */
  async wake(workspaceId: WorkspaceId): Promise<void> {
    const lines = await this.lines.all(workspaceId);
    const ids = lines.map(({ id }) => id);
    await this.lineSchedules.wake(workspaceId, ids, this.clock.now());
  }

  /** Gives a line its next turn, or says when it is looked at again. */
  async plan(state: LineSchedule): Promise<void> {
    const now = this.clock.now();
    if (state.turn) return this.follow(state, now);
    const facts = await this.lineFactsService.of(state);
    if (!facts?.line.isActive) return this.lineSchedules.planLater(state, new Date(now.getTime() + MAX_PLAN_INTERVAL_MS));
    const { line, usage } = facts;
    await this.lineReassignment.unhealthyForLong(line, now);
    // A line that was set aside is woken when a probe finds it well.
    if (!isUsable(line)) return this.planAt(state, null, now);
    if (facts.isReadOnly) return this.planAt(state, null, now);
    const room = roomIn(line, usage, { firstTouch: false, now });
    if (!room.free) return this.lineSchedules.planLater(state, nextUtcDay(now));
    const pace = paceOf(line, this.channels);
    // An attempt is under way, which may take long and seldom does: whoever ends it gives the next turn.
    if (!pace && state.lastEnd > now) return this.lineSchedules.planLater(state, state.lastEnd);
    if (pace && (await this.followGiven(state, now))) return;
    const most = pace ? turnsToSpare(state, pace, now) : 1;
    const isFresh = this.lineFactsService.isFresh(facts, now);
    let planned = state;
    for (let turn = 0; turn < most; turn += 1) {
      const next = await this.next(planned, { facts, isFresh, pace, now });
      if (next === null) return;
      if ('until' in next) return this.planAt(planned, earlier(next.until, lateAt(planned, now)), now);
      planned = next;
    }
    if (most === 0) await this.planAt(planned, earlier(nextLanding(planned, now), lateAt(planned, now)), now);
  }

  /**
   * Gives the line a turn.
   * @returns the line with it; `null` when it has changed meanwhile; else when it is to be planned again
   */
  private async next(
    state: LineSchedule,
    { facts, isFresh, pace, now }: { facts: LineFacts; isFresh: boolean; pace: RatePace | null; now: Date },
  ): Promise<LineSchedule | { until: Date | null } | null> {
    const { line, usage } = facts;
    const first = roomIn(line, usage, { firstTouch: true, now });
    let until: Date | null = first.free ? null : first.until;
    const look = { state, line, pace, firstTouchFree: first.free, now };
    const context = await this.candidates.contextFor(look, facts.groups);
    for (const group of inTurn(facts.groups, state)) {
      if (facts.empty.has(group.group)) {
        // Something may have come back to it since it was looked at; then the line must not rest for long.
        if (!isFresh) until = earlier(until, new Date(now.getTime() + FACTS_TTL_MS));
        continue;
      }
      const choice = await this.candidates.choose(context, group);
      if ('message' in choice) {
        const given = await this.give(look, choice);
        if (given !== 'taken') return given;
        continue;
      }
      if (choice.isEmpty) facts.empty.add(group.group);
      until = earlier(until, choice.until);
    }
    return { until };
  }

  /** Looks after the turns of a line with a rate that are late. @returns whether one was taken away */
  private async followGiven(state: LineSchedule, now: Date): Promise<boolean> {
    for (const turn of state.given.filter(({ at }) => now.getTime() - at.getTime() >= JOB_LATE_MS)) {
      if (!(await this.holds(state, turn, now))) return true;
    }
    return false;
  }

  /** The line has a turn: when its time is past, the job may be lost, or the message be stopped. */
  private async follow(state: LineSchedule, now: Date): Promise<void> {
    const turn = state.turn!;
    if (!(await this.holds(state, turn, now))) return;
    const late = Math.max(now.getTime(), turn.at.getTime()) + JOB_LATE_MS;
    await this.lineSchedules.planLater(state, new Date(late));
  }

  /** Sees to it that the turn has its job. @returns false when the turn was taken away */
  private async holds(state: LineSchedule, turn: Turn, now: Date): Promise<boolean> {
    const message = await this.messages.findForJob(turn.messageId, state.workspaceId);
    const stands = message?.status === 'queued' && message.revision === turn.revision && message.turnLineId === state.lineId;
    if (!stands && message?.status !== 'pending') {
      await this.lineSchedules.clear(state.lineId, turn.messageId, now);
      return false;
    }
    if (stands && now.getTime() - turn.at.getTime() > JOB_LOST_MS) {
      // Bull may hold the job for a worker that died, and would ignore the same id; the next one has another.
      await this.dueMessages.dropTurn(state.workspaceId, turn.messageId, state.lineId);
      await this.lineSchedules.clear(state.lineId, turn.messageId, now);
      return false;
    }
    if (stands) await this.addJob(state.workspaceId, turn, now);
    return true;
  }

  /** @returns the line with the turn; `null` when it has changed meanwhile; `taken`: the message has one */
  private async give(
    { state, line, pace, now }: Omit<PlanningContext, 'bound'>,
    { message, at, isTaken }: Chosen,
  ): Promise<LineSchedule | null | 'taken'> {
    if (!isTaken && !(await this.dueMessages.takeTurn(message, line.id, at))) return 'taken';
    const turn = { messageId: message.id, revision: message.revision, group: groupOf(message), at };
    const late = new Date(at.getTime() + JOB_LATE_MS);
    const given = pace
      ? await this.lineSchedules.assignMore(state, turn, earlier(lateAt(state, now), late)!)
      : (await this.lineSchedules.assign(state, turn, late)) && state;
    if (!given) {
      await this.dueMessages.dropTurn(state.workspaceId, message.id, line.id);
      // The line has changed meanwhile. Whoever planned it since has not seen the message, which was taken.
      await this.lineSchedules.wake(state.workspaceId, [line.id], now);
      return null;
    }
    await this.addJob(state.workspaceId, turn, now, pace);
    return given;
  }

  private async addJob(workspaceId: WorkspaceId, turn: Turn, now: Date, pace: RatePace | null = null): Promise<void> {
    const { messageId, revision, at } = turn;
    const hasBeat = pace !== null && beatOf(pace, pace.inFlight) !== null;
    const data: SendJobData = { workspaceId, messageId, moves: revision, at: at.getTime(), ...(hasBeat && { hasBeat }) };
    await this.workQueues.add(SEND_QUEUE, `${messageId}:${revision}`, data, at.getTime() - now.getTime());
  }

  private planAt(state: LineSchedule, at: Date | null, now: Date): Promise<void> {
    const latest = now.getTime() + MAX_PLAN_INTERVAL_MS;
    const chosen = at ? Math.min(latest, Math.max(at.getTime(), now.getTime() + 1)) : latest;
    return this.lineSchedules.planLater(state, new Date(chosen));
  }
}

/**
 * Lines of one workspace, which are read together, and so few that what was read is fresh when the last one
 * is planned.
 */
function together(states: readonly LineSchedule[]): LineSchedule[][] {
  const batches: LineSchedule[][] = [];
  const open = new Map<WorkspaceId, LineSchedule[]>();
  for (const state of states) {
    const batch = open.get(state.workspaceId);
    if (batch && batch.length < READ_BATCH_SIZE) batch.push(state);
    else {
      const fresh = [state];
      open.set(state.workspaceId, fresh);
      batches.push(fresh);
    }
  }
  return batches;
}

/** Least recently served first. */
const inTurn = (groups: readonly TurnGroup[], { lastServed: served }: LineSchedule): TurnGroup[] =>
  [...groups].sort((a, b) => (served[a.group] ?? 0) - (served[b.group] ?? 0));

/** When the first turn of a line with a rate is looked after; `null` where it has none. */
const lateAt = ({ given }: LineSchedule, now: Date): Date | null =>
  given.length === 0 ? null : new Date(Math.max(now.getTime(), Math.min(...given.map(({ at }) => at.getTime()))) + JOB_LATE_MS);

/** The earlier of two times; `null` is never. */
const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));
