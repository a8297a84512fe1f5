import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { Person, PersonalDataOf } from '../../leads';
import { collectionOf, hex, objectId } from '../../platform/mongo';
import type { WebhookDeliveryDocument } from './webhook-delivery.schema';

/**
 * What endpoints were told about somebody goes with them, delivered or not. An export says what was told and
 * when; each body repeats a message or a reply, which their own modules show.
 */
@Injectable()
export class MongoPersonalWebhooks implements PersonalDataOf {
  readonly collections = ['webhookDeliveries'];
  private readonly deliveries: Collection<WebhookDeliveryDocument>;

  readonly sections = { webhookDeliveries: (person: Person) => this.shown(person) };

  constructor(@InjectModel('WebhookDelivery') deliveries: Model<WebhookDeliveryDocument>) {
    this.deliveries = collectionOf(deliveries);
  }

  async erase(person: Person): Promise<void> {
    for (const query of queriesOf(person)) await this.deliveries.deleteMany(query);
  }

  private async *shown(person: Person): AsyncGenerator<object> {
    const seen = new Set<string>();
    for (const query of queriesOf(person)) {
      for await (const { _id, event, state, createdAt } of this.deliveries.find(query)) {
        if (!seen.has(hex(_id))) yield { _id: hex(_id), event, state, createdAt };
        seen.add(hex(_id));
      }
    }
  }
}

/** Each is served by an index of its own. */
function queriesOf({ workspaceId, leadId, own }: Person): Filter<WebhookDeliveryDocument>[] {
  const theirs = { workspaceId, leadIds: objectId(leadId) };
  return own.length === 0 ? [theirs] : [theirs, { workspaceId, addresses: { $in: own } }];
}
