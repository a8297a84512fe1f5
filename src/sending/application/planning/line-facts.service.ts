import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../../auth';
import { type Line, LineCapacity, Lines, type LineUsage, roomIn } from '../../../lines';
import { DIRECT } from '../../../messages';
import { Clock, utcDay } from '../../../platform/clock';
import { Config } from '../../../platform/config';
import type { WorkspaceId } from '../../../platform/ids';
import type { LineSchedule } from '../../domain/line-schedules';
import { SendContext, type TurnGroup } from '../../domain/send-context';

/** What the planning of a line's next turn goes by. */
export interface LineFacts {
  line: Line;
  isReadOnly: boolean;
  usage: LineUsage;
  groups: TurnGroup[];
  /** Groups that had nothing for the line when they were looked at. */
  empty: Set<string>;
  readAt: Date;
}

/** Facts may be this old, in milliseconds. Whatever matters is checked again when a message is sent. */
export const FACTS_TTL_MS = 1_000;
/** Facts that were read so long ago, in milliseconds, do not tell that a line has no room. */
const ROOM_TTL_MS = 50;
const MAX_CACHED_LINES = 10_000;

/**
 * Remembers for a second what lines are planned by, so that a line that sends message after message is not
 * read anew for each. Nothing is decided by it: a turn that should not have been given is moved when its job
 * asks for itself. Forgotten at once when the line was woken (something changed), when a turn was given in
 * vain, and before it is said that a line has no room.
 */
@Injectable()
export class LineFactsService {
  private readonly known = new Map<string, { nudges: number; facts: LineFacts }>();
  constructor(
    private readonly lines: Lines,
    private readonly workspaces: Workspaces,
    private readonly lineCapacity: LineCapacity,
    private readonly sendContext: SendContext,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @returns `null` when there is no such line */
  async of(state: LineSchedule): Promise<LineFacts | null> {
    if (!this.isKnown(state)) await this.read([state]);
    return this.known.get(state.lineId)?.facts ?? null;
  }

  /**
   * Reads what is not known of these lines in few calls, for them to be planned at once, one after the other.
   */
  async prepare(states: readonly LineSchedule[]): Promise<void> {
    await this.read(states.filter((state) => !state.turn && !this.isKnown(state)));
  }

  forget(lineId: string): void {
    this.known.delete(lineId);
  }

  private isKnown({ lineId, wakeCount: nudges }: LineSchedule): boolean {
    const known = this.known.get(lineId);
    if (known?.nudges !== nudges) return false;
    const now = this.clock.now();
    const age = now.getTime() - known.facts.readAt.getTime();
    return age < FACTS_TTL_MS && (age < ROOM_TTL_MS || hasRoom(known.facts, now));
  }

  private async read(states: readonly LineSchedule[]): Promise<void> {
    const now = this.clock.now();
    if (this.known.size + states.length > MAX_CACHED_LINES) this.known.clear();
    const nudges = new Map(states.map((state) => [state.lineId, state.wakeCount]));
    for (const workspaceId of new Set(states.map((state) => state.workspaceId))) {
      const lineIds = states.filter((state) => state.workspaceId === workspaceId).map(({ lineId }) => lineId);
      for (const lineId of lineIds) this.known.delete(lineId);
      for (const facts of await this.factsOf(workspaceId, lineIds, now))
        this.known.set(facts.line.id, { nudges: nudges.get(facts.line.id)!, facts });
    }
  }

  private async factsOf(workspaceId: WorkspaceId, lineIds: readonly string[], now: Date): Promise<LineFacts[]> {
    const lines = await this.lines.findMany(workspaceId, lineIds);
    if (lines.length === 0) return [];
    const [workspace, usage, groups] = await Promise.all([
      this.workspaces.find(workspaceId),
      this.lineCapacity.usage(workspaceId, lineIds, utcDay(now)),
      this.sendContext.groupsOn(workspaceId, lines),
    ]);
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
      empty: new Set(),
      readAt: now,
    }));
  }
}

/**
 * Of the same UTC day, and with room for a first touch: what was given back since then could only be more.
 */
const hasRoom = ({ line, usage }: LineFacts, now: Date): boolean =>
  usage.date === utcDay(now) && roomIn(line, usage, { firstTouch: true, now }).free;
