import type { Db, Document } from 'mongodb';
import type { MigrationContext } from '../../src/platform/migrations';
import { reformed } from './address-form';
import { batchesOf, counted } from './batches';

/** Fields that hold addresses: one, a list of them, or one in each element of a list. */
interface Holder {
  collection: string;
  fields: readonly string[];
  /** Lists of objects, and the field in them. */
  inLists?: readonly [list: string, field: string][];
}

const HOLDERS: readonly Holder[] = [
  { collection: 'replies', fields: ['address'] },
  {
    collection: 'messages',
    fields: ['address', 'preferredAddress', 'recipients', 'tried'],
    inLists: [['attempts', 'address']],
  },
  // Whose messages are to be cancelled.
  { collection: 'backgroundJobs', fields: ['progress.addresses'] },
];

type Values = Record<string, unknown>;

/** The fields whose addresses have another form than today's: as they are, and as they become. */
export function rereadFields(
  document: Document,
  { fields, inLists = [] }: Omit<Holder, 'collection'>,
): { was: Values; is: Values } | null {
  const [was, is]: [Values, Values] = [{}, {}];
  const compare = (path: string, value: unknown) => {
    const next = Array.isArray(value) ? [...new Set(value.map(rereadValue))] : rereadValue(value);
    if (JSON.stringify(next) === JSON.stringify(value)) return;
    [was[path], is[path]] = [value, next];
  };
  for (const path of fields) compare(path, at(document, path));
  for (const [list, field] of inLists) {
    ((document[list] ?? []) as Document[]).forEach((one, index) => compare(`${list}.${index}.${field}`, one[field]));
  }
  return Object.keys(is).length > 0 ? { was, is } : null;
}

const rereadValue = (value: unknown): unknown => (typeof value === 'string' ? reformed(value) : value);

const at = (document: Document, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, name) => (inner as Document | null | undefined)?.[name], document);

const projectionOf = ({ fields, inLists = [] }: Holder): Document =>
  Object.fromEntries([...fields, ...inLists.map(([list, field]) => `${list}.${field}`)].map((path) => [path, 1]));

export async function planNamed(db: Db): Promise<string[]> {
  const lines: string[] = [];
  for (const holder of HOLDERS) {
    let count = 0;
    for await (const batch of batchesOf(db, { collection: holder.collection, projection: projectionOf(holder) })) {
      count += batch.filter((document) => rereadFields(document, holder)).length;
    }
    if (count > 0) lines.push(`${counted(count)} of ${holder.collection} get the form of today.`);
  }
  return lines;
}

export async function runNamed({ db, goOn }: MigrationContext): Promise<void> {
  for (const holder of HOLDERS) {
    const stored = db.collection(holder.collection);
    const reading = { collection: holder.collection, projection: projectionOf(holder) };
    for await (const batch of batchesOf<{ _id: never }>(db, reading)) {
      goOn();
      for (let left: readonly { _id: never }[] = batch; left.length > 0;) {
        const changes = left.flatMap((document) => {
          const change = rereadFields(document, holder);
          return change ? [{ _id: document._id, ...change }] : [];
        });
        if (changes.length === 0) break;
        const writes = changes.map(({ _id, was, is }) => ({ updateOne: { filter: { _id, ...was }, update: { $set: is } } }));
        const { matchedCount } = await stored.bulkWrite(writes, { ordered: false });
        if (matchedCount === changes.length) break;
        // Somebody else has written to one of them meanwhile.
        const ids = changes.map(({ _id }) => _id);
        left = (await stored.find({ _id: { $in: ids } }, { projection: reading.projection }).toArray()) as unknown as {
          _id: never;
        }[];
      }
    }
  }
}
