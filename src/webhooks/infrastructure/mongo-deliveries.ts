import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter, UpdateFilter } from 'mongodb';
import type { Model } from 'mongoose';
import { firstOf } from '../../platform/clock';
import { Config } from '../../platform/config';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import {
  collectionOf,
  Gathered,
  hex,
  objectId,
  objectIds,
  pageById,
  TOGETHER,
  type Transaction,
  unlessTimeIsOver,
  within,
} from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import { Deliveries, type Delivery, type DeliveryFilter, type DeliveryRange, type DeliveryState } from '../domain/delivery';
import type { WebhookEvent } from '../domain/webhook';
import type { WebhookDeliveryDocument } from './webhook-delivery.schema';

type Query = Filter<WebhookDeliveryDocument>;

const DAY_MS = 86_400_000;
/** A delivery that never ends goes all the same, long after the last time that it is tried. */
const PENDING_FOR_MS = 60 * DAY_MS;

/** Beyond so many endpoints with something pending, nobody asks which is next: it is looked at every tick. */
const MOST_ENDPOINTS = 50;

/** What became of a delivery, while the claim on it holds. */
interface Settlement {
  filter: Query;
  update: UpdateFilter<WebhookDeliveryDocument>;
}

@Injectable()
export class MongoDeliveries extends Deliveries {
  private readonly deliveries: Collection<WebhookDeliveryDocument>;
  private readonly settlements = new Gathered<Settlement, void>((settlements) => this.settleTogether(settlements));

  constructor(
    @InjectModel('WebhookDelivery') model: Model<WebhookDeliveryDocument>,
    private readonly config: Config,
  ) {
    super();
    this.deliveries = collectionOf(model);
  }

  async add(deliveries: readonly Delivery[], transaction?: Transaction): Promise<void> {
    if (deliveries.length === 0) return;
    const writes = deliveries.map((delivery) => {
      const { _id, ...fields } = toDocument(delivery);
      const { webhookId, eventId, replayOf } = fields;
      const same = replayOf ? { _id, webhookId } : { webhookId, eventId, replayOf: null };
      return { updateOne: { filter: same, update: { $setOnInsert: { _id, ...fields } }, upsert: true } };
    });
    await this.deliveries.bulkWrite(writes, { ordered: false, ...(transaction && within(transaction)) });
  }

  async endpointsWithWork(now: Date, limit: number, after: string | null): Promise<string[]> {
    const found: string[] = [];
    for (let behind = after; found.length < limit;) {
      const first = await this.firstBehind(behind);
      if (!first) break;
      behind = hex(first.webhookId);
      if (first.dueAt <= now) found.push(behind);
    }
    return found;
  }

  async nextAt(): Promise<Date | null> {
    let next: Date | null = null;
    let behind: string | null = null;
    for (let endpoints = 0; endpoints < MOST_ENDPOINTS; endpoints += 1) {
      const first = await this.firstBehind(behind);
      if (!first) return next;
      behind = hex(first.webhookId);
      next = firstOf(next, first.dueAt);
    }
    return new Date(0);
  }

  /**
   * What is due first of the next endpoint that has something pending: whatever else waits for one is passed
   * over in one step.
   */
  private firstBehind(webhookId: string | null): Promise<Pick<WebhookDeliveryDocument, 'webhookId' | 'dueAt'> | null> {
    const pending: Query = { state: 'pending', ...(webhookId && { webhookId: { $gt: objectId(webhookId) } }) };
    return this.deliveries.findOne(pending, {
      sort: { webhookId: 1, dueAt: 1 },
      projection: { webhookId: 1, dueAt: 1 },
      hint: { webhookId: 1, dueAt: 1 },
    });
  }

  async claim(webhookId: string, by: { token: string; until: Date; now: Date }, limit: number): Promise<Delivery[]> {
    const due: Query = { webhookId: objectId(webhookId), state: 'pending', dueAt: { $lte: by.now } };
    const found = await this.deliveries.find(due, { sort: { dueAt: 1 }, limit, projection: { _id: 1 } }).toArray();
    if (found.length === 0) return [];
    const ids = { $in: found.map(({ _id }) => _id) };
    await this.deliveries.updateMany({ _id: ids, ...due }, { $set: { claim: by.token, dueAt: by.until } });
    const claimed: Query = { _id: ids, webhookId: due.webhookId, claim: by.token, state: 'pending' };
    return (await this.deliveries.find(claimed).toArray()).map(toDelivery);
  }

