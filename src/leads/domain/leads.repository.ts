import type { WorkspaceId } from '../../platform/ids';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';
import {
  addressesOf,
  type AvailabilityStatus,
  type CustomValue,
  type IdentityField,
  type Lead,
  type LeadContacts,
  type LeadDraft,
} from './lead';
import type { SearchQuery } from './search/query';
import type { Tombstone } from './tombstone';

/** The counter subject of a list's members, and the key they are counted under. */
export const listSubject = (listId: string): string => `list:${listId}`;
export const LEADS_KEY = 'leads';

/** A custom field that has any of the values. */
export interface CustomFieldFilter {
  key: string;
  values: CustomValue[];
}

/** Which leads a caller wants to see. */
export interface LeadFilter {
  listId?: string;
  externalId?: string;
  availabilityStatus?: AvailabilityStatus;
  updatedSince?: Date;
  /** With `updatedSince` and a cursor: leads that were deleted since are told of too. */
  deleted?: boolean;
  search?: SearchQuery;
  /** What a text with colons can mean: the first of these whose key is known counts, else the last. */
  customFields?: readonly CustomFieldFilter[];
  /** What an outer module knows of the leads, see LeadMarks. */
  mark?: { name: string; isSet: boolean };
}

/** The same, with one custom field, and the ids that the mark stands for: these alone, or all but these. */
export interface ResolvedFilter extends Omit<LeadFilter, 'mark' | 'customFields'> {
  customField?: CustomFieldFilter;
  only?: readonly string[];
  without?: readonly string[];
}

export interface AvailabilityFinding {
  status: AvailabilityStatus;
  checkedAt: Date;
  availableAddress: string | null;
  reason: string | null;
}

/** Which leads enter or leave a list, and when. */
export interface Membership {
  ids: readonly string[];
  listId: string;
  now: Date;
}

/** Members of a list whose ids come after one and not after another. */
export interface MemberRange {
  listId: string;
  /** `null`: from the first one on. */
  after: string | null;
  upTo: string;
}

/** A page of leads; of changes, with the leads that were deleted, and whether earlier ones may still come. */
export type ChangesPage = PageOfChanges<Lead, Tombstone>;

