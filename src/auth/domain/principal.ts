import type { WorkspaceId } from '../../platform/ids';
import { AdminSessionRequired, MissingScope } from './auth.errors';
import type { Scope } from './scopes';

/** Who is calling, for which workspace, and what they may do. */
export type Principal = { workspaceId: WorkspaceId; scopes: ReadonlySet<Scope> } & (
  { via: 'key'; keyId: string } | { via: 'session'; userId: string }
);

/** @throws AdminSessionRequired where it is known that an admin's session would do, else MissingScope */
export function requireScope({ via, scopes }: Principal, scope: Scope): void {
  if (scopes.has(scope)) return;
  const isForAdmins = scope === 'keys:manage' || (scope === 'settings:manage' && via === 'session');
  throw isForAdmins ? new AdminSessionRequired(scope) : new MissingScope(scope);
}
