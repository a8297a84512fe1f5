import type { WorkspaceId } from '../../platform/ids';
import type { KeyLimits } from './api-key';
import { AdminSessionRequired, MissingScope } from './auth.errors';
import type { Scope } from './scopes';

/** Who is calling, for which workspace, and what they may do. */
export type Principal = { workspaceId: WorkspaceId; scopes: ReadonlySet<Scope> } & (
  | { via: 'key'; keyId: string; expiresAt: Date | null; allowedIps: readonly string[]; rateLimitPerMinute: number | null }
  | { via: 'session'; userId: string }
);

/** @throws AdminSessionRequired where it is known that an admin's session would do, else MissingScope */
export function requireScope({ via, scopes }: Principal, scope: Scope): void {
  if (scopes.has(scope)) return;
  const isForAdmins = scope === 'keys:manage' || (scope === 'settings:manage' && via === 'session');
  throw isForAdmins ? new AdminSessionRequired(scope) : new MissingScope(scope);
}

/** What the keys may do at most that the caller makes. */
export const limitsOf = (caller: Principal): KeyLimits => ({
  scopes: [...caller.scopes],
  expiresAt: caller.via === 'key' ? caller.expiresAt : null,
  allowedIps: caller.via === 'key' ? caller.allowedIps : [],
  rateLimitPerMinute: caller.via === 'key' ? caller.rateLimitPerMinute : null,
});

/** Who acts: the id of the key, or of the user. */
export const actorOf = (caller: Principal): string => (caller.via === 'key' ? `key:${caller.keyId}` : `user:${caller.userId}`);
