import { Injectable } from '@nestjs/common';
import { AuditedAct, type AuditedChange, changeBetween } from '../../platform/audit';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import { fingerprint } from '../../platform/secrets';
import type { Transaction } from '../../platform/transaction';
import { ActorRemoved } from '../domain/actor-removed';
import { type ApiKey, ApiKeys, type KeyChange, type KeyLimits, newKeySecret } from '../domain/api-key';
import { TooManyApiKeys } from '../domain/auth.errors';
import { limitsOfNewKey, requireWithin } from '../domain/key-limits';
import { SCOPES } from '../domain/scopes';

const HOUR_MS = 3_600_000;
/** Of whoever runs the product, and of admins. */
const NO_LIMITS: KeyLimits = { scopes: SCOPES, expiresAt: null, allowedIps: [], rateLimitPerMinute: null };

/** What the audit log shows of keys. */
const SHOWN = ['name', 'scopes', 'expiresAt', 'allowedIps', 'rateLimitPerMinute'] as const;

/** A key with its secret, which is shown once and never again. */
export interface KeyWithSecret {
  key: ApiKey;
  secret: string;
}

type Named = Pick<ApiKey, 'workspaceId' | 'id'>;

/** What a new key shall be. */
export interface NewKey extends Partial<KeyLimits> {
  name: string;
}

/** Makes, changes and removes a workspace's keys. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly config: Config,
  ) {}

  /** @param maker what the key may do at most @throws MissingScope, BeyondOwnLimits, TooManyApiKeys */
  async create(workspaceId: WorkspaceId, wanted: NewKey | string, maker = NO_LIMITS): Promise<KeyWithSecret> {
    return this.make(workspaceId, typeof wanted === 'string' ? { name: wanted } : wanted, maker, newKeySecret());
  }

  /** Oldest first. */
  list(workspaceId: WorkspaceId): Promise<ApiKey[]> {
    return this.apiKeys.list(workspaceId);
  }

  /** Within a second the key is as it was told. @throws NotFound, MissingScope, BeyondOwnLimits */
  async change(workspaceId: WorkspaceId, id: string, change: KeyChange, changer: KeyLimits): Promise<ApiKey> {
    return this.transactions.run(async (transaction) => {
      const before = await this.found(workspaceId, id, transaction);
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const after = { ...before, ...given };
      if (Object.keys(given).some((field) => field !== 'name')) requireWithin(after, changer);
      await this.apiKeys.change(workspaceId, id, change, transaction);
      await this.tell(transaction, { workspaceId, id }, 'api_key.changed', changeBetween(before, after, SHOWN));
      return after;
    });
  }

  /**
   * Gives the key another secret. The one before stays good for `overlapHours`; any earlier one is not good
   * any more.
   * @throws NotFound, MissingScope, BeyondOwnLimits
   */
  async rotate(workspaceId: WorkspaceId, id: string, overlapHours: number, changer: KeyLimits): Promise<KeyWithSecret> {
    const secret = newKeySecret();
    const previousSecretUntil = new Date(this.clock.now().getTime() + overlapHours * HOUR_MS);
    return this.transactions.run(async (transaction) => {
      const before = await this.found(workspaceId, id, transaction);
      requireWithin(before, changer);
      const ending = secret.slice(-4);
      await this.apiKeys.rotate(workspaceId, id, { fingerprint: fingerprint(secret), ending, previousSecretUntil }, transaction);
      const after = { ...before, ending, previousSecretUntil };
      await this.tell(transaction, { workspaceId, id }, 'api_key.rotated', changeBetween(before, after, ['previousSecretUntil']));
      return { key: after, secret };
    });
  }

  /** The key stops working within a second. @throws NotFound */
  async remove(workspaceId: WorkspaceId, id: string): Promise<void> {
    await this.transactions.run(async (transaction) => {
      if (!(await this.apiKeys.remove(workspaceId, id, transaction))) throw new NotFound('API key');
      await this.domainEvents.publish(new ActorRemoved(workspaceId, `key:${id}`, this.clock.now()), transaction);
      await this.tell(transaction, { workspaceId, id }, 'api_key.removed');
    });
  }

  /** Makes the workspace's key with this very secret, unless it is there. @returns whether it was made now */
  async ensure(workspaceId: WorkspaceId, name: string, secret: string): Promise<boolean> {
    if (await this.apiKeys.findByFingerprint(fingerprint(secret))) return false;
    await this.make(workspaceId, { name }, NO_LIMITS, secret);
    return true;
  }

  private async make(workspaceId: WorkspaceId, wanted: NewKey, maker: KeyLimits, secret: string): Promise<KeyWithSecret> {
    const key: ApiKey = {
      id: this.ids.next(),
      workspaceId,
      name: wanted.name,
      ...limitsOfNewKey(wanted, maker),
      ending: secret.slice(-4),
      createdAt: this.clock.now(),
      lastUsedAt: null,
      previousSecretUntil: null,
    };
    const most = this.config.API_KEYS_MAX;
    await this.transactions.run(async (transaction) => {
      if ((await this.apiKeys.count(workspaceId, most, transaction)) >= most) throw new TooManyApiKeys(most);
      await this.apiKeys.insert(key, fingerprint(secret), transaction);
      await this.tell(transaction, key, 'api_key.created', changeBetween(null, key, SHOWN));
    });
    return { key, secret };
  }

  private tell(transaction: Transaction, { workspaceId, id }: Named, action: string, change?: AuditedChange): Promise<void> {
    return this.domainEvents.publish(new AuditedAct(workspaceId, action, { kind: 'api-key', id }, change), transaction);
  }

  private async found(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<ApiKey> {
    const key = await this.apiKeys.find(workspaceId, id, transaction);
    if (!key) throw new NotFound('API key');
    return key;
  }
}
