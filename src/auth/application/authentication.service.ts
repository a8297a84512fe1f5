import { Injectable } from '@nestjs/common';
import { Clock, TtlCache } from '../../platform/clock';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { fingerprint } from '../../platform/secrets';
import { type ApiKey, ApiKeys, looksLikeKey } from '../domain/api-key';
import { NoActiveWorkspace, Unauthorized } from '../domain/auth.errors';
import type { Principal } from '../domain/principal';
import { type Scope, SCOPES_OF_OLDER_KEYS } from '../domain/scopes';
import { type Session, Sessions } from '../domain/sessions';
import { type Workspace, Workspaces } from '../domain/workspace';

/** A key's `lastUsedAt` is written at most this often. */
const USE_RECORD_INTERVAL_MS = 60_000;

const KEY_SCOPES: ReadonlySet<Scope> = new Set(SCOPES_OF_OLDER_KEYS);

/** Finds out who calls, by key or session. */
@Injectable()
export class AuthenticationService {
  private readonly keyCache: TtlCache<ApiKey | null>;
  private readonly workspaceCache: TtlCache<Workspace>;
  private readonly sessionCache: TtlCache<Session | null>;

  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly sessions: Sessions,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {
    this.keyCache = new TtlCache(clock);
    this.workspaceCache = new TtlCache(clock);
    this.sessionCache = new TtlCache(clock);
  }

  /**
   * @param authorization the header, `Bearer <workspace key or session token>`
   * @throws Unauthorized, or NoActiveWorkspace for a session without one
   */
  async authenticate(authorization: string | undefined): Promise<{ principal: Principal; workspace: Workspace }> {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (!token || token.length > 8_192) throw new Unauthorized();
    return token.startsWith('tuco_') ? this.byKey(token) : this.bySession(token);
  }

  private async byKey(secret: string): Promise<{ principal: Principal; workspace: Workspace }> {
    if (!looksLikeKey(secret)) throw new Unauthorized();
    const print = fingerprint(secret);
    const key = await this.keyCache.get(print, () => this.apiKeys.findByFingerprint(print));
    if (!key) throw new Unauthorized();
    const now = this.clock.now();
    if (now.getTime() - (key.lastUsedAt?.getTime() ?? 0) > USE_RECORD_INTERVAL_MS) {
      key.lastUsedAt = now;
      void this.apiKeys.recordUse(key.id, now).catch(() => undefined);
    }
    const workspace = await this.workspace(key.workspaceId, key.workspaceId);
    return { principal: { via: 'key', workspaceId: key.workspaceId, keyId: key.id, scopes: KEY_SCOPES }, workspace };
  }

  private async bySession(token: string): Promise<{ principal: Principal; workspace: Workspace }> {
    const session = await this.sessionCache.get(fingerprint(token), () => this.sessions.verify(token));
    if (!session) throw new Unauthorized();
    if (!session.workspaceId) throw new NoActiveWorkspace();
    const workspace = await this.workspace(workspaceId(session.workspaceId), session.workspaceName ?? session.workspaceId);
    const { userId, scopes } = session;
    return { principal: { via: 'session', workspaceId: workspace.id, userId, scopes }, workspace };
  }

  private workspace(id: WorkspaceId, name: string): Promise<Workspace> {
    return this.workspaceCache.get(id, () => this.workspaces.findOrCreate(id, name, this.clock.now()));
  }
}
