import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { FailureScope } from '../../channels';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId, objectIds, pageById, type Transaction, within } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { type Line, type LineHealth, Lines } from '../domain/line';
import type { LineDocument } from './line.schema';

@Injectable()
export class MongoLines extends Lines {
  private readonly lines: Collection<LineDocument>;

  constructor(@InjectModel('Line') model: Model<LineDocument>) {
    super();
    this.lines = collectionOf(model);
  }

  async find(workspace: WorkspaceId, id: string): Promise<Line | null> {
    const found = await this.lines.findOne({ _id: objectId(id), workspaceId: workspace });
    return found && toLine(found);
  }

  async findMany(workspace: WorkspaceId, ids: readonly string[]): Promise<Line[]> {
    return (await this.lines.find({ _id: { $in: objectIds(ids) }, workspaceId: workspace }).toArray()).map(toLine);
  }

  async list(workspace: WorkspaceId, pageRequest: PageRequest): Promise<Page<Line>> {
    const query = { workspaceId: workspace };
    return pageById({ collection: this.lines, filter: query, order: 'oldest-first', toItem: toLine }, pageRequest);
  }

  async all(workspace: WorkspaceId): Promise<Line[]> {
    return (await this.lines.find({ workspaceId: workspace }, { sort: { _id: 1 } }).toArray()).map(toLine);
  }

  async insert(line: Line, secretFingerprint: string, transaction: Transaction): Promise<void> {
    await this.lines.insertOne({ _id: objectId(line.id), ...fieldsOf(line), secretFingerprint }, within(transaction));
  }

  async save(line: Line, transaction: Transaction): Promise<boolean> {
    const { health: _, ...fields } = fieldsOf(line);
    const query = { _id: objectId(line.id), workspaceId: line.workspaceId };
    return (await this.lines.updateOne(query, { $set: fields }, within(transaction))).matchedCount > 0;
  }

  async saveHealth(line: Line, health: LineHealth, scope: FailureScope): Promise<void> {
    const { workspaceId: workspace, deviceId } = line;
    await this.lines.updateOne({ _id: objectId(line.id), workspaceId: workspace }, { $set: { health } });
    if (scope === 'line') return;
    // A failure of the device concerns every line on it; its end concerns those that failed with it.
    const others = health.cause === 'device' ? { $ne: 'line' as const } : ('device' as const);
    await this.lines.updateMany({ workspaceId: workspace, deviceId, 'health.cause': others }, { $set: { health } });
  }

  async remove(workspace: WorkspaceId, id: string, transaction: Transaction): Promise<boolean> {
    const { deletedCount } = await this.lines.deleteOne({ _id: objectId(id), workspaceId: workspace }, within(transaction));
    return deletedCount > 0;
  }

  async findBySecret(secretFingerprint: string): Promise<Line | null> {
    const found = await this.lines.findOne({ secretFingerprint });
    return found && toLine(found);
  }
}

const fieldsOf = ({ id: _, ...line }: Line) => line;

function toLine({ _id, secretFingerprint: _, workspaceId: workspace, ...document }: LineDocument): Line {
  return { id: hex(_id), workspaceId: workspaceId(workspace), ...document };
}
