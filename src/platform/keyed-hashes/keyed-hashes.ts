import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { WorkspaceId } from '../ids';
import { collectionOf, isDuplicateKey } from '../mongo';
import { Secrets } from '../secrets';
import { type KeyedHash, keyedHash, newSecret } from './keyed-hash';
import type { WorkspaceSecretDocument } from './workspace-secret.schema';

/**
 * The hash of each workspace, under a secret of its own. Whoever asks first makes the secret, whether or not
 * anybody was erased yet: a process that believed that there is none would not recognise the people whom
 * another one erases. So every look-up asks for both forms of an address, and the secret, which never
 * changes, is read once.
 */
@Injectable()
export class KeyedHashes {
  private readonly stored: Collection<WorkspaceSecretDocument>;
  private readonly known = new Map<WorkspaceId, KeyedHash>();

  constructor(
    @InjectModel('WorkspaceSecret') model: Model<WorkspaceSecretDocument>,
    private readonly secrets: Secrets,
  ) {
    this.stored = collectionOf(model);
  }

  async of(workspaceId: WorkspaceId): Promise<KeyedHash> {
    const known = this.known.get(workspaceId);
    if (known) return known;
    const sealed = (await this.find(workspaceId)) ?? (await this.make(workspaceId));
    const hash = keyedHash(this.secrets.open(sealed));
    this.known.set(workspaceId, hash);
    return hash;
  }

  private async find(workspaceId: WorkspaceId): Promise<string | null> {
    return (await this.stored.findOne({ _id: workspaceId }))?.hashSecret ?? null;
  }

  /** @returns the secret that the workspace has; another process may have made it at the same moment */
  private async make(workspaceId: WorkspaceId): Promise<string> {
    const hashSecret = this.secrets.seal(newSecret());
    try {
      await this.stored.insertOne({ _id: workspaceId, hashSecret });
      return hashSecret;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.find(workspaceId))!;
    }
  }
}
