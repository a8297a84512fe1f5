import type { WorkspaceId } from '../../platform/ids';

/** An ended message that nothing has changed for long. */
export interface OldMessage {
  id: string;
  workspaceId: WorkspaceId;
  enrollmentId: string | null;
}

/** Finds and removes messages of long ago, of all workspaces. */
export abstract class OldMessages {
  /**
   * Looks at up to `limit` messages that were made before then, the oldest first.
   * @param after where the look before ended; `null`: begins anew
   * @returns those that have ended and were last changed before then; where the next look begins, `null`
   * when there are no more
   */
  abstract look(before: Date, after: string | null, limit: number): Promise<{ old: OldMessage[]; next: string | null }>;
  /** Of these enrollments, those with a message that waits, is on its way, or was changed since then. */
  abstract stillMoving(enrollmentIds: readonly string[], before: Date): Promise<Set<string>>;
  /** Removes those of them that are still so. Claims on recipients and counts stay. @returns how many went */
  abstract remove(messages: readonly OldMessage[], before: Date): Promise<number>;
}
