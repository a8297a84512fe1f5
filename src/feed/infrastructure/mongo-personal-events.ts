import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { Person, PersonalDataOf } from '../../leads';
import { collectionOf } from '../../platform/mongo';
import type { EventBatchDocument, EventDocument } from './event.schema';

/**
 * Events about somebody are blanked: their places stay, so that readers miss none. That a lead was deleted is
 * still told, since it says nothing but its id. An export says what was told and when, as of webhooks.
 */
@Injectable()
export class MongoPersonalEvents implements PersonalDataOf {
  readonly collections = ['events', 'eventBatches'];
  private readonly events: Collection<EventDocument>;
  private readonly batches: Collection<EventBatchDocument>;

  readonly sections = { events: (person: Person) => this.shown(person) };

  constructor(@InjectModel('Event') events: Model<EventDocument>, @InjectModel('EventBatch') batches: Model<EventBatchDocument>) {
    this.events = collectionOf(events);
    this.batches = collectionOf(batches);
  }

  async erase(person: Person): Promise<void> {
    const about = { $in: subjectsOf(person) };
    const told = { workspaceId: person.workspaceId, about, type: { $ne: 'lead.deleted' } };
    await this.events.updateMany(told, { $set: { body: null, about: [] } });
    // Of many that are kept together, those about the person: first what they say, then their subjects.
    const theirs = { arrayFilters: [{ 'theirs.about': about }] };
    await this.batches.updateMany(told, { $set: { 'events.$[theirs].body': null } }, theirs);
    await this.batches.updateMany(told, { $set: { 'events.$[theirs].about': [] }, $pull: { about } }, theirs);
  }

  private async *shown(person: Person): AsyncGenerator<object> {
    const subjects = subjectsOf(person);
    const theirs = { workspaceId: person.workspaceId, about: { $in: subjects } };
    for await (const { _id, type, createdAt } of this.events.find(theirs)) yield { _id, type, createdAt };
    for await (const { events, type, createdAt } of this.batches.find(theirs)) {
      const told = events.filter(({ about }) => about.some((one) => subjects.includes(one)));
      for (const { id } of told) yield { _id: id, type, createdAt };
    }
  }
}

const subjectsOf = ({ leadId, own }: Person): string[] => [leadId, ...own];
