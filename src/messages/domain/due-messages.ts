import type { WorkspaceId } from '../../platform/ids';
import type { Message } from './message';

/** What a candidate for a turn must be. */
export interface TurnQuery {
  workspaceId: WorkspaceId;
  group: string;
  lineId: string;
  channel: Message['channel'];
  /** `mine`: it has to use this line; `any`: it may use any. */
  bound: 'mine' | 'any';
  limit: number;
}

/**
 * The messages that wait for a turn on a line: those that become due, those that may go next, and the marks
 * of those that were chosen.
 */
export abstract class DueMessages {
  /**
   * Turns up to `limit` due messages from `scheduled` to `queued`.
   * @returns the workspaces and channels that have new work
   */
  abstract queueDue(now: Date, limit: number): Promise<{ queued: number; workspaceIds: WorkspaceId[] }>;
  /** Makes moved messages whose time has come ready again. @returns as queueDue */
  abstract takeUp(now: Date, limit: number): Promise<{ queued: number; workspaceIds: WorkspaceId[] }>;
  /** Ready messages without a turn, oldest due first. */
  abstract candidates(query: TurnQuery): Promise<Message[]>;
  /** Which of the groups have a ready message without a turn, whatever line it has to use. */
  abstract groupsWaiting(workspaceId: WorkspaceId, groups: readonly string[]): Promise<Set<string>>;
  /**
   * Of several groups: ready ones without a turn that have to use the line.
   * @returns `null` where there are more than `limit`
   */
  abstract boundTo(query: Omit<TurnQuery, 'bound' | 'group'> & { groups: readonly string[] }): Promise<Message[] | null>;
  /**
   * Marks the oldest of the candidates that may use the line, bound to it or free, as its next, to go at
   * `at`.
   */
  abstract takeOldest(query: Omit<TurnQuery, 'bound' | 'limit'>, at: Date): Promise<Message | null>;
  /** Puts ready messages aside until the given times. */
  abstract putAside(workspaceId: WorkspaceId, until: ReadonlyMap<string, Date>): Promise<void>;
  /** Marks the message as the line's next, to go at `at`. @returns whether it was still ready */
  abstract takeTurn(message: Message, lineId: string, at: Date): Promise<boolean>;
  abstract dropTurn(workspaceId: WorkspaceId, messageId: string, lineId: string): Promise<void>;
  /**
   * Frees messages, some hundreds at most, whose turn was to be before then and that nobody claimed.
   * @returns their workspaces
   */
  abstract dropLostTurns(before: Date): Promise<WorkspaceId[]>;
  /**
   * When there is something for `queueDue`, `takeUp` or `dropLostTurns` to find; `null` for nothing.
   * @param lostAfterMs how long after its time a turn is lost, in milliseconds
   */
  abstract nextAt(lostAfterMs: number): Promise<Date | null>;
}
