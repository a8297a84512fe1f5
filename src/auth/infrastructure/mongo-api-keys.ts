import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { hex, objectId, type Transaction, within } from '../../platform/mongo';
import { type ApiKey, ApiKeys, type KeyChange, type Rotation } from '../domain/api-key';
import { SCOPES_OF_OLDER_KEYS } from '../domain/scopes';
import type { ApiKeyDocument } from './api-key.schema';

@Injectable()
export class MongoApiKeys extends ApiKeys {
  constructor(@InjectModel('ApiKey') private readonly model: Model<ApiKeyDocument>) {
    super();
  }

  async insert({ id, scopes, allowedIps, ...key }: ApiKey, fingerprint: string, transaction: Transaction): Promise<void> {
    const { previousSecretUntil: _, ...fields } = key;
    const document = { _id: objectId(id), ...fields, scopes: [...scopes], allowedIps: [...allowedIps], fingerprint };
    await this.model.create([document], within(transaction));
  }

  async list(workspace: WorkspaceId): Promise<ApiKey[]> {
    const found = await this.model.find({ workspaceId: workspace }).sort({ createdAt: 1 }).lean();
    return found.map(toDomain);
  }

  async count(workspace: WorkspaceId, most: number, transaction: Transaction): Promise<number> {
    return this.model.countDocuments({ workspaceId: workspace }, { limit: most, ...within(transaction) });
  }

  async find(workspace: WorkspaceId, id: string, transaction?: Transaction): Promise<ApiKey | null> {
    const found = await this.model.findOne({ _id: objectId(id), workspaceId: workspace }, null, within(transaction)).lean();
    return found && toDomain(found);
  }

  async change(workspace: WorkspaceId, id: string, change: KeyChange, transaction: Transaction): Promise<void> {
    const $set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    if (Object.keys($set).length === 0) return;
    await this.model.updateOne({ _id: objectId(id), workspaceId: workspace }, { $set }, within(transaction));
  }

  async rotate(workspace: WorkspaceId, id: string, rotation: Rotation, transaction: Transaction): Promise<void> {
    const found = await this.model.findOne({ _id: objectId(id), workspaceId: workspace }, null, within(transaction)).lean();
    const { fingerprint, ending, previousSecretUntil: until } = rotation;
    const $set = { fingerprint, ending, previous: { fingerprint: found!.fingerprint, until } };
    // Mongoose would put a document of its own into the update.
    await this.model.collection.updateOne({ _id: found!._id }, { $set }, within(transaction));
  }

  async remove(workspace: WorkspaceId, id: string, transaction: Transaction): Promise<boolean> {
    const filter = { _id: objectId(id), workspaceId: workspace };
    return (await this.model.deleteOne(filter, within(transaction))).deletedCount > 0;
  }

  async findByFingerprint(fingerprint: string): Promise<{ key: ApiKey; secretUntil: Date | null } | null> {
    const present = await this.model.findOne({ fingerprint }).lean();
    if (present) return { key: toDomain(present), secretUntil: null };
    const rotated = await this.model.findOne({ 'previous.fingerprint': fingerprint }).lean();
    return rotated && { key: toDomain(rotated), secretUntil: rotated.previous!.until };
  }

  async recordUse(id: string, at: Date): Promise<void> {
    await this.model.updateOne({ _id: objectId(id) }, { $max: { lastUsedAt: at } });
  }
}

function toDomain(document: ApiKeyDocument): ApiKey {
  const { _id, name, ending, createdAt, lastUsedAt } = document;
  return {
    id: hex(_id),
    workspaceId: workspaceId(document.workspaceId),
    name,
    ending,
    createdAt,
    lastUsedAt,
    scopes: document.scopes ?? SCOPES_OF_OLDER_KEYS,
    expiresAt: document.expiresAt ?? null,
    allowedIps: document.allowedIps ?? [],
    rateLimitPerMinute: document.rateLimitPerMinute ?? null,
    previousSecretUntil: document.previous?.until ?? null,
  };
}
