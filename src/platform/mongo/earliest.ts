import type { Collection, Document, Filter } from 'mongodb';

/**
 * The smallest time that stands in a field, by an index that begins with the filter's fields and goes on with
 * it. `null` where there is none; what is null itself counts as none.
 */
export async function earliest<T extends Document>(
  collection: Collection<T>,
  field: string,
  filter: Filter<T> = {},
): Promise<Date | null> {
  const query = { ...filter, [field]: { $gt: new Date(0) } } as Filter<T>;
  const found = await collection.findOne(query, { sort: { [field]: 1 }, projection: { [field]: 1 } });
  const value = field.split('.').reduce<unknown>((inner, key) => (inner as Document | null)?.[key], found);
  return (value as Date | undefined) ?? null;
}
