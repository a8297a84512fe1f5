import type { ObjectId } from 'bson';
import type { Collection, Filter, FindOptions } from 'mongodb';
import type { WorkspaceId } from '../../platform/ids';
import { compareBytes, hex, objectId, objectIds } from '../../platform/mongo';
import type { Page } from '../../platform/paging';
import type { Lead } from '../domain/lead';
import type { ChangesPage, ResolvedFilter } from '../domain/leads.repository';
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

/** Newest first, from a cursor on. */
export async function olderThan(
  leads: Collection<LeadDocument>,
  query: Filter<LeadDocument>,
  { cursor, limit }: AfterCursor,
): Promise<Page<Lead>> {
  const filter = cursor ? { $and: [query, { _id: { $lt: objectId(cursor) } }] } : query;
  const found = await leads.find(filter as Filter<LeadDocument>, { sort: { _id: -1 }, limit: limit + 1 }).toArray();
  const items = found.slice(0, limit).map(toLead);
  return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
}

interface Changes {
  query: Filter<LeadDocument>;
  /** Of leads that were deleted; `null` where they are not asked for. */
  deleted: Filter<TombstoneDocument> | null;
  /** No running call can write an earlier change than this any more. */
  settled: Date;
}

type Change = { at: Date; id: ObjectId } & ({ lead: LeadDocument } | { tombstone: TombstoneDocument });

/** In the order of their last change, from a cursor on; deleted ones among them, where they are asked for. */
export async function changedAfter(
  collections: { leads: Collection<LeadDocument>; tombstones: Collection<TombstoneDocument> },
  { query, deleted, settled }: Changes,
  { cursor, limit }: AfterCursor,
): Promise<ChangesPage> {
  const read = { limit: limit + 1 };
  const [leads, tombstones] = await Promise.all([
    collections.leads
      .find(after(query, 'updatedAt', cursor) as Filter<LeadDocument>, { sort: { updatedAt: 1, _id: 1 }, ...read })
      .toArray(),
    deleted
      ? collections.tombstones
          .find(after(deleted, 'deletedAt', cursor) as Filter<TombstoneDocument>, { sort: { deletedAt: 1, _id: 1 }, ...read })
          .toArray()
      : [],
  ]);
  const found: Change[] = [
    ...leads.map((lead) => ({ at: lead.updatedAt, id: lead._id, lead })),
    ...tombstones.map((tombstone) => ({ at: tombstone.deletedAt, id: tombstone._id, tombstone })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime() || compareBytes(hex(a.id), hex(b.id)));
  const shown = found.slice(0, limit).filter(({ at }) => at <= settled);
  const last = shown.at(-1);
  // Where nothing of the page is settled yet, the cursor is still the one before.
  const next = last ? `${last.at.getTime()}.${hex(last.id)}` : cursor;
  return {
    items: shown.flatMap((change) => ('lead' in change ? toLead(change.lead) : [])),
    ...(deleted && { deleted: shown.flatMap((change) => ('tombstone' in change ? toTombstone(change.tombstone) : [])) }),
    nextCursor: found.length > shown.length ? next : null,
    settled: shown.length === Math.min(found.length, limit),
  };
}

/** What changed after the cursor, by the field that says when. */
function after(query: object, field: string, cursor: string | null): object {
  if (!cursor) return query;
  const [time, id] = cursor.split('.') as [string, string];
  const at = new Date(Number(time));
  return { $and: [query, { [field]: { $gte: at } }, { $or: [{ [field]: { $gt: at } }, { _id: { $gt: objectId(id) } }] }] };
}
