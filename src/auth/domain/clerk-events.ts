import type { AccessEnd } from './access-end';

/** What an event of Clerk's takes away; nothing that Clerk tells gives anybody more than before. */
export type Withdrawal = { access: AccessEnd } | { workspaceId: string };

/** An event of Clerk's. */
export interface ClerkEvent {
  type: string;
  data: unknown;
  /** When it happened; `null` where it does not say so. */
  at: Date | null;
}

/** A call as it came in. */
export interface SignedCall {
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Verifies that calls come from Clerk. */
export abstract class ClerkCalls {
  /** Is there a secret to verify by? */
  abstract readonly isOpen: boolean;
  /** @returns `null` for a call that is not Clerk's, or older than five minutes */
  abstract verify(call: SignedCall): Promise<ClerkEvent | null>;
}

/** Is somebody gone, of whom another event may only say that they lost a session or a role? */
export const isForGood = (type: string): boolean => type === 'organizationMembership.deleted' || type === 'user.deleted';

type Fields = Record<string, unknown>;

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

/**
 * What the event takes away, or `null`. A membership that was changed ends the tokens that say what it was:
 * the next one, which Clerk's library fetches within a minute, says what it is.
 * @param event as Clerk sends it (`WebhookEvent` of @clerk/backend)
 */
export function withdrawalOf(event: Pick<ClerkEvent, 'type' | 'data'>): Withdrawal | null {
  const data = fields(event.data);
  const id = text(data.id);
  switch (event.type) {
    case 'session.ended':
    case 'session.removed':
    case 'session.revoked':
      return id === null ? null : { access: { of: 'session', sessionId: id } };
    case 'organizationMembership.deleted':
    case 'organizationMembership.updated': {
      const workspaceId = text(fields(data.organization).id);
      const userId = text(fields(data.public_user_data).user_id);
      return workspaceId && userId ? { access: { of: 'member', workspaceId, userId } } : null;
    }
    case 'user.deleted':
      return id === null ? null : { access: { of: 'user', userId: id } };
    case 'user.updated':
      return id && (data.banned === true || data.locked === true) ? { access: { of: 'user', userId: id } } : null;
    case 'organization.deleted':
      return id === null ? null : { workspaceId: id };
    default:
      return null;
  }
}
