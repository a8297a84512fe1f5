import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection } from 'mongodb';
import type { Model } from 'mongoose';
import type { Person, PersonalDataOf } from '../../leads';
import { BackgroundJobs } from '../../platform/background';
import { collectionOf } from '../../platform/mongo';
import { BATCH_KINDS } from '../domain/batch';
import type { KnownAnswerDocument } from './availability.schema';

/** Whether addresses are on iMessage is forgotten with the person. */
@Injectable()
export class MongoPersonalChecks implements PersonalDataOf {
  readonly collections = ['availabilityAnswers', 'backgroundJobs'];
  private readonly answers: Collection<KnownAnswerDocument>;

  readonly sections = { availability: (person: Person) => this.shown(person) };

  constructor(
    @InjectModel('AvailabilityAnswer') model: Model<KnownAnswerDocument>,
    private readonly backgroundJobs: BackgroundJobs,
  ) {
    this.answers = collectionOf(model);
  }

  async erase({ workspaceId, addresses, own }: Person): Promise<void> {
    await this.answers.deleteMany({ _id: { $in: own.map((address) => `${workspaceId} ${address}`) } });
    for (const kind of BATCH_KINDS) await this.backgroundJobs.forget(workspaceId, kind, addresses);
  }

  private async *shown({ workspaceId, addresses }: Person): AsyncGenerator<object> {
    for (const address of addresses) {
      const found = await this.answers.findOne({ _id: `${workspaceId} ${address}` });
      if (found) yield { address, available: found.available, checkedAt: found.checkedAt };
    }
  }
}
