import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../../auth';
import { type Line, LineCapacity, Lines, type LineUsage, roomIn } from '../../../lines';
import { DIRECT, DueMessages } from '../../../messages';
import { Clock, utcDay } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import type { WorkspaceId } from '../../../platform/ids';
import type { LineSchedule } from '../../domain/line-schedules';
import { SendContext, type TurnGroup } from '../../domain/send-context';

/** A line whose facts are read. */
type Planned = Pick<LineSchedule, 'lineId' | 'workspaceId' | 'wakeCount'>;

/** What the planning of a line's next turn goes by. */
export interface LineFacts {
  line: Line;
  isReadOnly: boolean;
  usage: LineUsage;
  groups: TurnGroup[];
  /** Groups that had nothing for the line when they were looked at. */
  empty: Set<string>;
  readAt: Date;
  /** Nobody has planned by them yet, so that what is empty has been looked at for this very plan. */
  isUnused: boolean;
}

/** Facts may be this old, in milliseconds. Whatever matters is checked again when a message is sent. */
export const FACTS_TTL_MS = 1_000;
/** Facts that were read so long ago, in milliseconds, do not tell that a line has no room. */
const ROOM_TTL_MS = 50;
const MAX_CACHED_LINES = 10_000;
/** Lines of one workspace that are read together: those that send all the time are not read one by one. */
const READ_TOGETHER = 50;
/** Facts of other lines are read again with them once they are this old, in milliseconds. */
const READ_AGAIN_MS = FACTS_TTL_MS / 2;
/** Of more groups than these, each is looked at when its turn comes. */
const GROUPS_TOGETHER = 50;

/**
 * Remembers for a second what lines are planned by, so that a line that sends message after message is not
 * read anew for each. Nothing is decided by it: a turn that should not have been given is moved when its job
 * asks for itself. Forgotten at once when the line was woken (something changed), when a turn was given in
 * vain, and before it is said that a line has no room.
 */
@Injectable()
export class LineFactsService {
  private readonly known = new Map<string, { nudges: number; facts: LineFacts }>();
  /** Of each workspace, lines of which something was known. */
  private readonly linesOf = new Map<WorkspaceId, Set<string>>();
  /** By line, what is being read of it, unless it was forgotten since: then nothing is learned by it. */
  private readonly reading = new Map<string, Promise<void>>();

