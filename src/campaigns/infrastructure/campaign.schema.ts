import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { ChannelName } from '../../channels/domain';
import type { MoreContent } from '../../messages/domain';
import type { Campaign, CampaignSettings, Step } from '../domain/campaign';
import type { Enrollment } from '../domain/enrollment';
import type { FallbackFlags } from '../domain/fallback';

export interface CampaignDocument extends Omit<Campaign, 'id' | 'workspaceId' | 'listId' | 'settings' | 'steps'> {
  _id: ObjectId;
  workspaceId: string;
  listId: ObjectId;
  settings: Omit<CampaignSettings, 'fallbackChannels'> & { fallback: FallbackFlags; fallbackChannels?: ChannelName[] };
  /** Those of before have a text alone. */
  steps: (Omit<Step, keyof MoreContent> & Partial<MoreContent>)[];
  hiddenAt: Date | null;
  /** Raised by every write and compared by none: what guards a write is `updatedAt` with the status. */
  version: number;
}

const mixed = { type: Schema.Types.Mixed, required: true };

export const CampaignSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    name: { type: String, required: true },
    listId: { type: Schema.Types.ObjectId, required: true },
    lineIds: mixed,
    channel: { type: String, required: true },
    steps: mixed,
    settings: mixed,
    status: { type: String, required: true },
    edition: { type: Number, required: true },
    launchedAt: { type: Date, default: null },
    finishedAt: { type: Date, default: null },
    hiddenAt: { type: Date, default: null },
    version: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'campaigns', versionKey: false, minimize: false },
);
// Campaigns.list
CampaignSchema.index({ workspaceId: 1, hiddenAt: 1, _id: 1 });
// Campaigns.active
CampaignSchema.index({ workspaceId: 1, status: 1, _id: 1 });
// Campaigns.unfinished
CampaignSchema.index({ status: 1, finishedAt: 1, _id: 1 }, { partialFilterExpression: { status: 'active' } });
// Campaigns.wasAnyLaunched
CampaignSchema.index({ workspaceId: 1, launchedAt: 1 }, { partialFilterExpression: { launchedAt: { $gt: new Date(0) } } });
// Campaigns.usingList
CampaignSchema.index({ workspaceId: 1, listId: 1 });

export interface EnrollmentDocument extends Omit<
  Enrollment,
  'id' | 'workspaceId' | 'campaignId' | 'leadId' | 'lastSent' | 'edition'
> {
  _id: ObjectId;
  workspaceId: string;
  campaignId: ObjectId;
  leadId: ObjectId;
  /** `lastSent` of the enrollment. */
  standing: Enrollment['lastSent'];
  /** None where it was made before editions, and never edited. */
  edition?: number;
}

export const EnrollmentSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    campaignId: { type: Schema.Types.ObjectId, required: true },
    leadId: { type: Schema.Types.ObjectId, required: true },
    status: { type: String, required: true },
    enrolledAt: { type: Date, required: true },
    repliedAt: { type: Date, default: null },
    standing: { type: Schema.Types.Mixed, default: null },
    heldBy: { type: String, default: null },
    endedAt: { type: Date, default: null },
    stopReason: { type: String, default: null },
    edition: Number,
    updatedAt: { type: Date, required: true },
  },
  { collection: 'enrollments', versionKey: false, minimize: false },
);
// one lead goes through a campaign once
EnrollmentSchema.index({ campaignId: 1, leadId: 1 }, { unique: true });
// Enrollments.list, Enrollments.after
EnrollmentSchema.index({ campaignId: 1, _id: 1 });
// Enrollments.list by status, line, and with updatedSince
EnrollmentSchema.index({ campaignId: 1, status: 1, _id: 1 });
EnrollmentSchema.index(
  { campaignId: 1, 'standing.lineId': 1, _id: 1 },
  { partialFilterExpression: { 'standing.lineId': { $gt: '' } } },
);
EnrollmentSchema.index({ campaignId: 1, updatedAt: 1, _id: 1 });
// Enrollments.held
EnrollmentSchema.index({ campaignId: 1, heldBy: 1 }, { partialFilterExpression: { heldBy: { $gt: '' } } });
// Enrollments.ofLeads
EnrollmentSchema.index({ workspaceId: 1, leadId: 1 });
