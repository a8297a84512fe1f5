import { deserialize } from 'bson';
import type { Collection, Document, Filter, FindOptions, WithId } from 'mongodb';
import { inSlices } from '../event-loop';

export interface PartRequest {
  sort: NonNullable<FindOptions['sort']>;
  skip?: number;
  limit: number;
  /** Of the documents as they are stored; the one that reaches it is the last. Default: without end. */
  maxBytes?: number;
}

/**
 * Reads a part of a list whose documents may be large: they are decoded in slices of about 10 ms.
 * @returns the documents, and whether `maxBytes` ended them
 */
export async function readPart<T extends Document>(
  collection: Collection<T>,
  filter: Filter<T>,
  { maxBytes = Infinity, ...options }: PartRequest,
): Promise<{ documents: WithId<T>[]; isCut: boolean }> {
  const raws: Uint8Array[] = [];
  let bytes = 0;
  // The driver's types do not know that these are bytes.
  for await (const raw of collection.find(filter, { ...options, raw: true }) as AsyncIterable<unknown>) {
    raws.push(raw as Uint8Array);
    bytes += (raw as Uint8Array).length;
    if (bytes >= maxBytes) break;
  }
  const documents = await inSlices(raws, (raw) => deserialize(raw) as WithId<T>);
  return { documents, isCut: bytes >= maxBytes && raws.length < options.limit };
}