  constructor(
    private readonly dueMessages: DueMessages,
    private readonly lines: Lines,
    private readonly workspaces: Workspaces,
    private readonly lineCapacity: LineCapacity,
    private readonly sendContext: SendContext,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @returns `null` when there is no such line */
  async of(state: LineSchedule): Promise<LineFacts | null> {
    // What others are reading may be forgotten before it is there, or be of before a wake-up.
    if (!this.isKnown(state)) await this.reading.get(state.lineId);
    if (this.isKnown(state)) return this.known.get(state.lineId)!.facts;
    return (await this.read([state, ...this.agedBeside(state)])).get(state.lineId) ?? null;
  }

  /** Is what is empty for the line known as of this plan, which has just begun? Asked once a plan. */
  isFresh(facts: LineFacts, now: Date): boolean {
    const { isUnused, readAt } = facts;
    facts.isUnused = false;
    return isUnused && now.getTime() - readAt.getTime() < ROOM_TTL_MS;
  }

  /**
   * Reads what is not known of these lines in few calls, for them to be planned at once, one after the other.
   */
  async prepare(states: readonly LineSchedule[]): Promise<void> {
    await this.read(states.filter((state) => !state.turn && !this.isKnown(state)));
  }

  /** What is being read of the line may be as old as what is known of it. */
  forget(lineId: string): void {
    this.known.delete(lineId);
    this.reading.delete(lineId);
  }

  private isKnown({ lineId, wakeCount: nudges }: LineSchedule): boolean {
    const known = this.known.get(lineId);
    if (known?.nudges !== nudges) return false;
    const now = this.clock.now();
    const age = now.getTime() - known.facts.readAt.getTime();
    return age < FACTS_TTL_MS && (age < ROOM_TTL_MS || hasRoom(known.facts, now));
  }

  /** Other lines of the workspace whose facts will soon be too old. */
  private agedBeside({ lineId, workspaceId }: LineSchedule): Planned[] {
    const before = this.clock.now().getTime() - READ_AGAIN_MS;
    const aged: Planned[] = [];
    for (const other of this.linesOf.get(workspaceId) ?? []) {
      const known = this.known.get(other);
      if (!known || other === lineId || known.facts.readAt.getTime() > before) continue;
      aged.push({ lineId: other, workspaceId, wakeCount: known.nudges });
      if (aged.length === READ_TOGETHER) break;
    }
    return aged;
  }

  private async read(states: readonly Planned[]): Promise<Map<string, LineFacts>> {
    const facts = this.factsOfAll(states);
    const over = facts.then(
      (found) => {
        for (const state of states) if (this.reading.get(state.lineId) === over) this.learn(state, found.get(state.lineId));
      },
      // Who waits for it reads by itself where it fails.
      () => undefined,
    );
    for (const { lineId } of states) this.reading.set(lineId, over);
    await over;
    for (const { lineId } of states) if (this.reading.get(lineId) === over) this.reading.delete(lineId);
    return facts;
  }

  private learn({ lineId, workspaceId, wakeCount: nudges }: Planned, facts: LineFacts | undefined): void {
    if (this.known.size >= MAX_CACHED_LINES) {
      this.known.clear();
      this.linesOf.clear();
    }
    const lines = this.linesOf.get(workspaceId) ?? new Set();
    this.linesOf.set(workspaceId, lines);
    if (facts) {
      this.known.set(lineId, { nudges, facts });
      lines.add(lineId);
    } else {
      this.known.delete(lineId);
      lines.delete(lineId);
    }
  }

  private async factsOfAll(states: readonly Planned[]): Promise<Map<string, LineFacts>> {
    const now = this.clock.now();
    const facts = new Map<string, LineFacts>();
    for (const workspaceId of new Set(states.map((state) => state.workspaceId))) {
      const lineIds = states.filter((state) => state.workspaceId === workspaceId).map(({ lineId }) => lineId);
      for (const one of await this.factsOf(workspaceId, lineIds, now)) facts.set(one.line.id, one);
    }
    return facts;
  }

  private async factsOf(workspaceId: WorkspaceId, lineIds: readonly string[], now: Date): Promise<LineFacts[]> {
    const lines = await this.lines.findMany(workspaceId, lineIds);
    if (lines.length === 0) return [];
    const [workspace, usage, groups] = await Promise.all([
      this.workspaces.find(workspaceId),
      this.lineCapacity.usage(workspaceId, lineIds, utcDay(now)),
      this.sendContext.groupsOn(workspaceId, lines),
    ]);
    const empty = await this.emptyAmong(workspaceId, [DIRECT, ...new Set([...groups.values()].flat().map(({ group }) => group))]);
    const direct: TurnGroup = {
      group: DIRECT,
      gapSeconds: this.config.CONTACT_GAP_SECONDS,
      window: {},
      windowPerMessage: true,
    };
    return lines.map((line) => ({
      line,
      isReadOnly: Boolean(workspace?.readOnlyReason),
      usage: usage.get(line.id)!,
      groups: [direct, ...groups.get(line.id)!],
      empty: new Set(empty),
      readAt: now,
      isUnused: true,
    }));
  }

  private async emptyAmong(workspaceId: WorkspaceId, groups: readonly string[]): Promise<string[]> {
    if (groups.length > GROUPS_TOGETHER) return [];
    const waiting = await this.dueMessages.groupsWaiting(workspaceId, groups);
    return groups.filter((group) => !waiting.has(group));
  }
}

/**
 * Of the same UTC day, and with room for a first touch: what was given back since then could only be more.
 */
const hasRoom = ({ line, usage }: LineFacts, now: Date): boolean =>
  usage.date === utcDay(now) && roomIn(line, usage, { firstTouch: true, now }).free;
