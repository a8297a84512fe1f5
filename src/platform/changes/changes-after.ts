import type { ObjectId } from 'bson';
import type { Collection, Document, Filter } from 'mongodb';
import { inSlices } from '../event-loop';
import { compareBytes } from '../mongo/compare-bytes';
import { hex, objectId } from '../mongo/object-ids';
import { readPart } from '../mongo/read-part';
import { MAX_PAGE_BYTES, type PageOfChanges } from '../paging';

export interface Changed extends Document {
  _id: ObjectId;
}

/** Where changes are read from: documents, the field that says when each changed, and how they are shown. */
export interface ChangeSource<T extends Changed, Item> {
  collection: Collection<T>;
  query: Filter<T>;
  /** Of the last change. */
  field: keyof T & string;
  toItem: (document: T) => Item;
}

interface ChangesAfter {
  cursor: string | null;
  limit: number;
  /** No running call can write an earlier change than this any more. */
  settled: Date;
}

type Change<Item> = { at: Date; id: ObjectId; item: Item };

interface Part<Item> {
  changes: Change<Item>[];
  /** Behind the last of them there are others, which are not read. */
  isCut: boolean;
}

const NOTHING: Part<never> = { changes: [], isCut: false };

/**
 * In the order of their last change, from a cursor on; what was deleted among them, where it is asked for.
 */
export async function changesAfter<T extends Changed, Item, D extends Changed = Changed, Gone = never>(
  source: ChangeSource<T, Item>,
  deleted: ChangeSource<D, Gone> | null,
  { cursor, limit, settled }: ChangesAfter,
): Promise<PageOfChanges<Item, Gone>> {
  const [changed, gone] = await Promise.all([
    read(source, cursor, limit + 1),
    deleted ? read(deleted, cursor, limit + 1) : NOTHING,
  ]);
  const inOrder = [
    ...changed.changes.map((change) => ({ ...change, isGone: false })),
    ...gone.changes.map((change) => ({ ...change, isGone: true })),
  ].sort((a, b) => a.at.getTime() - b.at.getTime() || compareBytes(hex(a.id), hex(b.id)));
  // Where one of the two ends early, so does the page: what is behind it comes in its order later.
  const ends = [changed, gone].filter(({ isCut }) => isCut).map(({ changes }) => changes.at(-1)!.id);
  const end = inOrder.findIndex(({ id }) => ends.includes(id));
  const found = end < 0 ? inOrder : inOrder.slice(0, end + 1);
  const shown = found.slice(0, limit).filter(({ at }) => at <= settled);
  const last = shown.at(-1);
  // Where nothing of the page is settled yet, the cursor is still the one before.
  const next = last ? `${last.at.getTime()}.${hex(last.id)}` : cursor;
  return {
    items: shown.filter(({ isGone }) => !isGone).map(({ item }) => item as Item),
    ...(deleted && { deleted: shown.filter(({ isGone }) => isGone).map(({ item }) => item as Gone) }),
    nextCursor: inOrder.length > shown.length || end >= 0 ? next : null,
    settled: shown.length === Math.min(found.length, limit),
  };
}

async function read<T extends Changed, Item>(
  { collection, query, field, toItem }: ChangeSource<T, Item>,
  cursor: string | null,
  limit: number,
): Promise<Part<Item>> {
  const part = { sort: { [field]: 1, _id: 1 } as const, limit, maxBytes: MAX_PAGE_BYTES };
  const { documents, isCut } = await readPart(collection, after(query, field, cursor), part);
  const toChange = (document: T) => ({ at: document[field] as Date, id: document._id, item: toItem(document) });
  return { changes: await inSlices(documents as unknown as T[], toChange), isCut };
}

/** What changed after the cursor, by the field that says when. */
function after<T extends Changed>(query: Filter<T>, field: string, cursor: string | null): Filter<T> {
  if (!cursor) return query;
  const [time, id] = cursor.split('.') as [string, string];
  const at = new Date(Number(time));
  const later = { $or: [{ [field]: { $gt: at } }, { _id: { $gt: objectId(id) } }] };
  return { $and: [query, { [field]: { $gte: at } }, later] } as unknown as Filter<T>;
}
