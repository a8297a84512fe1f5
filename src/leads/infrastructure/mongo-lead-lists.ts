import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import {
  collectionOf,
  findFirst,
  hex,
  isDuplicateKey,
  objectId,
  objectIds,
  pageById,
  type Transaction,
  within,
} from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { type LeadList, LeadLists, QUICK_SENDS } from '../domain/lead-list';
import { QuickSendsMade } from '../domain/leads.errors';
import type { LeadListDocument } from './lead.schema';

@Injectable()
export class MongoLeadLists extends LeadLists {
  private readonly lists: Collection<LeadListDocument>;

  constructor(@InjectModel('LeadList') model: Model<LeadListDocument>) {
    super();
    this.lists = collectionOf(model);
  }

  async find(workspace: WorkspaceId, id: string, transaction?: Transaction): Promise<LeadList | null> {
    const query = { _id: objectId(id), workspaceId: workspace, hiddenAt: null };
    const found = transaction ? await findFirst(this.lists, query, transaction) : await this.lists.findOne(query);
    return found && toDomain(found);
  }

  async findMany(workspace: WorkspaceId, ids: readonly string[]): Promise<LeadList[]> {
    return (await this.lists.find({ _id: { $in: objectIds(ids) }, workspaceId: workspace, hiddenAt: null }).toArray()).map(
      toDomain,
    );
  }

  async list(workspace: WorkspaceId, pageRequest: PageRequest): Promise<Page<LeadList>> {
    const query = { workspaceId: workspace, hiddenAt: null };
    return pageById({ collection: this.lists, filter: query, order: 'oldest-first', toItem: toDomain }, pageRequest);
  }

  async insert({ id, ...list }: LeadList, transaction: Transaction): Promise<void> {
    await this.lists.insertOne({ _id: objectId(id), ...list, builtIn: null, hiddenAt: null }, within(transaction));
  }

  async count(workspace: WorkspaceId, most: number, transaction: Transaction): Promise<number> {
    return this.lists.countDocuments({ workspaceId: workspace }, { limit: most, ...within(transaction) });
  }

  async update({ id, workspaceId: workspace, name, description, updatedAt }: LeadList): Promise<boolean> {
    const { matchedCount } = await this.lists.updateOne(
      { _id: objectId(id), workspaceId: workspace, hiddenAt: null },
      { $set: { name, description, updatedAt } },
    );
    return matchedCount > 0;
  }

  async quickSends(workspace: WorkspaceId, now: Date, transaction: Transaction): Promise<LeadList> {
    const query = { workspaceId: workspace, builtIn: 'quick-sends' };
    const existing = await findFirst(this.lists, query, transaction);
    if (existing) return toDomain(existing);
    const fresh: LeadListDocument = {
      _id: new ObjectId(),
      ...query,
      name: QUICK_SENDS,
      description: null,
      hiddenAt: null,
      createdAt: now,
      updatedAt: now,
    };
    await this.lists.insertOne(fresh, within(transaction)).catch(asQuickSendsMade);
    return toDomain(fresh);
  }

  async hide(workspace: WorkspaceId, id: string, now: Date, transaction: Transaction): Promise<boolean> {
    const { matchedCount } = await this.lists.updateOne(
      { _id: objectId(id), workspaceId: workspace, hiddenAt: null },
      { $set: { hiddenAt: now, builtIn: null } },
      within(transaction),
    );
    return matchedCount > 0;
  }

  async remove(workspace: WorkspaceId, id: string): Promise<void> {
    await this.lists.deleteOne({ _id: objectId(id), workspaceId: workspace });
  }
}

/** No two lists of a workspace are built in; a list's other keys may repeat. */
function asQuickSendsMade(error: unknown): never {
  throw isDuplicateKey(error) ? new QuickSendsMade() : error;
}

function toDomain({ _id, workspaceId: workspace, name, description, createdAt, updatedAt }: LeadListDocument): LeadList {
  return { id: hex(_id), workspaceId: workspaceId(workspace), name, description, createdAt, updatedAt };
}
