import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { FailureScope } from '../../channels';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import {
  collectionOf,
  earliest,
  GatheredDocuments,
  hex,
  objectId,
  optionalObjectId,
  pageById,
  type Transaction,
  within,
} from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { type HealthChange, type Line, type LineHealth, Lines, type NewInboundSecret } from '../domain/line';
import type { LineDocument, RemovedLineDocument } from './line.schema';

@Injectable()
export class MongoLines extends Lines {
  private readonly lines: Collection<LineDocument>;
  private readonly byId: GatheredDocuments<LineDocument>;

  private readonly removed: Collection<RemovedLineDocument>;

  constructor(@InjectModel('Line') model: Model<LineDocument>, @InjectModel('RemovedLine') removed: Model<RemovedLineDocument>) {
    super();
    this.lines = collectionOf(model);
    this.byId = new GatheredDocuments(model);
    this.removed = collectionOf(removed);
  }

  async find(workspace: WorkspaceId, id: string, transaction?: Transaction): Promise<Line | null> {
    const query = { _id: objectId(id), workspaceId: workspace };
    const found = transaction ? await this.lines.findOne(query, within(transaction)) : await this.byId.one(workspace, id);
    return found && toLine(found);
  }

  async findMany(workspace: WorkspaceId, ids: readonly string[]): Promise<Line[]> {
    return (await this.byId.many(workspace, ids)).map(toLine);
  }

  async list(workspace: WorkspaceId, pageRequest: PageRequest): Promise<Page<Line>> {
    const query = { workspaceId: workspace };
    return pageById({ collection: this.lines, filter: query, order: 'oldest-first', toItem: toLine }, pageRequest);
  }

  async all(workspace: WorkspaceId): Promise<Line[]> {
    return (await this.lines.find({ workspaceId: workspace }, { sort: { _id: 1 } }).toArray()).map(toLine);
  }

  async onAccount(workspace: WorkspaceId, accountId: string, transaction: Transaction): Promise<Line[]> {
    const query = { workspaceId: workspace, accountId: objectId(accountId) };
    return (await this.lines.find(query, { sort: { _id: 1 }, ...within(transaction) }).toArray()).map(toLine);
  }

  async findOnAccount(workspace: WorkspaceId, accountId: string, address: string | null): Promise<Line | null> {
    const having = address === null ? {} : { $or: [{ phone: address }, { email: address }] };
    const query = { workspaceId: workspace, accountId: objectId(accountId), ...having };
    const found = await this.lines.findOne(query, { sort: { _id: 1 } });
    if (found) return toLine(found);
    const removed = await this.removed.findOne(query, { sort: { removedAt: -1 } });
    return removed && removedLine(removed);
  }

  countOnAccount(workspace: WorkspaceId, accountId: string, transaction?: Transaction): Promise<number> {
    return this.lines.countDocuments({ workspaceId: workspace, accountId: objectId(accountId) }, within(transaction));
  }

  async insert(line: Line, secretFingerprint: string, transaction: Transaction): Promise<void> {
    await this.lines.insertOne({ _id: objectId(line.id), ...fieldsOf(line), secretFingerprint }, within(transaction));
  }

  async save(line: Line, transaction: Transaction): Promise<boolean> {
    const { health: _, ...fields } = fieldsOf(line);
    const query = { _id: objectId(line.id), workspaceId: line.workspaceId };
    return (await this.lines.updateOne(query, { $set: fields }, within(transaction))).matchedCount > 0;
  }

  async saveHealth(line: Line, health: LineHealth, scope: FailureScope, transaction: Transaction): Promise<HealthChange[]> {
    const { workspaceId: workspace, deviceId } = line;
    const inOne = within(transaction);
    const own = await this.lines.findOne({ _id: objectId(line.id), workspaceId: workspace }, inOne);
    // A failure of the device concerns every line on it; its end concerns those that failed with it.
    const cause = health.cause === 'device' ? { $ne: 'line' as const } : ('device' as const);
    const others = { workspaceId: workspace, deviceId, 'health.cause': cause };
    const sharing = scope === 'line' ? [] : await this.lines.find(others, inOne).toArray();
    const before = [...(own ? [own] : []), ...sharing.filter(({ _id }) => hex(_id) !== line.id)];
    const ids = before.map(({ _id }) => _id);
    await this.lines.updateMany({ _id: { $in: ids }, workspaceId: workspace }, { $set: { health } }, inOne);
    return before
      .filter((one) => one.health.status !== health.status)
      .map((one) => ({ line: { ...toLine(one), health }, before: one.health.status }));
  }

