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
    const about = { $in: subjectsOf(person) };
    const told: Filter<EventDocument> = { ...queryOf(person), type: { $ne: 'lead.deleted' } };
    await this.events.updateMany({ ...told, batch: null }, { $set: { body: null, about: [] } });
    // Of many that are kept together, those about the person: first what they say, then their subjects.
    const many = { ...told, batch: { $ne: null } };
    const theirs = { arrayFilters: [{ 'theirs.about': about }] };
    await this.events.updateMany(many, { $set: { 'batch.$[theirs].body': null } }, theirs);
    await this.events.updateMany(many, { $set: { 'batch.$[theirs].about': [] }, $pull: { about } }, theirs);
  }

  private async *shown(person: Person): AsyncGenerator<object> {
    const subjects = new Set(subjectsOf(person));
    for await (const { _id, type, batch, createdAt } of this.events.find(queryOf(person))) {
      const theirs = batch?.filter(({ about }) => about.some((one) => subjects.has(one)));
      for (const { id } of theirs ?? [{ id: _id }]) yield { _id: id, type, createdAt };
    }
  }
}

const subjectsOf = ({ leadId, own }: Person): string[] => [leadId, ...own];

const queryOf = (person: Person): Filter<EventDocument> => ({
  workspaceId: person.workspaceId,
  about: { $in: subjectsOf(person) },
});
