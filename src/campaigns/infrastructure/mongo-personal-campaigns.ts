import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import type { Person, PersonalDataOf } from '../../leads';
import { KeyedHashes } from '../../platform/keyed-hashes';
import { collectionOf, hex, objectId } from '../../platform/mongo';
import type { AnswerDocument } from './answer.schema';
import type { CampaignDocument, EnrollmentDocument } from './campaign.schema';

/** Ids that one command names. */
const BATCH_SIZE = 500;

/**
 * Who has answered in a campaign stays known, under the keyed hash of the address. Enrollments are ids and
 * times.
 */
@Injectable()
export class MongoPersonalCampaigns implements PersonalDataOf {
  readonly collections = ['campaignAnswers'];
  private readonly answers: Collection<AnswerDocument>;
  private readonly campaigns: Collection<CampaignDocument>;
  private readonly enrollments: Collection<EnrollmentDocument>;

  readonly sections = {
    enrollments: (person: Person) => this.enrolled(person),
    campaignAnswers: (person: Person) => this.answered(person),
  };

  constructor(
    @InjectModel('Answer') answers: Model<AnswerDocument>,
    @InjectModel('Campaign') campaigns: Model<CampaignDocument>,
    @InjectModel('Enrollment') enrollments: Model<EnrollmentDocument>,
    private readonly keyedHashes: KeyedHashes,
  ) {
    this.answers = collectionOf(answers);
    this.campaigns = collectionOf(campaigns);
    this.enrollments = collectionOf(enrollments);
  }

  async keepGuards(person: Person): Promise<void> {
    const hash = await this.keyedHashes.of(person.workspaceId);
    for await (const { _id, ...answer } of this.of(person, person.addresses)) {
      const { campaignId, ...fields } = answer;
      const hashed = `${campaignId}:${hash(addressOf({ _id, ...answer }))}`;
      await this.answers.updateOne({ _id: hashed, campaignId }, { $setOnInsert: fields }, { upsert: true });
    }
  }

  async erase(person: Person): Promise<void> {
    for await (const { _id, campaignId } of this.of(person, person.own)) await this.answers.deleteOne({ _id, campaignId });
  }

  /** An answer is found by campaign and address together. */
  private async *of({ workspaceId }: Person, addresses: readonly string[]): AsyncGenerator<AnswerDocument> {
    const campaigns = await this.campaigns.find({ workspaceId }, { projection: { _id: 1 } }).toArray();
    const ids = campaigns.flatMap(({ _id }) => addresses.map((address) => `${hex(_id)}:${address}`));
    for (let from = 0; from < ids.length; from += BATCH_SIZE) {
      yield* this.answers.find({ _id: { $in: ids.slice(from, from + BATCH_SIZE) } });
    }
  }

  private async *enrolled({ workspaceId, leadId }: Person): AsyncGenerator<object> {
    const query = { workspaceId, leadId: objectId(leadId) } as Filter<EnrollmentDocument>;
    for await (const { _id, campaignId, status, enrolledAt, repliedAt, endedAt } of this.enrollments.find(query)) {
      yield { _id: hex(_id), campaignId: hex(campaignId), status, enrolledAt, repliedAt, endedAt };
    }
  }

  private async *answered(person: Person): AsyncGenerator<object> {
    for await (const answer of this.of(person, person.addresses)) {
      yield { campaignId: answer.campaignId, address: addressOf(answer), at: answer.at };
    }
  }
}

const addressOf = ({ _id, campaignId }: AnswerDocument): string => _id.slice(campaignId.length + 1);
