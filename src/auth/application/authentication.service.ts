import { Injectable } from '@nestjs/common';
import { Clock, TtlCache } from '../../platform/clock';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { fingerprint } from '../../platform/secrets';
import { AccessEnds, endsAbout, isOver, keyOf } from '../domain/access-end';
import { isInList } from '../domain/address-list';
import { type ApiKey, ApiKeys, looksLikeKey } from '../domain/api-key';
import { AddressNotAllowed, NoActiveWorkspace, Unauthorized } from '../domain/auth.errors';
import type { Principal } from '../domain/principal';
import { type Session, Sessions } from '../domain/sessions';
import { type Workspace, Workspaces } from '../domain/workspace';

/** A key's `lastUsedAt` is written at most this often. */
const USE_RECORD_INTERVAL_MS = 60_000;

interface Authenticated {
  principal: Principal;
  workspace: Workspace;
}

/** Finds out who calls, by key or session. */
@Injectable()
export class AuthenticationService {
  private readonly keyCache: TtlCache<{ key: ApiKey; secretUntil: Date | null } | null>;
  private readonly workspaceCache: TtlCache<Workspace>;
  private readonly sessionCache: TtlCache<Session | null>;

  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly sessions: Sessions,
    private readonly accessEnds: AccessEnds,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {
    this.keyCache = new TtlCache(clock);
    this.workspaceCache = new TtlCache(clock);
    this.sessionCache = new TtlCache(clock);
  }

  /**
   * @param authorization the header, `Bearer <workspace key or session token>`
   * @param address of the caller
   * @throws Unauthorized, AddressNotAllowed, or NoActiveWorkspace for a session without one
   */
  async authenticate(authorization: string | undefined, address: string): Promise<Authenticated> {
    const token = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (!token || token.length > 8_192) throw new Unauthorized();
    return token.startsWith('tuco_') ? this.byKey(token, address) : this.bySession(token);
  }

  private async byKey(secret: string, address: string): Promise<Authenticated> {
    if (!looksLikeKey(secret)) throw new Unauthorized();
    const print = fingerprint(secret);
    const found = await this.keyCache.get(print, () => this.apiKeys.findByFingerprint(print));
    const now = this.clock.now();
    const isPast = (end: Date | null) => end !== null && end <= now;
    if (!found || isPast(found.secretUntil) || isPast(found.key.expiresAt)) throw new Unauthorized();
    const { key } = found;
    const { expiresAt, allowedIps, rateLimitPerMinute } = key;
    if (allowedIps.length > 0 && !isInList(address, allowedIps)) throw new AddressNotAllowed();
    if (now.getTime() - (key.lastUsedAt?.getTime() ?? 0) > USE_RECORD_INTERVAL_MS) {
      key.lastUsedAt = now;
      void this.apiKeys.recordUse(key.id, now).catch(() => undefined);
    }
    const workspace = await this.workspace(key.workspaceId, key.workspaceId);
    const scopes = new Set(key.scopes);
    const limits = { scopes, expiresAt, allowedIps, rateLimitPerMinute };
    return { principal: { via: 'key', workspaceId: workspace.id, keyId: key.id, ...limits }, workspace };
  }

  private async bySession(token: string): Promise<Authenticated> {
    const session = await this.sessionCache.get(fingerprint(token), () => this.session(token));
    if (!session) throw new Unauthorized();
    if (!session.workspaceId) throw new NoActiveWorkspace();
    const workspace = await this.workspace(workspaceId(session.workspaceId), session.workspaceName ?? session.workspaceId);
    const { userId, scopes } = session;
    return { principal: { via: 'session', workspaceId: workspace.id, userId, scopes }, workspace };
  }

  /** Who it is, unless Clerk has said since that their access is over. */
  private async session(token: string): Promise<Session | null> {
    const session = await this.sessions.verify(token);
    if (!session) return null;
    const endedAt = await this.accessEnds.find(endsAbout(session).map(keyOf));
    return isOver(session, endedAt) ? null : session;
  }

  private workspace(id: WorkspaceId, name: string): Promise<Workspace> {
    return this.workspaceCache.get(id, () => this.workspaces.findOrCreate(id, name, this.clock.now()));
  }
}
