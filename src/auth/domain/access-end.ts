import type { Session } from './sessions';

/** Whose access is over: one session's, one user's everywhere, or one user's in one workspace. */
export type AccessEnd =
  { of: 'session'; sessionId: string } | { of: 'user'; userId: string } | { of: 'member'; workspaceId: string; userId: string };

/** Which tokens an end is about, as one string. */
export function keyOf(end: AccessEnd): string {
  if (end.of === 'session') return `session ${end.sessionId}`;
  if (end.of === 'user') return `user ${end.userId}`;
  return `member ${end.workspaceId} ${end.userId}`;
}

/** The ends that would be about a session. */
export function endsAbout({ sessionId, userId, workspaceId }: Session): AccessEnd[] {
  return [
    ...(sessionId ? [{ of: 'session', sessionId } as const] : []),
    { of: 'user', userId },
    ...(workspaceId ? [{ of: 'member', workspaceId, userId } as const] : []),
  ];
}

/**
 * Is the token of no use any more? A session that is over stays so. Users and members may come back: what was
 * issued after their access ended is good again.
 */
export function isOver(session: Session, endedAt: ReadonlyMap<string, Date>): boolean {
  return endsAbout(session).some((end) => {
    const at = endedAt.get(keyOf(end));
    return at !== undefined && (end.of === 'session' || session.issuedAt === null || session.issuedAt <= at);
  });
}

/** Remembers whose access is over, for longer than any token lives. */
export abstract class AccessEnds {
  /** The latest time counts, in whatever order they come. */
  abstract save(end: AccessEnd, at: Date): Promise<void>;
  /** @returns since when, by the key */
  abstract find(keys: readonly string[]): Promise<Map<string, Date>>;
}