/** Keeps leads. Every method works inside one workspace; another's leads do not exist for it. */
export abstract class Leads {
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Lead | null>;
  abstract findMany(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Lead[]>;
  /** Leads of the list that share an external id, phone or e-mail (primary ones) with one of the drafts. */
  abstract findDuplicates(
    workspaceId: WorkspaceId,
    listId: string,
    drafts: readonly Pick<LeadDraft, IdentityField>[],
    transaction?: Transaction,
  ): Promise<Lead[]>;
  /** Leads that have one of the external ids, of the list or of the whole workspace. */
  abstract findByExternalIds(
    workspaceId: WorkspaceId,
    externalIds: readonly string[],
    listId?: string,
    transaction?: Transaction,
  ): Promise<Lead[]>;
  /**
   * With `updatedSince`, cursor pages are in the order of the last change, and hold only changes that no
   * running call can get in front of: `settled` is `false` where earlier ones may still come.
   */
  abstract list(workspaceId: WorkspaceId, filter: ResolvedFilter, pageRequest: PageRequest): Promise<ChangesPage>;
  /**
   * Registers a call that saves many leads, before it reads the clock for them: until it has committed, no
   * reader of changes may pass that moment.
   * @returns what the call has to run after its commit
   */
  abstract registerInFlightWrite(workspaceId: WorkspaceId): Promise<() => Promise<void>>;
  /** Up to `limit` ids of the list's members after `after`, in the order of ids. */
  abstract memberIds(workspaceId: WorkspaceId, listId: string, after: string | null, limit: number): Promise<string[]>;
  /** Up to `limit` members, in the order of ids; with nothing but what says how to reach them. */
  abstract memberContacts(
    workspaceId: WorkspaceId,
    range: MemberRange,
    limit: number,
    transaction: Transaction,
  ): Promise<LeadContacts[]>;
  /** How many members the list has, and the newest of them. */
  abstract memberSnapshot(
    workspaceId: WorkspaceId,
    listId: string,
    transaction: Transaction,
  ): Promise<{ total: number; newest: string | null }>;
  /** Does the list own any lead? */
  abstract hasOwnedLeads(workspaceId: WorkspaceId, listId: string): Promise<boolean>;
  /** Leads that have one of the addresses, alternates included. */
  abstract findByAddress(workspaceId: WorkspaceId, addresses: readonly string[], transaction?: Transaction): Promise<Lead[]>;
  /** The same, with nothing but their addresses; at most `limit`. */
  abstract holdersOf(
    workspaceId: WorkspaceId,
    addresses: readonly string[],
    limit: number,
    transaction?: Transaction,
  ): Promise<{ id: string; addresses: string[] }[]>;
  /** Leads that have an e-mail address in one of the domains; with nothing but their addresses, too. */
  abstract holdersInDomains(
    workspaceId: WorkspaceId,
    domains: readonly string[],
    limit: number,
  ): Promise<{ id: string; addresses: string[] }[]>;
  /** Up to `limit` leads after `after`, in the order of ids; with nothing but their addresses. */
  abstract holdersAfter(
    workspaceId: WorkspaceId,
    after: string | null,
    limit: number,
  ): Promise<{ id: string; addresses: string[] }[]>;
  /** How many leads have one of the addresses; counting ends at `limit`. */
  abstract countHolders(
    workspaceId: WorkspaceId,
    addresses: readonly string[],
    limit: number,
    transaction?: Transaction,
  ): Promise<number>;
  /** @throws IdentityTaken when a lead of the list has the same identity */
  abstract insertMany(workspaceId: WorkspaceId, leads: readonly Lead[], transaction: Transaction): Promise<void>;
  /** Writes leads that were read before in the same transaction. @throws as insertMany */
  abstract saveMany(workspaceId: WorkspaceId, leads: readonly Lead[], transaction: Transaction): Promise<void>;
  /** Readers of changes are told of it for 30 days. */
  abstract deleteMany(workspaceId: WorkspaceId, ids: readonly string[], transaction: Transaction): Promise<void>;
  /** The same for somebody of whom nothing stays but the id. */
  abstract erase(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<void>;
  /** Makes leads members of the list. @throws IdentityTaken when it already holds such a person */
  abstract join(workspaceId: WorkspaceId, membership: Membership, transaction: Transaction): Promise<void>;
  abstract leave(workspaceId: WorkspaceId, membership: Membership, transaction: Transaction): Promise<void>;
  /** Writes what checks found, each unless its lead's addresses changed since it was read. */
  abstract saveAvailability(checked: readonly { lead: Lead; finding: AvailabilityFinding }[]): Promise<void>;
}

/**
 * Leads are about to be deleted, or to lose an address. Published in the same transaction, before that is
 * written.
 */
export class ContactsLeaving {
  constructor(
    readonly workspaceId: WorkspaceId,
    /** All addresses that they have until now. */
    readonly holders: readonly { id: string; addresses: readonly string[] }[],
  ) {}

  /**
   * Of those who lose an address; `null` when none does. @param after the leads as they are next, in any
   * order
   */
  static between(workspaceId: WorkspaceId, before: readonly Lead[], after: readonly Lead[]): ContactsLeaving | null {
    const kept = new Map(after.map((lead) => [lead.id, new Set(addressesOf(lead))]));
    const losing = before.filter((lead) => {
      const next = kept.get(lead.id);
      return next !== undefined && addressesOf(lead).some((address) => !next.has(address));
    });
    return losing.length === 0 ? null : ContactsLeaving.of(workspaceId, losing);
  }

  /** Of leads that go. */
  static of(workspaceId: WorkspaceId, leads: readonly Lead[]): ContactsLeaving {
    return new ContactsLeaving(
      workspaceId,
      leads.map((lead) => ({ id: lead.id, addresses: addressesOf(lead) })),
    );
  }
}

/** Published, in the same transaction, when leads are deleted. */
export class LeadsDeleted {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly leadIds: readonly string[],
  ) {}
}

/** Published, in the same transaction, when new leads were saved. */
export class LeadsSaved {
  constructor(
    readonly workspaceId: WorkspaceId,
    readonly listId: string,
    readonly leads: readonly Lead[],
  ) {}

  get leadIds(): string[] {
    return this.leads.map(({ id }) => id);
  }
}

/** Published, in the same transaction, when fields of leads were changed. */
export class LeadsUpdated {
  constructor(
    readonly workspaceId: WorkspaceId,
    /** As they are from now on. */
    readonly leads: readonly Lead[],
  ) {}
}
