import { CRM_FIELDS } from '../../platform/crm-ids';
import type { WorkspaceId } from '../../platform/ids';

export const PHONE_FIELDS = ['phone', 'altPhone1', 'altPhone2', 'altPhone3'] as const;
export const EMAIL_FIELDS = ['email', 'altEmail1', 'altEmail2', 'altEmail3'] as const;
export const CONTACT_FIELDS = [...PHONE_FIELDS, ...EMAIL_FIELDS] as const;
export const PROFILE_FIELDS = [
  'firstName',
  'lastName',
  'companyName',
  'jobTitle',
  'linkedinUrl',
  'notes',
  'source',
  'externalId',
  ...CRM_FIELDS,
] as const;

export type ContactField = (typeof CONTACT_FIELDS)[number];
export type ProfileField = (typeof PROFILE_FIELDS)[number];
/**
 * Any JSON value.
 * @accepts {}
 */
export type CustomValue = string | number | boolean | null | CustomValue[] | { [key: string]: CustomValue };
export type AvailabilityStatus = 'available' | 'unavailable' | 'error';

export type Contacts = Record<ContactField, string | null>;
export type Profile = Record<ProfileField, string | null>;

/** A person or account. Phones are E.164, e-mails lower case; `original` keeps what was given. */
export interface Lead extends Contacts, Profile {
  id: string;
  workspaceId: WorkspaceId;
  /** The list that owns the lead; the lead is a member of it, and maybe of others. */
  listId: string;
  listIds: string[];
  original: Partial<Record<ContactField, string>>;
  customFields: Record<string, CustomValue>;
  availabilityStatus: AvailabilityStatus | null;
  availabilityCheckedAt: Date | null;
  /** The address that has iMessage, as of the last check. */
  availableAddress: string | null;
  /** Of status `error`: what went wrong, for people to read. */
  availabilityReason: string | null;
  /**
   * The import that saved or updated it last: a repeat of its row in the same file is a duplicate, never an
   * update.
   */
  importId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** A lead with nothing but what says how to reach it. */
export type LeadContacts = Contacts & Pick<Lead, 'id' | 'availableAddress' | 'availabilityCheckedAt'>;

/** What a caller gives of a lead, checked and normalised. */
export interface LeadDraft extends Contacts, Profile {
  original: Partial<Record<ContactField, string>>;
  customFields: Record<string, CustomValue>;
}

/** All addresses of a lead, in the given order of fields, without gaps. */
export const addressesOf = (lead: Contacts, fields: readonly ContactField[] = CONTACT_FIELDS): string[] =>
  fields.map((field) => lead[field]).filter((address): address is string => address !== null);

/** A lead made of a draft. */
export function newLead(
  draft: LeadDraft,
  { id, workspaceId, listId, now }: Pick<Lead, 'id' | 'workspaceId' | 'listId'> & { now: Date },
): Lead {
  return {
    ...draft,
    id,
    workspaceId,
    listId,
    listIds: [listId],
    availabilityStatus: null,
    availabilityCheckedAt: null,
    availableAddress: null,
    availabilityReason: null,
    importId: null,
    createdAt: now,
    updatedAt: now,
  };
}

/** Somebody who is no lead, of whom nothing but an address is known. */
export function stranger(workspaceId: WorkspaceId, address: string): Lead {
  const nothing = Object.fromEntries([...CONTACT_FIELDS, ...PROFILE_FIELDS].map((field) => [field, null]));
  const draft = { ...(nothing as Contacts & Profile), original: {}, customFields: {} };
  const known = address.includes('@') ? { email: address } : { phone: address };
  return newLead({ ...draft, ...known }, { id: '', workspaceId, listId: '', now: new Date(0) });
}

/** The fields of a lead that no second lead of the same list may share. */
export const IDENTITY_FIELDS = ['externalId', 'phone', 'email'] as const;
export type IdentityField = (typeof IDENTITY_FIELDS)[number];
