import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { fingerprint } from '../../platform/secrets';
import { type ApiKey, ApiKeys, newKeySecret } from '../domain/api-key';

/** Makes, names and removes a workspace's keys. All keys of a workspace may do the same. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** @returns the key with its secret, which is shown here and never again */
  async create(workspaceId: WorkspaceId, name: string, secret = newKeySecret()): Promise<{ key: ApiKey; secret: string }> {
    const key: ApiKey = {
      id: this.ids.next(),
      workspaceId,
      name,
      ending: secret.slice(-4),
      createdAt: this.clock.now(),
      lastUsedAt: null,
    };
    await this.apiKeys.insert(key, fingerprint(secret));
    return { key, secret };
  }

  list(workspaceId: WorkspaceId): Promise<ApiKey[]> {
    return this.apiKeys.list(workspaceId);
  }

  /** @throws NotFound */
  async rename(workspaceId: WorkspaceId, id: string, name: string): Promise<ApiKey> {
    const key = await this.apiKeys.rename(workspaceId, id, name);
    if (!key) throw new NotFound('API key');
    return key;
  }

  /** The key stops working within a second. @throws NotFound */
  async remove(workspaceId: WorkspaceId, id: string): Promise<void> {
    if (!(await this.apiKeys.remove(workspaceId, id))) throw new NotFound('API key');
  }

  /** Makes the workspace's key with this very secret, unless it is there. @returns whether it was made now */
  async ensure(workspaceId: WorkspaceId, name: string, secret: string): Promise<boolean> {
    if (await this.apiKeys.findByFingerprint(fingerprint(secret))) return false;
    await this.create(workspaceId, name, secret);
    return true;
  }
}
