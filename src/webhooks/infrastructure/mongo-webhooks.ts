import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, UpdateFilter } from 'mongodb';
import type { Model } from 'mongoose';
import { type WorkspaceId, workspaceId } from '../../platform/ids';
import { collectionOf, hex, objectId, type Transaction, within } from '../../platform/mongo';
import { type DisabledReason, UNTRIED, type Webhook, type WebhookEvent, type WebhookHealth, Webhooks } from '../domain/webhook';
import type { WebhookDocument } from './webhook.schema';

@Injectable()
export class MongoWebhooks extends Webhooks {
  private readonly webhooks: Collection<WebhookDocument>;

  constructor(@InjectModel('Webhook') model: Model<WebhookDocument>) {
    super();
    this.webhooks = collectionOf(model);
  }

  async insert(webhook: Webhook): Promise<void> {
    const { id, previous, events, ...fields } = webhook;
    await this.webhooks.insertOne({
      _id: objectId(id),
      ...fields,
      events: [...events],
      previousSecret: previous?.secret ?? null,
      previousUntil: previous?.until ?? null,
    });
  }

  async find(workspace: WorkspaceId, id: string): Promise<Webhook | null> {
    const found = await this.webhooks.findOne({ _id: objectId(id), workspaceId: workspace });
    return found && toWebhook(found);
  }

  async findById(id: string): Promise<Webhook | null> {
    const found = await this.webhooks.findOne({ _id: objectId(id) });
    return found && toWebhook(found);
  }

  async all(workspace: WorkspaceId, transaction?: Transaction): Promise<Webhook[]> {
    const found = this.webhooks.find({ workspaceId: workspace }, { sort: { _id: -1 }, ...(transaction && within(transaction)) });
    return (await found.toArray()).map(toWebhook);
  }

  async change(workspace: WorkspaceId, id: string, changes: Partial<Webhook>): Promise<boolean> {
    const { id: _, previous, events, ...fields } = changes;
    // The driver writes `undefined` as `null`.
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    const $set: Partial<WebhookDocument> = Object.fromEntries(given);
    if (events) $set.events = [...events];
    if (previous !== undefined) {
      $set.previousSecret = previous?.secret ?? null;
      $set.previousUntil = previous?.until ?? null;
    }
    return (await this.webhooks.updateOne({ _id: objectId(id), workspaceId: workspace }, { $set })).matchedCount > 0;
  }

  async answered(id: string, isSuccess: boolean, at: Date): Promise<WebhookHealth | null> {
    const success = { $set: { ...UNTRIED, lastTriggeredAt: at, lastSuccessAt: at } };
    const { lastFailureAt: _, ...set } = success.$set;
    const update: UpdateFilter<WebhookDocument> = isSuccess
      ? { $set: set }
      : { $set: { lastTriggeredAt: at, lastFailureAt: at }, $inc: { failureCount: 1 } };
    const found = await this.webhooks.findOneAndUpdate({ _id: objectId(id) }, update, { returnDocument: 'after' });
    if (!found || isSuccess || found.failingSince) return found && toWebhook(found);
    await this.webhooks.updateOne(
      { _id: objectId(id), failingSince: null, failureCount: { $gt: 0 } },
      { $set: { failingSince: at } },
    );
    return { ...toWebhook(found), failingSince: at };
  }

  async disable(id: string, reason: DisabledReason, now: Date, transaction: Transaction): Promise<boolean> {
    const off = { $set: { isActive: false, disabledReason: reason, updatedAt: now } };
    const { modifiedCount } = await this.webhooks.updateOne({ _id: objectId(id), isActive: true }, off, within(transaction));
    return modifiedCount > 0;
  }

  async delete(workspace: WorkspaceId, id: string): Promise<boolean> {
    return (await this.webhooks.deleteOne({ _id: objectId(id), workspaceId: workspace })).deletedCount > 0;
  }
}

const toWebhook = ({ _id, previousSecret, previousUntil, ...document }: WebhookDocument): Webhook => ({
  ...document,
  id: hex(_id),
  workspaceId: workspaceId(document.workspaceId),
  events: document.events as WebhookEvent[],
  disabledReason: document.disabledReason as DisabledReason | null,
  previous: previousSecret && previousUntil ? { secret: previousSecret, until: previousUntil } : null,
});
