import type { RatePace } from '../../channels/domain';
import type { WorkspaceId } from '../../platform/ids';

/** The message that a line sends next. */
export interface Turn {
  messageId: string;
  revision: number;
  group: string;
  at: Date;
}

/** What is known of a line between its sends. */
export interface LineSchedule {
  lineId: string;
  workspaceId: WorkspaceId;
  /** When the last attempt ended; while it runs, when it ends at the latest. */
  lastEnd: Date;
  /** The gap that the last attempt's message asks for, in seconds. */
  lastGapSeconds: number;
  turn: Turn | null;
  /** When the dispatcher looks at the line again. */
  nextPlanAt: Date;
  /**
   * How many turns were given, and at which count each group had its last: the least recently served comes
   * next.
   */
  version: number;
  /** How often the line was woken: a planner that read it before must not put it off. */
  wakeCount: number;
  lastServed: Record<string, number>;
  /** Of a line with a rate: what was sent so far is paid for by then. */
  paidUntil: Date;
  /** Of a line with a rate: the messages that have a turn, which may be several. */
  given: readonly Turn[];
  /** Of a line with a rate: the attempts that are under way. */
  open: readonly OpenAttempt[];
  /** Of a line with a rate: one of its attempts waits for the rate of the account until then. */
  accountAt: Date | null;
}

/** An attempt on a line with a rate. */
interface OpenAttempt {
  token: string;
  /** When it has ended at the latest. */
  until: Date;
}

/** When a message with that gap may start on the line at the earliest. */
export const gapOver = (state: LineSchedule, gapSeconds: number): Date =>
  new Date(state.lastEnd.getTime() + Math.max(state.lastGapSeconds, gapSeconds) * 1_000);

/** An attempt that wants to begin on a line. */
export interface LineAttempt {
  token: string;
  gapSeconds: number;
  /** When it has ended at the latest. */
  endsBy: Date;
}

/** An attempt that wants to begin on a line with a rate. */
export interface RatedAttempt {
  messageId: string;
  token: string;
  pace: RatePace;
  /** What its text counts. */
  units: number;
  /** When it has ended at the latest. */
  endsBy: Date;
}

/** An attempt that has begun on a line with a rate, and has to wait for the line's account. */
export interface HeldAttempt {
  token: string;
  /** That of the line; `null` where the account, which is no faster, keeps it for the line. */
  pace: RatePace | null;
  /** When the account can have it. */
  at: Date;
  /** When it has ended at the latest. */
  endsBy: Date;
}

/**
 * Keeps the lines' turns. One is given by a compare-and-set on `turns`, so that two dispatchers never give
 * the same.
 */
export abstract class LineSchedules {
  abstract find(lineId: string): Promise<LineSchedule | null>;
  /** Lines to look at by `now`, of all workspaces. */
  abstract due(now: Date, limit: number): Promise<LineSchedule[]>;
  /** When the next line is looked at, of all workspaces. */
  abstract nextAt(): Promise<Date | null>;
  /** Makes the dispatcher look at these lines now. Unknown ones are made known. */
  abstract wake(workspaceId: WorkspaceId, lineIds: readonly string[], now: Date): Promise<void>;
  /** @returns whether the turn was given: nobody changed the state meanwhile */
  abstract assign(state: LineSchedule, turn: Turn, nextPlanAt: Date): Promise<boolean>;
  /**
   * Gives a line with a rate one turn more.
   * @returns the line with it; `null` when somebody changed the state meanwhile
   */
  abstract assignMore(state: LineSchedule, turn: Turn, nextPlanAt: Date): Promise<LineSchedule | null>;
  /**
   * Takes the turn away from the message and looks at the line now.
   * @returns the line without it; `null` when it had another turn
   */
  abstract clear(lineId: string, messageId: string, now: Date): Promise<LineSchedule | null>;
  /** Unless the line was woken since the state was read. */
  abstract planLater(state: LineSchedule, at: Date): Promise<void>;
  /**
   * Begins an attempt: the line is taken until `endsBy` at the latest.
   * @returns false when it is taken, or its gap is not over by `now`: the larger of `gapSeconds` and what the
   * last attempt asks for
   */
  abstract begin(lineId: string, attempt: LineAttempt, now: Date): Promise<boolean>;
  /**
   * The attempt that began under the token ended at `at`.
   * @param lookAt when a dispatcher plans the line, unless somebody has by then
   * @returns the line after it; `null` when the line has moved on
   */
  abstract ended(lineId: string, token: string, at: Date, lookAt: Date): Promise<LineSchedule | null>;
  /**
   * Begins an attempt on a line with a rate, pays for its units, and takes its turn away.
   * @returns false when as many as may be are under way, or the rate has no room for the units by `now`
   */
  abstract beginAtRate(lineId: string, attempt: RatedAttempt, now: Date): Promise<boolean>;
  /**
   * The attempt goes later than it began: the line has nothing left of its burst then, whatever was paid
   * before.
   */
  abstract hold(lineId: string, held: HeldAttempt): Promise<void>;
  /**
   * The attempt that began at a rate under the token has ended. What it paid stays paid.
   * @param lookAt as for `ended`
   * @returns the line after it; `null` when it is not under way
   */
  abstract landed(lineId: string, token: string, lookAt: Date): Promise<LineSchedule | null>;
  abstract states(workspaceId: WorkspaceId): Promise<LineSchedule[]>;
  abstract forget(lineId: string): Promise<void>;
}
