import type { Collection, Filter, FindOptions } from 'mongodb';
import { changesAfter } from '../../platform/changes';
import { inSlices } from '../../platform/event-loop';
import type { WorkspaceId } from '../../platform/ids';
import { hex, objectId, objectIds, readPart } from '../../platform/mongo';
import { MAX_PAGE_BYTES, type Page } from '../../platform/paging';
import { CONTACT_FIELDS, type Lead, type LeadContacts } from '../domain/lead';
import type { ChangesPage, MemberRange, ResolvedFilter } from '../domain/leads.repository';
import { toLead } from './lead.mapper';
import type { LeadDocument } from './lead.schema';
import { type TombstoneDocument, toTombstone } from './lead-tombstones';

interface AfterCursor {
  cursor: string | null;
  limit: number;
}

/** What a filter asks for, but for its words, as a query. */
export function filterOf(workspaceId: WorkspaceId, filter: ResolvedFilter): Filter<LeadDocument> {
  return {
    workspaceId,
    ...(filter.listId && { listIds: objectId(filter.listId) }),
    ...(filter.externalId && { externalId: filter.externalId }),
    ...(filter.availabilityStatus && { availabilityStatus: filter.availabilityStatus }),
    ...(filter.updatedSince && { updatedAt: { $gte: filter.updatedSince } }),
    ...(filter.only && { _id: { $in: objectIds(filter.only) } }),
    ...(filter.without && { _id: { $nin: objectIds(filter.without) } }),
    ...(filter.customField && {
      customFields: { $elemMatch: { k: filter.customField.key, v: { $in: filter.customField.values } } },
    }),
  };
}

/** Leads with nothing but their addresses. */
export async function holdersIn(
  leads: Collection<LeadDocument>,
  query: Filter<LeadDocument>,
  options: FindOptions,
): Promise<{ id: string; addresses: string[] }[]> {
  const found = await leads.find(query, { projection: { addresses: 1 }, ...options }).toArray();
  return found.map(({ _id, addresses }) => ({ id: hex(_id), addresses }));
}

const OF_CONTACTS = Object.fromEntries(
  [...CONTACT_FIELDS, 'availableAddress', 'availabilityCheckedAt'].map((field) => [field, 1]),
);

/** Members of a list, in the order of ids; with nothing but what says how to reach them. */
export async function contactsIn(
  leads: Collection<LeadDocument>,
  { workspaceId, listId, after, upTo }: MemberRange & { workspaceId: WorkspaceId },
  { limit, session }: Pick<FindOptions, 'limit' | 'session'>,
): Promise<LeadContacts[]> {
  const ids = { ...(after && { $gt: objectId(after) }), $lte: objectId(upTo) };
  const options = { projection: OF_CONTACTS, sort: { _id: 1 }, limit, batchSize: limit, session } as const;
  const found = await leads.find({ workspaceId, listIds: objectId(listId), _id: ids }, options).toArray();
  return found.map(({ _id, ...contacts }) => ({ id: hex(_id), ...contacts }));
}

/** Newest first, from a cursor on. */
export async function olderThan(
  leads: Collection<LeadDocument>,
  query: Filter<LeadDocument>,
  { cursor, limit }: AfterCursor,
): Promise<Page<Lead>> {
  const filter = cursor ? { $and: [query, { _id: { $lt: objectId(cursor) } }] } : query;
  const part = { sort: { _id: -1 } as const, limit: limit + 1, maxBytes: MAX_PAGE_BYTES };
  const { documents, isCut } = await readPart(leads, filter as Filter<LeadDocument>, part);
  const items = await inSlices(documents.slice(0, limit), toLead);
  return { items, nextCursor: isCut || documents.length > limit ? items.at(-1)!.id : null };
}

/** Newest first, a numbered page. */
export async function numbered(
  leads: Collection<LeadDocument>,
  query: Filter<LeadDocument>,
  { page, limit }: { page: number; limit: number },
): Promise<Lead[]> {
  const { documents } = await readPart(leads, query, { sort: { _id: -1 }, skip: (page - 1) * limit, limit });
  return inSlices(documents, toLead);
}

interface Changes {
  query: Filter<LeadDocument>;
  /** Of leads that were deleted; `null` where they are not asked for. */
  deleted: Filter<TombstoneDocument> | null;
  /** No running call can write an earlier change than this any more. */
  settled: Date;
}

/** In the order of their last change, from a cursor on; deleted ones among them, where they are asked for. */
export function changedAfter(
  collections: { leads: Collection<LeadDocument>; tombstones: Collection<TombstoneDocument> },
  { query, deleted, settled }: Changes,
  after: AfterCursor,
): Promise<ChangesPage> {
  return changesAfter(
    { collection: collections.leads, query, field: 'updatedAt', toItem: toLead },
    deleted && { collection: collections.tombstones, query: deleted, field: 'deletedAt', toItem: toTombstone },
    { ...after, settled },
  );
}
