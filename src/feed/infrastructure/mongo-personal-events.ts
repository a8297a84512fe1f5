import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { Person, PersonalDataOf } from '../../leads';
import { collectionOf } from '../../platform/mongo';
import type { EventDocument } from './event.schema';

/**
 * Events about somebody are blanked: their places stay, so that readers miss none. That a lead was deleted is
 * still told, since it says nothing but its id. An export says what was told and when, as of webhooks.
 */
@Injectable()
export class MongoPersonalEvents implements PersonalDataOf {
  readonly collections = ['events'];
  private readonly events: Collection<EventDocument>;

  readonly sections = { events: (person: Person) => this.shown(person) };

  constructor(@InjectModel('Event') events: Model<EventDocument>) {
    this.events = collectionOf(events);
  }

  async erase(person: Person): Promise<void> {
    const told = { ...queryOf(person), type: { $ne: 'lead.deleted' } };
    await this.events.updateMany(told, { $set: { body: null, about: [] } });
  }

  private async *shown(person: Person): AsyncGenerator<object> {
    for await (const { _id, type, createdAt } of this.events.find(queryOf(person))) yield { _id, type, createdAt };
  }
}

const queryOf = ({ workspaceId, leadId, own }: Person): Filter<EventDocument> => ({
  workspaceId,
  about: { $in: [leadId, ...own] },
});
