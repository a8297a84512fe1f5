import type { Collection, Document, Filter, ObjectId, WithId } from 'mongodb';
import { hex, objectId } from '../mongo/object-ids';
import type { Page, PageRequest } from './page';

/** What a list is read from, and in which order of its ids. */
export interface PagedList<T extends Document, Item> {
  collection: Collection<T>;
  filter: Filter<T>;
  order: 'oldest-first' | 'newest-first';
  toItem: (document: WithId<T>) => Item;
}

/** Reads a part of a list in the order of `_id`. A cursor is the id of the last item of the page before. */
export async function pageById<T extends Document & { _id: ObjectId }, Item>(
  { collection, filter, order, toItem }: PagedList<T, Item>,
  request: PageRequest,
): Promise<Page<Item>> {
  const sort = { _id: order === 'oldest-first' ? 1 : -1 } as const;
  if ('cursor' in request) {
    const behind = { _id: { [order === 'oldest-first' ? '$gt' : '$lt']: request.cursor && objectId(request.cursor) } };
    const query = request.cursor ? { ...filter, ...behind } : filter;
    const found = await collection.find(query, { sort, limit: request.limit + 1 }).toArray();
    const documents = found.slice(0, request.limit);
    return { items: documents.map(toItem), nextCursor: found.length > request.limit ? hex(documents.at(-1)!._id) : null };
  }
  const skip = (request.page - 1) * request.limit;
  const [found, totalCount] = await Promise.all([
    collection.find(filter, { sort, skip, limit: request.limit }).toArray(),
    collection.countDocuments(filter),
  ]);
  return { items: found.map(toItem), totalCount };
}
