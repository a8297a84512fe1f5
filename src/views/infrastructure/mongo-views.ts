import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { collectionOf, findFirst, hex, objectId, type Transaction, within } from '../../platform/mongo';
import { MAX_OWN_VIEWS, MAX_SHARED_VIEWS, type Table, type View, Views } from '../domain/view';
import type { ViewDocument } from './view.schema';

@Injectable()
export class MongoViews extends Views {
  private readonly views: Collection<ViewDocument>;

  constructor(@InjectModel('SavedView') model: Model<ViewDocument>) {
    super();
    this.views = collectionOf(model);
  }

  async list(workspace: WorkspaceId, owner: string, tables: readonly Table[]): Promise<View[]> {
    const of = { workspaceId: workspace, table: { $in: [...tables] } };
    const [own, shared] = await Promise.all([
      this.views
        .find({ ...of, owner, shared: false })
        .sort({ _id: 1 })
        .toArray(),
      this.views
        .find({ ...of, shared: true })
        .sort({ _id: 1 })
        .toArray(),
    ]);
    return [...own, ...shared].map(toDomain);
  }

  async find(workspace: WorkspaceId, owner: string, id: string, transaction: Transaction): Promise<View | null> {
    const found = await findFirst(this.views, { _id: objectId(id), workspaceId: workspace }, transaction);
    return found && (found.shared || found.owner === owner) ? toDomain(found) : null;
  }

  async countOwn(workspace: WorkspaceId, owner: string, transaction: Transaction): Promise<number> {
    const filter = { workspaceId: workspace, owner, shared: false };
    return this.views.countDocuments(filter, { limit: MAX_OWN_VIEWS, ...within(transaction) });
  }

  async countShared(workspace: WorkspaceId, transaction: Transaction): Promise<number> {
    const filter = { workspaceId: workspace, shared: true };
    return this.views.countDocuments(filter, { limit: MAX_SHARED_VIEWS, ...within(transaction) });
  }

  async insert({ id, ...view }: View, transaction: Transaction): Promise<void> {
    await this.views.insertOne({ _id: objectId(id), ...view }, within(transaction));
  }

  async update({ id, workspaceId: workspace, ...view }: View, transaction: Transaction): Promise<void> {
    const { name, shared, filters, columns, updatedAt } = view;
    const $set = { name, shared, filters, columns, updatedAt };
    await this.views.updateOne({ _id: objectId(id), workspaceId: workspace }, { $set }, within(transaction));
  }

  async remove(workspace: WorkspaceId, id: string, transaction: Transaction): Promise<void> {
    await this.views.deleteOne({ _id: objectId(id), workspaceId: workspace }, within(transaction));
  }

  async removeOwn(workspace: WorkspaceId | null, owner: string, until: Date, transaction: Transaction): Promise<void> {
    const own = { owner, shared: false, createdAt: { $lte: until } };
    await this.views.deleteMany(workspace ? { workspaceId: workspace, ...own } : own, within(transaction));
  }
}

const toDomain = ({ _id, ...view }: ViewDocument): View => ({
  id: hex(_id),
  ...view,
  workspaceId: workspaceId(view.workspaceId),
});
