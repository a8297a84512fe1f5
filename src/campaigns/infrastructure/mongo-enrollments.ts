import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Collection, Filter } from 'mongodb';
import type { Model } from 'mongoose';
import { ChangeTimes } from '../../platform/changes';
import { type WorkspaceId, workspaceId as asWorkspace } from '../../platform/ids';
import {
  collectionOf,
  GatheredDocuments,
  hex,
  isDuplicateKey,
  objectId,
  objectIds,
  pageById,
  type Transaction,
  within,
} from '../../platform/mongo';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { Campaign } from '../domain/campaign';
import { AlreadyEnrolled } from '../domain/campaigns.errors';
import { type Enrollment, type EnrollmentFilter, Enrollments } from '../domain/enrollment';
import { ENROLLMENT_TRANSITIONS, enrollmentChange, type EnrollmentStep } from '../domain/enrollment-transitions';
import type { EnrollmentDocument } from './campaign.schema';

/** More held enrollments are not counted. */
const MAX_HELD = 10_000;

@Injectable()
export class MongoEnrollments extends Enrollments {
  private readonly enrollments: Collection<EnrollmentDocument>;
  private readonly byId: GatheredDocuments<EnrollmentDocument>;

  constructor(
    @InjectModel('Enrollment') model: Model<EnrollmentDocument>,
    private readonly changeTimes: ChangeTimes,
  ) {
    super();
    this.enrollments = collectionOf(model);
    this.byId = new GatheredDocuments(model);
  }

