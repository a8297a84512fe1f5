import { type Scope, scopesOfSession } from './scopes';

/** What a verified dashboard session says. */
export interface Session {
  userId: string;
  /** Clerk's session, of which the token is one of many. */
  sessionId: string | null;
  issuedAt: Date | null;
  workspaceId: string | null;
  workspaceName: string | null;
  scopes: ReadonlySet<Scope>;
}

/** Verifies dashboard session tokens. */
export abstract class Sessions {
  /** @returns `null` for a token that is not good, whatever the reason */
  abstract verify(token: string): Promise<Session | null>;
}

interface Claims {
  sub?: unknown;
  sid?: unknown;
  iat?: unknown;
  /** `pending`: the sign-in is not complete, such as while a second factor is missing. */
  sts?: unknown;
  org_id?: unknown;
  org_role?: unknown;
  org_slug?: unknown;
  org_permissions?: unknown;
  /** Features, such as `o:campaigns,u:billing`. */
  fea?: unknown;
  o?: { id?: unknown; rol?: unknown; slg?: unknown; per?: unknown; fpm?: unknown };
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Clerk's ids of organizations are letters and digits; whatever else is signed names none. */
const organization = (value: unknown): string | null => {
  const id = text(value);
  return id && /^[\w.:-]{1,200}$/.test(id) ? id : null;
};

/**
 * Clerk's session claims: version 1 has `org_id`, `org_role` (`org:admin`) and `org_permissions`, version 2
 * `o.id`, `o.rol` (`admin`) and permissions by feature. A token with `o` is of version 2: nothing is taken
 * from the claims of version 1 then.
 */
export function sessionFromClaims(claims: Claims): Session | null {
  const userId = text(claims.sub);
  if (!userId || claims.sts === 'pending') return null;
  const { o } = claims;
  const issuedAt = typeof claims.iat === 'number' ? new Date(claims.iat * 1_000) : null;
  const who = { userId, sessionId: text(claims.sid), issuedAt };
  if (o) {
    return {
      ...who,
      workspaceId: organization(o.id),
      workspaceName: text(o.slg),
      scopes: scopesOfSession(text(o.rol), permissionsByFeature(claims)),
    };
  }
  const permissions = Array.isArray(claims.org_permissions) ? claims.org_permissions.filter((one) => text(one) !== null) : [];
  return {
    ...who,
    workspaceId: organization(claims.org_id),
    workspaceName: text(claims.org_slug),
    scopes: scopesOfSession(text(claims.org_role), permissions as string[]),
  };
}

/**
 * Version 2 names features (`fea`) and permissions (`o.per`) once, and says with a number for each of the
 * organization's features which permissions it has (`o.fpm`): bit 0 is the first one.
 */
function permissionsByFeature({ fea, o }: Claims): string[] {
  const permissions = listOf(o?.per);
  const bits = listOf(o?.fpm);
  const features = listOf(fea).flatMap((feature) => {
    const [owner, name] = feature.split(':');
    return name && owner!.includes('o') ? [name] : [];
  });
  return features.flatMap((feature, index) => {
    const map = /^\d{1,9}$/.test(bits[index] ?? '') ? Number(bits[index]) : 0;
    return permissions.filter((_, place) => (map >> place) & 1).map((permission) => `${feature}:${permission}`);
  });
}

const listOf = (value: unknown): string[] => (text(value) ?? '').split(',').map((part) => part.trim());
