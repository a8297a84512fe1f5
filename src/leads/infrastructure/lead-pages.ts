import type { Collection, Filter, FindOptions } from 'mongodb';
import type { WorkspaceId } from '../../platform/ids';
import { hex, objectId, objectIds } from '../../platform/mongo';
import type { Page } from '../../platform/paging';
import type { Lead } from '../domain/lead';
import type { ResolvedFilter } from '../domain/leads.repository';
import { toLead } from './lead.mapper';
import type { LeadDocument } from './lead.schema';

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

/**
 * In the order of their last change, from a cursor on.
 * @param settled no running call can write an earlier change than this any more
 */
export async function changedAfter(
  leads: Collection<LeadDocument>,
  { query, settled }: { query: Filter<LeadDocument>; settled: Date },
  { cursor, limit }: AfterCursor,
): Promise<Page<Lead> & { settled: boolean }> {
  const conditions: object[] = [query];
  if (cursor) {
    const [time, id] = cursor.split('.') as [string, string];
    const at = new Date(Number(time));
    conditions.push({ updatedAt: { $gte: at } }, { $or: [{ updatedAt: { $gt: at } }, { _id: { $gt: objectId(id) } }] });
  }
  const found = await leads
    .find({ $and: conditions } as Filter<LeadDocument>, { sort: { updatedAt: 1, _id: 1 }, limit: limit + 1 })
    .toArray();
  const items = found
    .slice(0, limit)
    .filter(({ updatedAt }) => updatedAt <= settled)
    .map(toLead);
  const last = items.at(-1);
  // Where nothing of the page is settled yet, the cursor is still the one before.
  const next = last ? `${last.updatedAt.getTime()}.${last.id}` : cursor;
  return {
    items,
    nextCursor: found.length > items.length ? next : null,
    settled: items.length === Math.min(found.length, limit),
  };
}