  async insertMany(enrollments: readonly Enrollment[], transaction: Transaction): Promise<void> {
    const [first] = enrollments;
    if (!first) return;
    const updatedAt = await this.changeTimes.now(first.workspaceId, transaction);
    const documents = enrollments.map((enrollment) => toDocument({ ...enrollment, updatedAt }));
    await this.enrollments.insertMany(documents, within(transaction)).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new AlreadyEnrolled() : error;
    });
  }

  async find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Enrollment | null> {
    const found = transaction
      ? await this.enrollments.findOne({ _id: objectId(id), workspaceId }, within(transaction))
      : await this.byId.one(workspaceId, id);
    return found && toEnrollment(found);
  }

  async findMany(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Enrollment[]> {
    const query = { _id: { $in: objectIds(ids) }, workspaceId };
    return (await this.enrollments.find(query, within(transaction)).toArray()).map(toEnrollment);
  }

  async findByLead(
    workspaceId: WorkspaceId,
    campaignId: string,
    leadId: string,
    transaction?: Transaction,
  ): Promise<Enrollment | null> {
    const query = { campaignId: objectId(campaignId), leadId: objectId(leadId), workspaceId };
    const found = await this.enrollments.findOne(query, within(transaction));
    return found && toEnrollment(found);
  }

  enrolledOf(campaignId: string, leadIds: readonly string[], transaction: Transaction): Promise<Set<string>> {
    return this.leadsIn({ campaignId: objectId(campaignId), leadId: { $in: objectIds(leadIds) } }, transaction);
  }

  enrolledBetween(campaignId: string, first: string, last: string, transaction: Transaction): Promise<Set<string>> {
    const leadId = { $gte: objectId(first), $lte: objectId(last) };
    return this.leadsIn({ campaignId: objectId(campaignId), leadId }, transaction);
  }

  /** The index on campaign and lead says it alone. */
  private async leadsIn(query: Filter<EnrollmentDocument>, transaction: Transaction): Promise<Set<string>> {
    const options = { projection: { _id: 0, leadId: 1 }, ...within(transaction) } as const;
    const found = await this.enrollments.find(query, options).toArray();
    return new Set(found.map(({ leadId }) => hex(leadId)));
  }

  async ofLeads(
    workspaceId: WorkspaceId,
    leadIds: readonly string[],
    until: Date,
    transaction: Transaction,
  ): Promise<Enrollment[]> {
    const query = { workspaceId, leadId: { $in: objectIds(leadIds) }, enrolledAt: { $lte: until } };
    return (await this.enrollments.find(query, within(transaction)).toArray()).map(toEnrollment);
  }

  async list(
    workspaceId: WorkspaceId,
    { campaignId, statuses, leadIds, lineId, updatedSince }: EnrollmentFilter,
    pageRequest: PageRequest,
  ): Promise<PageOfChanges<Enrollment>> {
    const { enrollments: collection } = this;
    const owner = { campaignId: objectId(campaignId), workspaceId };
    const query = {
      ...owner,
      ...(statuses && { status: statuses.length === 1 ? statuses[0] : { $in: [...statuses] } }),
      ...(leadIds && { leadId: { $in: objectIds(leadIds) } }),
      ...(lineId && { 'standing.lineId': lineId }),
      ...(updatedSince && { updatedAt: { $gte: updatedSince } }),
    } as Filter<EnrollmentDocument>;
    if (updatedSince && 'cursor' in pageRequest) {
      const source = { collection, owner, query, field: 'updatedAt', toItem: toEnrollment } as const;
      return this.changeTimes.page(workspaceId, { source, deleted: null }, pageRequest);
    }
    return pageById({ collection, filter: query, order: 'newest-first', toItem: toEnrollment }, pageRequest);
  }

  async after(
    { workspaceId, id: campaignId }: Campaign,
    after: string | null,
    limit: number,
    transaction: Transaction,
  ): Promise<Enrollment[]> {
    const query = { campaignId: objectId(campaignId), workspaceId, ...(after && { _id: { $gt: objectId(after) } }) };
    const found = await this.enrollments.find(query, { sort: { _id: 1 }, limit, ...within(transaction) }).toArray();
    return found.map(toEnrollment);
  }

  async held(campaignIds: readonly string[]): Promise<Map<string, string[]>> {
    const query = { campaignId: { $in: objectIds(campaignIds) }, heldBy: { $gt: '' } } as Filter<EnrollmentDocument>;
    const found = await this.enrollments.find(query, { projection: { campaignId: 1 }, limit: MAX_HELD }).toArray();
    const byCampaign = new Map<string, string[]>();
    for (const { _id, campaignId } of found) {
      byCampaign.set(hex(campaignId), [...(byCampaign.get(hex(campaignId)) ?? []), hex(_id)]);
    }
    return byCampaign;
  }

  async edited(enrollments: readonly Enrollment[], edition: number, transaction: Transaction): Promise<void> {
    await this.enrollments.updateMany({ _id: { $in: idsOf(enrollments) } }, { $set: { edition } }, within(transaction));
  }

  async hold({ id, workspaceId }: Enrollment, messageId: string | null, transaction: Transaction): Promise<void> {
    const other = messageId === null ? { heldBy: { $ne: null } } : {};
    const query = { _id: objectId(id), ...other } as Filter<EnrollmentDocument>;
    const updatedAt = await this.changeTimes.now(workspaceId, transaction);
    await this.enrollments.updateOne(query, { $set: { heldBy: messageId, updatedAt } }, within(transaction));
  }

  async replied(enrollments: readonly Enrollment[], at: Date, transaction: Transaction): Promise<void> {
    const [first] = enrollments;
    if (!first) return;
    const query = { _id: { $in: idsOf(enrollments) }, repliedAt: null };
    const updatedAt = await this.changeTimes.now(first.workspaceId, transaction);
    await this.enrollments.updateMany(query, { $set: { repliedAt: at, updatedAt } }, within(transaction));
  }

  async change(enrollments: readonly Enrollment[], step: EnrollmentStep, transaction: Transaction): Promise<void> {
    const [first] = enrollments;
    if (!first) return;
    const query = { _id: { $in: idsOf(enrollments) }, status: { $in: [...ENROLLMENT_TRANSITIONS[step.name].from] } };
    const updatedAt = await this.changeTimes.now(first.workspaceId, transaction);
    await this.enrollments.updateMany(query, { $set: { ...enrollmentChange(step), updatedAt } }, within(transaction));
  }

  async recordLastSent(
    workspaceId: WorkspaceId,
    sent: readonly Pick<Enrollment, 'id' | 'lastSent'>[],
    transaction: Transaction,
  ): Promise<Enrollment[]> {
    if (sent.length === 0) return [];
    const updatedAt = await this.changeTimes.now(workspaceId, transaction);
    const [first, ...others] = sent.map(({ id, lastSent }) => ({
      filter: { _id: objectId(id), workspaceId },
      update: { $set: { standing: lastSent, updatedAt } },
    }));
    if (others.length === 0) {
      const before = { returnDocument: 'before' as const, ...within(transaction) };
      const found = await this.enrollments.findOneAndUpdate(first!.filter, first!.update, before);
      return found ? [toEnrollment(found)] : [];
    }
    const found = await this.findMany(
      workspaceId,
      sent.map(({ id }) => id),
      transaction,
    );
    await this.enrollments.bulkWrite(
      [first!, ...others].map((updateOne) => ({ updateOne })),
      within(transaction),
    );
    return found;
  }
}

const idsOf = (enrollments: readonly Enrollment[]) => objectIds(enrollments.map(({ id }) => id));

function toDocument({ id, campaignId, leadId, lastSent, ...enrollment }: Enrollment): EnrollmentDocument {
  return { _id: objectId(id), ...enrollment, standing: lastSent, campaignId: objectId(campaignId), leadId: objectId(leadId) };
}

function toEnrollment({ _id, workspaceId, campaignId, leadId, standing, ...document }: EnrollmentDocument): Enrollment {
  return {
    id: hex(_id),
    ...document,
    heldBy: document.heldBy ?? null,
    stopReason: document.stopReason ?? null,
    edition: document.edition ?? 0,
    updatedAt: document.updatedAt ?? document.enrolledAt,
    lastSent: standing,
    workspaceId: asWorkspace(workspaceId),
    campaignId: hex(campaignId),
    leadId: hex(leadId),
  };
}
