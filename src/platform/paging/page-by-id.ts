import type { Collection, Document, Filter, ObjectId, WithId } from 'mongodb';
import { inSlices } from '../event-loop';
import { hex, objectId } from '../mongo/object-ids';
import { readPart } from '../mongo/read-part';
import { MAX_PAGE_BYTES, type Page, type PageRequest } from './page';

/** What a list is read from, and in which order of its ids. */
export interface PagedList<T extends Document, Item> {
  collection: Collection<T>;
  filter: Filter<T>;
  order: 'oldest-first' | 'newest-first';
  toItem: (document: WithId<T>) => Item;
}

/**
 * Reads a part of a list in the order of `_id`. A cursor is the id of the last item of the page before. Pages
 * by cursor end early where their documents are large.
 */
export async function pageById<T extends Document & { _id: ObjectId }, Item>(
  { collection, filter, order, toItem }: PagedList<T, Item>,
  request: PageRequest,
): Promise<Page<Item>> {
  const sort = { _id: order === 'oldest-first' ? 1 : -1 } as const;
  if ('cursor' in request) {
    const behind = { _id: { [order === 'oldest-first' ? '$gt' : '$lt']: request.cursor && objectId(request.cursor) } };
    const query = request.cursor ? { ...filter, ...behind } : filter;
    const part = { sort, limit: request.limit + 1, maxBytes: MAX_PAGE_BYTES };
    const { documents: found, isCut } = await readPart(collection, query, part);
    const documents = found.slice(0, request.limit);
    const goesOn = isCut || found.length > request.limit;
    return { items: await inSlices(documents, toItem), nextCursor: goesOn ? hex(documents.at(-1)!._id) : null };
  }
  const skip = (request.page - 1) * request.limit;
  const [{ documents }, totalCount] = await Promise.all([
    readPart(collection, filter, { sort, skip, limit: request.limit }),
    collection.countDocuments(filter),
  ]);
  return { items: await inSlices(documents, toItem), totalCount };
}
