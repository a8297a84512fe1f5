/** What a verified dashboard session says. */
export interface Session {
  userId: string;
  workspaceId: string | null;
  workspaceName: string | null;
  admin: boolean;
}

/** Verifies dashboard session tokens. */
export abstract class Sessions {
  /** @returns `null` for a token that is not good, whatever the reason */
  abstract verify(token: string): Promise<Session | null>;
}

interface Claims {
  sub?: unknown;
  org_id?: unknown;
  org_role?: unknown;
  org_slug?: unknown;
  o?: { id?: unknown; rol?: unknown; slg?: unknown };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/**
 * Clerk's session claims: version 1 has `org_id` and `org_role` (`org:admin`), version 2 has `o.id` and
 * `o.rol` (`admin`).
 */
export function sessionFromClaims(claims: Claims): Session | null {
  const userId = text(claims.sub);
  if (!userId) return null;
  const role = text(claims.o?.rol) ?? text(claims.org_role);
  return {
    userId,
    workspaceId: text(claims.o?.id) ?? text(claims.org_id),
    workspaceName: text(claims.o?.slg) ?? text(claims.org_slug),
    admin: role === 'admin' || role === 'org:admin',
  };
}