  async settle({ id, webhookId, claim }: Delivery, become: Partial<Delivery>): Promise<void> {
    const { last, state, attempts, dueAt, endedAt } = become;
    const $set = {
      claim: null,
      ...(state && { state }),
      ...(attempts !== undefined && { attempts }),
      ...(dueAt && { dueAt }),
      ...(endedAt && { endedAt, expiresAt: this.goneAt(endedAt) }),
      ...(last && { ...last }),
    };
    const filter = { _id: objectId(id), webhookId: objectId(webhookId), claim, state: 'pending' as const };
    await this.settlements.of({ filter, update: { $set } });
  }

  /** One command for all that ended at the same moment. */
  private async settleTogether(settlements: readonly Settlement[]): Promise<(void | Promise<void>)[]> {
    const [first, ...others] = settlements;
    if (others.length === 0) return [this.settleAlone(first!)];
    const writes = settlements.map((updateOne) => ({ updateOne }));
    const made = await this.deliveries.bulkWrite(writes, TOGETHER).catch(unlessTimeIsOver);
    return settlements.map((one) => (made ? undefined : this.settleAlone(one)));
  }

  private async settleAlone({ filter, update }: Settlement): Promise<void> {
    await this.deliveries.updateOne(filter, update);
  }

  /** When one that ended is removed. */
  private goneAt(endedAt: Date): Date {
    return new Date(endedAt.getTime() + this.config.RETENTION_DAYS_DELIVERIES * DAY_MS);
  }

  async giveUp(webhookId: string, error: string, now: Date): Promise<void> {
    const pending: Query = { webhookId: objectId(webhookId), state: 'pending' };
    await this.deliveries.updateMany(pending, {
      $set: { state: 'failed', claim: null, error, endedAt: now, expiresAt: this.goneAt(now) },
    });
  }

  async deleteAll(webhookId: string): Promise<void> {
    await this.deliveries.deleteMany({ webhookId: objectId(webhookId) });
  }

  async find(workspace: WorkspaceId, webhookId: string, id: string): Promise<Delivery | null> {
    const query = { _id: objectId(id), webhookId: objectId(webhookId), workspaceId: workspace };
    const found = await this.deliveries.findOne(query);
    return found && toDelivery(found);
  }

  list(workspace: WorkspaceId, webhookId: string, filter: DeliveryFilter, page: PageRequest): Promise<Page<Delivery>> {
    const query = queryOf(workspace, webhookId, filter);
    return pageById({ collection: this.deliveries, filter: query, order: 'newest-first', toItem: toDelivery }, page);
  }

  async inRange(workspace: WorkspaceId, webhookId: string, range: DeliveryRange, limit: number): Promise<Delivery[]> {
    const createdAt = { $gte: range.from, $lt: range.to };
    const query: Query = { ...queryOf(workspace, webhookId, range), replayOf: null, createdAt };
    return (await this.deliveries.find(query, { sort: { _id: 1 }, limit }).toArray()).map(toDelivery);
  }
}

const queryOf = (workspace: WorkspaceId, webhookId: string, { state, event }: DeliveryFilter): Query => ({
  webhookId: objectId(webhookId),
  workspaceId: workspace,
  ...(state && { state }),
  ...(event && { event }),
});

const toDocument = (delivery: Delivery): WebhookDeliveryDocument => {
  const { id, webhookId, last, replayOf, about, ...fields } = delivery;
  return {
    ...fields,
    _id: objectId(id),
    webhookId: objectId(webhookId),
    replayOf: replayOf === null ? null : objectId(replayOf),
    leadIds: objectIds(about.leadIds),
    addresses: [...about.addresses],
    statusCode: last?.statusCode ?? null,
    error: last?.error ?? null,
    durationMs: last?.durationMs ?? null,
    response: last?.response ?? null,
    expiresAt: new Date(delivery.createdAt.getTime() + PENDING_FOR_MS),
  };
};

const toDelivery = (document: WebhookDeliveryDocument): Delivery => {
  const { _id, statusCode, error, durationMs, response, leadIds, addresses, expiresAt: _, ...fields } = document;
  return {
    ...fields,
    id: hex(_id),
    workspaceId: workspaceId(fields.workspaceId),
    webhookId: hex(fields.webhookId),
    event: fields.event as WebhookEvent,
    state: fields.state as DeliveryState,
    last: durationMs === null && error === null ? null : { statusCode, error, durationMs: durationMs ?? 0, response },
    replayOf: fields.replayOf && hex(fields.replayOf),
    about: { leadIds: leadIds.map(hex), addresses },
  };
};
