import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../auth';
import { LineCapacity, Lines, roomIn, utcDay, type Line, type LineUsage } from '../../lines';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import type { LineState } from '../domain/line-turns';
import { SendContext, type TurnGroup } from '../domain/send-context';

/** What the planning of a line's next turn goes by. */
export interface LineFacts {
  line: Line;
  isReadOnly: boolean;
  usage: LineUsage;
  groups: TurnGroup[];
  /** Groups that had nothing for the line when they were looked at. */
  empty: Set<string>;
}

/** Facts may be this old, in milliseconds. Whatever matters is checked again when a message is sent. */
export const FACTS_LAST_MS = 1_000;
const REMEMBER_AT_MOST = 10_000;

/**
 * Remembers for a second what lines are planned by, so that a line that sends message after message is not read anew for each. Nothing is
 * decided by it: a turn that should not have been given is moved when its job asks for itself. Forgotten at once when the line was nudged
 * (something changed), when a turn was given in vain, and before it is said that a line has no room.
 */
@Injectable()
export class LineFactsService {
  private readonly known = new Map<string, { nudges: number; at: number; facts: LineFacts }>();

  constructor(
    private readonly lines: Lines,
    private readonly workspaces: Workspaces,
    private readonly capacity: LineCapacity,
    private readonly context: SendContext,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** @returns `null` when there is no such line */
  async of(state: LineState): Promise<LineFacts | null> {
    const now = this.clock.now();
    const known = this.known.get(state.lineId);
    if (known && known.nudges === state.nudges && now.getTime() - known.at < FACTS_LAST_MS && hasRoom(known.facts, now))
      return known.facts;
    const facts = await this.read(state, now);
    if (this.known.size >= REMEMBER_AT_MOST) this.known.clear();
    if (facts) this.known.set(state.lineId, { nudges: state.nudges, at: now.getTime(), facts });
    return facts;
  }

  forget(lineId: string): void {
    this.known.delete(lineId);
  }

  private async read({ workspaceId, lineId }: LineState, now: Date): Promise<LineFacts | null> {
    const line = await this.lines.find(workspaceId, lineId);
    if (!line) return null;
    const [workspace, usage, groups] = await Promise.all([
      this.workspaces.find(workspaceId),
      this.capacity.usage(workspaceId, [lineId], utcDay(now)),
      this.context.groupsOn(line),
    ]);
    const direct: TurnGroup = {
      group: 'direct',
      gapSeconds: this.config.CONTACT_GAP_SECONDS,
      window: {},
      windowPerMessage: true,
    };
    return {
      line,
      isReadOnly: Boolean(workspace?.readOnlyReason),
      usage: usage.get(lineId)!,
      groups: [direct, ...groups],
      empty: new Set(),
    };
  }
}

/** Of the same UTC day, and with room for a first touch: what was given back since then could only be more. */
const hasRoom = ({ line, usage }: LineFacts, now: Date): boolean =>
  usage.date === utcDay(now) && roomIn(line, usage, true, now).free;
