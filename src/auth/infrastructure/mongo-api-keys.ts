import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { hex, objectId } from '../../platform/mongo';
import { type ApiKey, ApiKeys } from '../domain/api-key';
import type { ApiKeyDocument } from './api-key.schema';

@Injectable()
export class MongoApiKeys extends ApiKeys {
  constructor(@InjectModel('ApiKey') private readonly model: Model<ApiKeyDocument>) {
    super();
  }

  async insert({ id, ...key }: ApiKey, fingerprint: string): Promise<void> {
    await this.model.create({ _id: objectId(id), ...key, fingerprint });
  }

  async list(workspace: WorkspaceId): Promise<ApiKey[]> {
    const found = await this.model.find({ workspaceId: workspace }).sort({ createdAt: 1 }).lean();
    return found.map(toDomain);
  }

  async rename(workspace: WorkspaceId, id: string, name: string): Promise<ApiKey | null> {
    const found = await this.model
      .findOneAndUpdate({ _id: objectId(id), workspaceId: workspace }, { $set: { name } }, { returnDocument: 'after' })
      .lean();
    return found && toDomain(found);
  }

  async remove(workspace: WorkspaceId, id: string): Promise<boolean> {
    return (await this.model.deleteOne({ _id: objectId(id), workspaceId: workspace })).deletedCount > 0;
  }

  async findByFingerprint(fingerprint: string): Promise<ApiKey | null> {
    const found = await this.model.findOne({ fingerprint }).lean();
    return found && toDomain(found);
  }

  async recordUse(id: string, at: Date): Promise<void> {
    await this.model.updateOne({ _id: objectId(id) }, { $max: { lastUsedAt: at } });
  }
}

function toDomain({ _id, workspaceId: workspace, name, ending, createdAt, lastUsedAt }: ApiKeyDocument): ApiKey {
  return { id: hex(_id), workspaceId: workspaceId(workspace), name, ending, createdAt, lastUsedAt };
}
