import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { ObjectId } from 'bson';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';
import { collectionOf, hex, isDuplicateKey, objectId, type Transaction, within } from '../../platform/mongo';
import { CheckQuota, type CheckResult, CheckResultCache } from '../domain/availability';
import { BatchTargets } from '../domain/batch-targets';
import type { BatchTargetsDocument, CheckUsageDocument, KnownAnswerDocument } from './availability.schema';
import { idsOf, packed } from './packed-ids';

const HOUR_MS = 3_600_000;
const USAGE_KEPT_MS = 3 * 24 * HOUR_MS;
const TARGETS_IN_ONE = 5_000;

@Injectable()
export class MongoCheckResultCache extends CheckResultCache {
  private readonly answers: Collection<KnownAnswerDocument>;

  constructor(
    @InjectModel('AvailabilityAnswer') model: Model<KnownAnswerDocument>,
    private readonly config: Config,
  ) {
    super();
    this.answers = collectionOf(model);
  }

  async find(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<Map<string, CheckResult>> {
    const ids = new Map(addresses.map((address) => [`${workspaceId} ${address}`, address]));
    const found = await this.answers.find({ _id: { $in: [...ids.keys()] } }).toArray();
    return new Map(found.map(({ _id, available, checkedAt }) => [ids.get(_id)!, { available, checkedAt }]));
  }

  async save(workspaceId: WorkspaceId, address: string, answer: CheckResult): Promise<void> {
    const expiresAt = new Date(answer.checkedAt.getTime() + Math.max(1, this.config.AVAILABILITY_TTL_HOURS) * HOUR_MS);
    await this.answers.updateOne({ _id: `${workspaceId} ${address}` }, { $set: { ...answer, expiresAt } }, { upsert: true });
  }
}

@Injectable()
export class MongoCheckQuota extends CheckQuota {
  private readonly usages: Collection<CheckUsageDocument>;

  constructor(
    @InjectModel('AvailabilityUsage') model: Model<CheckUsageDocument>,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    super();
    this.usages = collectionOf(model);
  }

  async used(workspaceId: WorkspaceId, lineIds: readonly string[], day: string): Promise<Map<string, number>> {
    const found = await this.usages.find({ _id: { $in: lineIds.map((id) => `${id}:${day}`) }, workspaceId }).toArray();
    return new Map(found.map(({ _id, used }) => [_id.split(':')[0]!, used]));
  }

  async reserve(workspaceId: WorkspaceId, lineId: string, day: string): Promise<boolean> {
    const limit = this.config.AVAILABILITY_DAILY_CAP;
    if (limit === 0) return false;
    const expiresAt = new Date(this.clock.now().getTime() + USAGE_KEPT_MS);
    const filter = { _id: `${lineId}:${day}`, used: { $lt: limit } };
    const update = { $inc: { used: 1 }, $setOnInsert: { workspaceId, expiresAt } };
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      try {
        await this.usages.updateOne(filter, update, { upsert: true });
        return true;
      } catch (error) {
        // Either the day is used up, or another process made the day's document in this moment: the second
        // try tells.
        if (!isDuplicateKey(error)) throw error;
      }
    }
    return false;
  }

  async release(workspaceId: WorkspaceId, lineId: string, day: string): Promise<void> {
    await this.usages.updateOne({ _id: `${lineId}:${day}`, workspaceId, used: { $gt: 0 } }, { $inc: { used: -1 } });
  }
}

@Injectable()
export class MongoBatchTargets extends BatchTargets {
  private readonly targets: Collection<BatchTargetsDocument>;

  constructor(@InjectModel('AvailabilityTargets') model: Model<BatchTargetsDocument>) {
    super();
    this.targets = collectionOf(model);
  }

  async save(workspaceId: WorkspaceId, batch: string, leadIds: readonly string[], transaction: Transaction): Promise<void> {
    const documents: BatchTargetsDocument[] = [];
    for (let start = 0; start < leadIds.length; start += TARGETS_IN_ONE) {
      const part = leadIds.slice(start, start + TARGETS_IN_ONE);
      documents.push({ _id: new ObjectId(), workspaceId, batch, lastId: part.at(-1)!, packedIds: packed(part) });
    }
    if (documents.length > 0) await this.targets.insertMany(documents, within(transaction));
  }

  async next(workspaceId: WorkspaceId, batch: string, after: string | null, limit: number): Promise<string[]> {
    const query = { workspaceId, batch, ...(after && { lastId: { $gt: after } }) };
    const found = await this.targets.findOne(query, { sort: { lastId: 1 } });
    return found
      ? idsOf(found)
          .filter((id) => after === null || id > after)
          .slice(0, limit)
      : [];
  }

  async forget(workspaceId: WorkspaceId, batch: string): Promise<void> {
    await this.targets.deleteMany({ workspaceId, batch });
  }

  async stretch(workspaceId: WorkspaceId, batch: string, id: string | null): Promise<{ id: string; leadIds: string[] } | null> {
    const begun = id && (await this.targets.findOne({ _id: objectId(id), workspaceId }));
    const found = begun || (await this.targets.findOne({ workspaceId, batch }, { sort: { lastId: 1 } }));
    return found && { id: hex(found._id), leadIds: idsOf(found) };
  }

  async drop(workspaceId: WorkspaceId, id: string): Promise<void> {
    await this.targets.deleteOne({ _id: objectId(id), workspaceId });
  }

  async workspacesWith(batch: string, limit: number): Promise<WorkspaceId[]> {
    const found = await this.targets.find({ batch }, { projection: { workspaceId: 1 }, limit }).toArray();
    return [...new Set(found.map(({ workspaceId }) => asWorkspace(workspaceId)))];
  }
}
