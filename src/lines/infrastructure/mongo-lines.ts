import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { Trouble } from '../../channels';
import type { PageOf, Place } from '../../platform/paging';
import { workspaceId, type WorkspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId, objectIds, within, type Transaction } from '../../platform/mongo';
import { Lines, type Line, type LineHealth } from '../domain/line';
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

  async list(workspace: WorkspaceId, place: Place): Promise<PageOf<Line>> {
    const query = { workspaceId: workspace };
    if ('after' in place) {
      const filter = place.after ? { ...query, _id: { $gt: objectId(place.after) } } : query;
      const found = await this.lines.find(filter, { sort: { _id: 1 }, limit: place.limit + 1 }).toArray();
      const items = found.slice(0, place.limit).map(toLine);
      return { items, nextCursor: found.length > place.limit ? items.at(-1)!.id : null };
    }
    const page = this.lines.find(query, { sort: { _id: 1 }, skip: (place.page - 1) * place.limit, limit: place.limit });
    const [found, totalCount] = await Promise.all([page.toArray(), this.lines.countDocuments(query)]);
    return { items: found.map(toLine), totalCount };
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

  async saveHealth(line: Line, health: LineHealth, scope: Trouble): Promise<void> {
    const { workspaceId: workspace, deviceId } = line;
    await this.lines.updateOne({ _id: objectId(line.id), workspaceId: workspace }, { $set: { health } });
    if (scope === 'line') return;
    // Trouble of the device is everybody's on it; that it is over matters to those who were in it.
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