  async takeForProbe(now: Date, next: Date): Promise<Line | null> {
    const due = { 'health.status': 'unhealthy' as const, isActive: true, 'health.tryAgainAt': { $gt: new Date(0), $lte: now } };
    const found = await this.lines.findOneAndUpdate(due, { $set: { 'health.tryAgainAt': next } });
    if (!found) return null;
    if (found.health.cause === 'device') {
      const { workspaceId: workspace, deviceId } = found;
      const neighbours = { ...due, workspaceId: workspace, deviceId, 'health.cause': 'device' as const };
      await this.lines.updateMany(neighbours, { $set: { 'health.tryAgainAt': next } });
    }
    return toLine(found);
  }

  nextProbeAt(): Promise<Date | null> {
    return earliest(this.lines, 'health.tryAgainAt', { 'health.status': 'unhealthy', isActive: true });
  }

  async remove(workspace: WorkspaceId, id: string, now: Date, transaction: Transaction): Promise<boolean> {
    const line = await this.lines.findOneAndDelete({ _id: objectId(id), workspaceId: workspace }, within(transaction));
    if (!line) return false;
    // Nothing goes out from it any more.
    const removed = { ...line, bridgePassword: null, accountSecrets: null, isActive: false, removedAt: now };
    await this.removed.insertOne(removed, within(transaction));
    return true;
  }

  async findRemoved(workspace: WorkspaceId, id: string): Promise<Line | null> {
    const found = await this.removed.findOne({ _id: objectId(id), workspaceId: workspace });
    return found && removedLine(found);
  }

  async rotateSecret(
    { id, workspaceId: workspace }: Pick<Line, 'workspaceId' | 'id'>,
    { inboundSecret, fingerprint, previousUntil: until, now }: NewInboundSecret,
    transaction: Transaction,
  ): Promise<boolean> {
    const query = { _id: objectId(id), workspaceId: workspace };
    const before = await this.lines.findOne(query, { projection: { secretFingerprint: 1 }, ...within(transaction) });
    if (!before) return false;
    const previousSecret = { fingerprint: before.secretFingerprint, until };
    const $set = { inboundSecret, secretFingerprint: fingerprint, previousSecret, updatedAt: now };
    const changed = await this.lines.updateOne(query, { $set }, within(transaction));
    return changed.matchedCount > 0;
  }

  async findBySecret(secretFingerprint: string, now: Date): Promise<Line | null> {
    const present = await this.lines.findOne({ secretFingerprint });
    const previous = { 'previousSecret.fingerprint': secretFingerprint, 'previousSecret.until': { $gt: now } };
    const found = present ?? (await this.lines.findOne(previous));
    if (found) return toLine(found);
    const removed = await this.removed.findOne({ secretFingerprint });
    return removed && removedLine(removed);
  }
}

const fieldsOf = ({ id: _, account, ...line }: Line) => ({
  ...line,
  accountId: optionalObjectId(account?.id),
  accountSettings: account && { ...account.settings },
  accountSecrets: account?.secrets ?? null,
  accountPace: account?.pace ?? null,
  accountOverallPace: account?.overallPace ?? null,
});

const removedLine = ({ removedAt: _, ...line }: RemovedLineDocument): Line => toLine(line);

function toLine(stored: LineDocument): Line {
  const { _id, secretFingerprint: _, previousSecret: __, workspaceId: workspace, ...document } = stored;
  const { accountId, accountSettings, accountSecrets, accountPace, accountOverallPace, ...fields } = document;
  const paces = { pace: accountPace ?? null, overallPace: accountOverallPace ?? null };
  const copy = { settings: accountSettings ?? {}, secrets: accountSecrets ?? null, ...paces };
  const account = accountId ? { id: hex(accountId), ...copy } : null;
  const { pace = null, ramp = null, rampSince = null } = document;
  return { id: hex(_id), workspaceId: workspaceId(workspace), ...fields, pace, ramp, rampSince, account };
}
