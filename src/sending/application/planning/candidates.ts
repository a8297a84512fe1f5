import { Injectable } from '@nestjs/common';
import { nextAllowed, type WindowSettings } from '#libs/send-window';
import type { RatePace } from '../../../channels';
import type { Line } from '../../../lines';
import { DueMessages, groupOf, type Message } from '../../../messages';
import { Config } from '../../../platform/config';
import type { WorkspaceId } from '../../../platform/ids';
import { gapOver, type LineSchedule } from '../../domain/line-schedules';
import { turnAtRate } from '../../domain/rate';
import { SendContext, type TurnGroup } from '../../domain/send-context';
import { sendableFrom } from '../../domain/send-moment';
import { PriorContacts } from './prior-contacts';

/**
 * Candidates of a group read for one turn, when their windows or the limit of first touches may hold some up.
 */
const CANDIDATE_LIMIT = 50;

/**
 * Candidates with windows of their own that are read first. Most often one of them is open; each look that
 * finds none puts them aside, and the next one reads more.
 */
const FIRST_LOOK = 4;

/** A line that is looked at for its next turn. */
export interface PlanningContext {
  line: Line;
  state: LineSchedule;
  /** `null`: the line has gaps. */
  pace: RatePace | null;
  firstTouchFree: boolean;
  /** By group, messages that have to use the line, where they were asked for together. */
  bound: ReadonlyMap<string, Message[]> | null;
  now: Date;
}

/** A message that may go next, and when; marked as the line's next already, or not yet. */
export interface Chosen {
  message: Message;
  at: Date;
  isTaken: boolean;
}

/** What one group has for the line: a message, or when to plan again, and whether it had none at all. */
export type Choice = Chosen | { until: Date | null; isEmpty: boolean };

/** Chooses, of one group, the oldest message that lacks nothing but the line's gap. */
@Injectable()
export class Candidates {
  constructor(
    private readonly dueMessages: DueMessages,
    private readonly priorContacts: PriorContacts,
    private readonly sendContext: SendContext,
    private readonly config: Config,
  ) {}

  /**
   * While the line may touch nobody new, most groups have nothing for it: what is bound to it is asked for in
   * one question for all of them.
   */
  async contextFor(planned: Omit<PlanningContext, 'bound'>, groups: readonly TurnGroup[]): Promise<PlanningContext> {
    const bound = planned.firstTouchFree ? null : await this.boundTo(planned.line, groups);
    return { ...planned, bound };
  }

  async choose(look: PlanningContext, group: TurnGroup): Promise<Choice> {
    const { line, state, pace, firstTouchFree, now } = look;
    const free = pace ? turnAtRate(state, pace, now) : gapOver(state, group.gapSeconds);
    const earliest = free > now ? free : now;
    const window = group.windowPerMessage ? {} : group.window;
    const at = sendableFrom(earliest, window, this.config.SEND_EDGE_SECONDS);
    const horizon = now.getTime() + this.config.PLAN_HORIZON_SECONDS * 1_000;
    if (at.getTime() > horizon) return { until: at, isEmpty: false };
    if (firstTouchFree && !group.windowPerMessage) {
      const message = await this.dueMessages.takeOldest(queryOf(line, group), at);
      return message ? { message, at, isTaken: true } : { until: null, isEmpty: true };
    }
    return this.chooseOfSeveral(look, group, at);
  }

  /** @returns by group, or `null` where there are too many to be looked at together */
  private async boundTo(line: Line, groups: readonly TurnGroup[]): Promise<Map<string, Message[]> | null> {
    const names = groups.map(({ group }) => group);
    const messages = await this.dueMessages.boundTo({ ...lineOf(line), groups: names, limit: CANDIDATE_LIMIT });
    return messages && new Map(names.map((name) => [name, messages.filter((message) => groupOf(message) === name)]));
  }

  /** Where windows or the limit of first touches may hold some up. */
  private async chooseOfSeveral(look: PlanningContext, group: TurnGroup, at: Date): Promise<Choice> {
    const looksAtAny = look.firstTouchFree || (await this.priorContacts.mayBeIn(look.line, group.group));
    let looked = 0;
    for (let limit = look.firstTouchFree ? FIRST_LOOK : CANDIDATE_LIMIT; ; limit = CANDIDATE_LIMIT) {
      const { found, message, mayBeMore } = await this.lookAt(look, group, { at, limit, looksAtAny });
      looked += found;
      if (message) return { message, at, isTaken: false };
      if (!mayBeMore || looked >= CANDIDATE_LIMIT) return { until: null, isEmpty: looksAtAny && looked === 0 };
    }
  }

  private async lookAt(
    { line, firstTouchFree, bound, now }: PlanningContext,
    group: TurnGroup,
    { at, limit, looksAtAny }: { at: Date; limit: number; looksAtAny: boolean },
  ): Promise<{ found: number; message: Message | undefined; mayBeMore: boolean }> {
    const query = { ...queryOf(line, group), limit };
    const [mine, any] = await Promise.all([
      bound?.get(group.group) ?? this.dueMessages.candidates({ ...query, bound: 'mine' }),
      looksAtAny ? this.dueMessages.candidates({ ...query, bound: 'any' }) : null,
    ]);
    const all = [...mine, ...(any ?? [])];
    const possible = firstTouchFree ? all : await this.priorContacts.among(line, group.group, { mine, any }, now);
    const inOrder = possible.sort((a, b) => a.dueAt!.getTime() - b.dueAt!.getTime());
    const message = group.windowPerMessage ? await this.firstOpen(line.workspaceId, inOrder, at) : inOrder[0];
    // Whoever was looked at has been put aside, so that another look finds the next ones.
    return { found: all.length, message, mayBeMore: firstTouchFree && Math.max(mine.length, any?.length ?? 0) === limit };
  }

  /**
   * Of messages that have windows of their own: the first that is open then. The others are put aside until
   * theirs open.
   */
  private async firstOpen(workspaceId: WorkspaceId, messages: readonly Message[], at: Date): Promise<Message | undefined> {
    if (messages.length === 0) return undefined;
    const windows = await this.sendContext.windowsOf(workspaceId, messages);
    const opensAt = (message: Message) => this.sendable(at, windows.get(message.id));
    const closed = new Map(messages.map((message) => [message.id, opensAt(message)] as const).filter(([, opens]) => opens > at));
    await this.dueMessages.putAside(workspaceId, closed);
    return messages.find((message) => !closed.has(message.id));
  }

  private sendable(at: Date, window: WindowSettings = {}): Date {
    return sendableFrom(nextAllowed(at, window), window, this.config.SEND_EDGE_SECONDS);
  }
}

const lineOf = ({ workspaceId, id, channel }: Line) => ({ workspaceId, lineId: id, channel });
const queryOf = (line: Line, { group }: TurnGroup) => ({ ...lineOf(line), group });
