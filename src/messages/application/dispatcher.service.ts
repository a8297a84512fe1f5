import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Lines, isUsable, nextUtcDay, roomIn, type Line } from '../../lines';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { WorkspaceId } from '../../platform/ids';
import { WorkQueues } from '../../platform/queues';
import { SendingFormat } from '../../platform/sending-format';
import { Ticks } from '../../platform/ticks';
import { DueMessages } from '../domain/due-messages';
import { LineTurns, type LineState } from '../domain/line-turns';
import { groupOf } from '../domain/message';
import { Messages } from '../domain/messages.repository';
import type { TurnGroup } from '../domain/send-context';
import { FACTS_LAST_MS, LineFactsService } from './line-facts.service';
import { LineUnbinding } from './line-unbinding.service';
import { TurnChoice, type Chosen } from './turn-choice.service';

export const SEND_QUEUE = 'send';

/** Due messages taken over in one transaction. */
const QUEUE_AT_ONCE = 500;
/** Lines looked at in one tick. */
const LINES_AT_ONCE = 200;
/** Of a workspace: lines that are read in one go. */
const READ_TOGETHER = 10;
/** However quiet a line is, it is looked at this often. */
const LOOK_AGAIN_MS = 60_000;
/** A turn whose job did not run this long after its time gets its job again: Redis may have lost it. */
const JOB_LATE_MS = 2_000;
/** A job that did not run so long after its time is taken for lost. */
const JOB_LOST_MS = 5_000;
/** So long after its time, a message that says it is a line's next, and was not claimed, is freed: whoever gave the turn died halfway. */
const LOST_TURN_MS = 2 * JOB_LOST_MS;

/**
 * Gives the lines' turns. MongoDB says when; only a line's next message goes to Bull, one job a step and move, at the moment at which the
 * line is free for it. Runs on every worker at once without harm: each turn is a compare-and-set.
 */
@Injectable()
export class DispatcherService implements OnModuleInit {
  constructor(
    private readonly messages: Messages,
    private readonly due: DueMessages,
    private readonly turns: LineTurns,
    private readonly lines: Lines,
    private readonly facts: LineFactsService,
    private readonly choice: TurnChoice,
    private readonly unbinding: LineUnbinding,
    private readonly queues: WorkQueues,
    private readonly ticks: Ticks,
    private readonly clock: Clock,
    private readonly sendingFormat: SendingFormat,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.ticks.every('dispatch', this.config.TICK_MS, () => this.tick());
  }

  /** Takes over what became due, and looks at every line whose time has come. */
  async tick(): Promise<void> {
    if (!(await this.sendingFormat.isOwn())) return;
    const now = this.clock.now();
    for (const look of [() => this.due.queueDue(now, QUEUE_AT_ONCE), () => this.due.unpark(now, QUEUE_AT_ONCE)]) {
      for (;;) {
        const { queued, workspaceIds } = await look();
        for (const workspaceId of workspaceIds) await this.nudge(workspaceId);
        if (queued < QUEUE_AT_ONCE) break;
      }
    }
    for (const workspaceId of await this.due.dropLostTurns(new Date(now.getTime() - LOST_TURN_MS))) await this.nudge(workspaceId);
    for (const states of together(await this.turns.due(this.clock.now(), LINES_AT_ONCE))) {
      await this.facts.prepare(states);
      for (const state of states) await this.plan(state);
    }
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
    const look = await this.choice.lookAt(state, line, facts.groups, first.free, now);
    for (const group of inTurn(facts.groups, state)) {
      if (facts.empty.has(group.group)) {
        // Something may have come back to it meanwhile; then the line must not rest for long.
        until = earlier(until, new Date(now.getTime() + FACTS_LAST_MS));
        continue;
      }
      const choice = await this.choice.choose(look, group);
      if ('message' in choice) {
        if (await this.give(state, line, choice, now)) return;
        continue;
      }
      if (choice.isEmpty) facts.empty.add(group.group);
      until = earlier(until, choice.until);
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
      await this.due.dropTurn(turn.messageId, state.lineId);
      await this.turns.clear(state.lineId, turn.messageId, now);
      return;
    }
    if (stands) await this.addJob(turn.messageId, turn.moves, turn.at, now);
    const late = Math.max(now.getTime(), turn.at.getTime()) + JOB_LATE_MS;
    await this.turns.lookLater(state, new Date(late));
  }

  private async give(state: LineState, line: Line, { message, at, isTaken }: Chosen, now: Date): Promise<boolean> {
    if (!isTaken && !(await this.due.takeTurn(message, line.id, at))) return false;
    const turn = { messageId: message.id, moves: message.moves, group: groupOf(message), at };
    if (!(await this.turns.give(state, turn, new Date(at.getTime() + JOB_LATE_MS)))) {
      await this.due.dropTurn(message.id, line.id);
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

/** Lines of one workspace, which are read together, and so few that what was read is fresh when the last one is planned. */
function together(states: readonly LineState[]): LineState[][] {
  const batches: LineState[][] = [];
  const open = new Map<WorkspaceId, LineState[]>();
  for (const state of states) {
    const batch = open.get(state.workspaceId);
    if (batch && batch.length < READ_TOGETHER) batch.push(state);
    else {
      const fresh = [state];
      open.set(state.workspaceId, fresh);
      batches.push(fresh);
    }
  }
  return batches;
}

/** Least recently served first. */
const inTurn = (groups: readonly TurnGroup[], { served }: LineState): TurnGroup[] =>
  [...groups].sort((a, b) => (served[a.group] ?? 0) - (served[b.group] ?? 0));

/** The earlier of two times; `null` is never. */
const earlier = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b));
