/** What a caller may do. Each route needs one of them; none includes another. */
export const SCOPES = [
  'leads:read',
  'leads:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:launch',
  'messages:read',
  'messages:send',
  'lines:read',
  'lines:write',
  'webhooks:manage',
  'suppressions:read',
  'suppressions:write',
  'settings:manage',
  'keys:manage',
  'audit:read',
] as const;

export type Scope = (typeof SCOPES)[number];

const isScope = (text: string): text is Scope => (SCOPES as readonly string[]).includes(text);

const allBut = (...excepted: Scope[]): readonly Scope[] => SCOPES.filter((scope) => !excepted.includes(scope));

/** What a key may do whose maker did not say. */
export const DEFAULT_KEY_SCOPES = allBut('keys:manage');

/** What all keys could do before there were scopes: such a key still can, and no more. */
export const SCOPES_OF_OLDER_KEYS = allBut('keys:manage', 'audit:read');

/** What members of a workspace may do: read and write; they neither launch, nor manage keys or settings. */
const MEMBER_SCOPES = allBut('campaigns:launch', 'settings:manage', 'keys:manage', 'audit:read');

/** What viewers may do: they change nothing, and send nothing. */
const VIEWER_SCOPES: readonly Scope[] = ['leads:read', 'campaigns:read', 'messages:read', 'lines:read', 'suppressions:read'];

/** What the roles of dashboard sessions may do. Roles that stand not here are like `member`. */
const SCOPES_OF_ROLES: ReadonlyMap<string, readonly Scope[]> = new Map([
  ['admin', SCOPES],
  ['member', MEMBER_SCOPES],
  ['viewer', VIEWER_SCOPES],
]);

/**
 * What a dashboard session may do.
 * @param role such as `admin`, also as `org:admin`
 * @param permissions custom permissions such as `org:campaigns:launch`, each of which grants its scope
 */
export function scopesOfSession(role: string | null, permissions: readonly string[]): ReadonlySet<Scope> {
  const byRole = SCOPES_OF_ROLES.get(withoutPrefix(role ?? 'member')) ?? MEMBER_SCOPES;
  return new Set([...byRole, ...permissions.map(withoutPrefix).filter(isScope)]);
}

export const withoutPrefix = (name: string): string => name.replace(/^org:/, '');
