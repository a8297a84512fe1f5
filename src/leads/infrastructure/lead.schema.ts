import type { ObjectId } from 'bson';
import { Schema } from 'mongoose';
import type { AvailabilityStatus, Contacts, CustomValue, Lead, Profile } from '../domain/lead';

export interface LeadDocument extends Contacts, Profile {
  _id: ObjectId;
  workspaceId: string;
  listId: ObjectId;
  listIds: ObjectId[];
  original: Lead['original'];
  /** Pairs, since keys are kept verbatim: dots, spaces and `$` included. */
  customFields: { k: string; v: CustomValue }[];
  /** Every address of the lead, for finding who a reply or an opt-out is about. */
  addresses: string[];
  /** What search finds it by; see domain/search.ts. */
  search: string[];
  availabilityStatus: AvailabilityStatus | null;
  availabilityCheckedAt: Date | null;
  availableAddress: string | null;
  availabilityReason: string | null;
  importId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const text = { type: String, default: null };

export const LeadSchema = new Schema(
  {
    workspaceId: { type: String, required: true },
    listId: { type: Schema.Types.ObjectId, required: true },
    listIds: { type: [Schema.Types.ObjectId], required: true },
    firstName: text,
    lastName: text,
    phone: text,
    altPhone1: text,
    altPhone2: text,
    altPhone3: text,
    email: text,
    altEmail1: text,
    altEmail2: text,
    altEmail3: text,
    companyName: text,
    jobTitle: text,
    linkedinUrl: text,
    notes: text,
    source: text,
    externalId: text,
    ghlContactId: text,
    ghlLocationId: text,
    hsContactId: text,
    hsPortalId: text,
    original: { type: Schema.Types.Mixed },
    customFields: { type: [{ k: String, v: Schema.Types.Mixed, _id: false }] },
    addresses: { type: [String] },
    search: { type: [String] },
    availabilityStatus: text,
    availabilityCheckedAt: { type: Date, default: null },
    availableAddress: text,
    availabilityReason: text,
    importId: text,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'leads', versionKey: false, minimize: false },
);

// Leads.insertMany, Leads.findDuplicates: no two leads of a list with the same primary phone, e-mail or
// external id. `$gt: ''` lets any number of nulls in, and is chosen for equality and $in, which `$type:
// 'string'` is not.
for (const field of ['phone', 'email', 'externalId']) {
  LeadSchema.index(
    { workspaceId: 1, listIds: 1, [field]: 1 },
    { unique: true, partialFilterExpression: { [field]: { $gt: '' } } },
  );
}
// Leads.list by list, Leads.memberIds, LeadFields.isUsed
LeadSchema.index({ workspaceId: 1, listIds: 1, _id: 1 });
// Leads.list of the whole workspace
LeadSchema.index({ workspaceId: 1, _id: 1 });
// Leads.list with updatedSince, of the whole workspace or by list
LeadSchema.index({ workspaceId: 1, updatedAt: 1, _id: 1 });
LeadSchema.index({ workspaceId: 1, listIds: 1, updatedAt: 1, _id: 1 });
// Leads.list by externalId
LeadSchema.index({ workspaceId: 1, externalId: 1 }, { partialFilterExpression: { externalId: { $gt: '' } } });
// Leads.list by availabilityStatus
LeadSchema.index(
  { workspaceId: 1, availabilityStatus: 1, _id: 1 },
  { partialFilterExpression: { availabilityStatus: { $gt: '' } } },
);
// Leads.list by customField, LeadFields.isUsed
LeadSchema.index({ workspaceId: 1, 'customFields.k': 1, 'customFields.v': 1 });
// Leads.list with search: each word is a prefix of a token. About ten entries a lead. With the id, so that
// the newest leads with a token are next to each other, and pages and counts need no documents.
LeadSchema.index({ workspaceId: 1, search: 1, _id: 1 });
// Leads.findByAddress: replies and opt-outs
LeadSchema.index({ workspaceId: 1, addresses: 1 });
// Leads.hasOwnedLeads
LeadSchema.index({ workspaceId: 1, listId: 1, _id: 1 });

export interface LeadListDocument {
  _id: ObjectId;
  workspaceId: string;
  name: string;
  description: string | null;
  /** `quick-sends` on the one list that the product makes itself. */
  builtIn: string | null;
  hiddenAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

export const LeadListSchema = new Schema<LeadListDocument>(
  {
    workspaceId: { type: String, required: true },
    name: { type: String, required: true },
    description: text,
    builtIn: text,
    hiddenAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'leadLists', versionKey: false },
);

// LeadLists.list
LeadListSchema.index({ workspaceId: 1, hiddenAt: 1, _id: 1 });
// LeadLists.quickSends: made once
LeadListSchema.index({ workspaceId: 1, builtIn: 1 }, { unique: true, partialFilterExpression: { builtIn: { $gt: '' } } });
