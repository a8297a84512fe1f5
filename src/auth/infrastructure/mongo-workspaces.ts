import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { anyOf, collectionOf, Gathered, SharedReads, type Transaction, within } from '../../platform/mongo';
import { DEFAULT_SETTINGS, type Workspace, Workspaces, type WorkspaceSettings } from '../domain/workspace';
import type { WorkspaceDocument } from './workspace.schema';

@Injectable()
export class MongoWorkspaces extends Workspaces {
  private readonly byId = new Gathered<WorkspaceId, WorkspaceDocument | null>(async (ids) => {
    const found = await this.sharedReads.find(this.workspaces, { _id: anyOf([...new Set(ids)]) });
    const known = new Map(found.map((document) => [document._id, document]));
    return ids.map((id) => known.get(id) ?? null);
  });

  private readonly workspaces: Collection<WorkspaceDocument>;
  private readonly sharedReads: SharedReads;

  constructor(@InjectModel('Workspace') private readonly model: Model<WorkspaceDocument>) {
    super();
    this.workspaces = collectionOf(model);
    this.sharedReads = SharedReads.of(model);
  }

  async find(id: WorkspaceId, transaction?: Transaction): Promise<Workspace | null> {
    const found = transaction ? await this.model.findById(id, null, within(transaction)).lean() : await this.byId.of(id);
    return found && toDomain(found);
  }

  async findOrCreate(id: WorkspaceId, name: string, now: Date): Promise<Workspace> {
    const existing = await this.find(id);
    if (existing) return existing;
    const fresh = { name, readOnlyReason: null, autoCheckAvailability: false, createdAt: now };
    await this.model.updateOne({ _id: id }, { $setOnInsert: fresh }, { upsert: true });
    return (await this.find(id))!;
  }

  async change(id: WorkspaceId, settings: Partial<WorkspaceSettings>, transaction: Transaction): Promise<void> {
    const given = Object.entries(settings).filter(([, value]) => value !== undefined);
    if (given.length === 0) return;
    const $set = Object.fromEntries(given.map(([name, value]) => [isTopLevel(name) ? name : `settings.${name}`, value]));
    await this.model.updateOne({ _id: id }, { $set }, within(transaction));
  }

  async setReadOnly(id: WorkspaceId, reason: string | null, transaction?: Transaction): Promise<void> {
    await this.model.updateOne({ _id: id }, { $set: { readOnlyReason: reason } }, within(transaction));
  }
}

/** The first setting stood beside the name before there were others. */
const isTopLevel = (name: string): boolean => name === 'autoCheckAvailability';

function toDomain(document: WorkspaceDocument): Workspace {
  const { _id, name, readOnlyReason, autoCheckAvailability, settings, createdAt } = document;
  return {
    id: workspaceId(_id),
    name,
    readOnlyReason,
    rateLimitPerMinute: document.rateLimitPerMinute ?? null,
    ...DEFAULT_SETTINGS,
    ...settings,
    autoCheckAvailability,
    createdAt,
  };
}
