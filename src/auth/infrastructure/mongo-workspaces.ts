import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { type Transaction, within } from '../../platform/mongo';
import { type Workspace, Workspaces, type WorkspaceSettings } from '../domain/workspace';
import type { WorkspaceDocument } from './workspace.schema';

@Injectable()
export class MongoWorkspaces extends Workspaces {
  constructor(@InjectModel('Workspace') private readonly model: Model<WorkspaceDocument>) {
    super();
  }

  async find(id: WorkspaceId): Promise<Workspace | null> {
    const found = await this.model.findById(id).lean();
    return found && toDomain(found);
  }

  async findOrCreate(id: WorkspaceId, name: string, now: Date): Promise<Workspace> {
    const existing = await this.find(id);
    if (existing) return existing;
    const fresh = { name, readOnlyReason: null, autoCheckAvailability: false, createdAt: now };
    await this.model.updateOne({ _id: id }, { $setOnInsert: fresh }, { upsert: true });
    return (await this.find(id))!;
  }

  async change(id: WorkspaceId, { autoCheckAvailability }: Partial<WorkspaceSettings>, transaction: Transaction): Promise<void> {
    if (autoCheckAvailability === undefined) return;
    await this.model.updateOne({ _id: id }, { $set: { autoCheckAvailability } }, within(transaction));
  }

  async setReadOnly(id: WorkspaceId, reason: string | null): Promise<void> {
    await this.model.updateOne({ _id: id }, { $set: { readOnlyReason: reason } });
  }
}

function toDomain({ _id, name, readOnlyReason, autoCheckAvailability, createdAt }: WorkspaceDocument): Workspace {
  return { id: workspaceId(_id), name, readOnlyReason, autoCheckAvailability, createdAt };
}
