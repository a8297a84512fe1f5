import { deserialize, serialize } from 'bson';
import { CommandError } from '../errors';
import { Index, type IndexRecord } from '../indexes/definition';
import type { Doc } from '../values/types';
import { after, CATALOG, FIRST_TREE, recordOf, treePrefix } from './keys';
import type { Store } from './store';

interface CollectionRecord {
  ns: string;
  tree: number;
  uuid: string;
  options: Doc;
  indexes: IndexRecord[];
}

const COLLECTION = `${CATALOG}c`;
const GARBAGE = `${CATALOG}g`;
const NEXT_TREE = `${CATALOG}n`;

/** A collection: where its documents are, and its indexes. */
export class Collection {
  readonly prefix: string;
  readonly end: string;
  indexes: Index[];
  /** When the indexes last changed, counted in changes: a transaction that is older must not use them. */
  changedAt = 0;
  private nextRecord: number | undefined;

  constructor(
    readonly record: CollectionRecord,
    private readonly store: Store,
  ) {
    this.prefix = treePrefix(record.tree);
    this.end = after(this.prefix);
    this.indexes = record.indexes.map((index) => new Index(index));
  }

  get ns(): string {
    return this.record.ns;
  }

  get idIndex(): Index {
    return this.indexes[0]!;
  }

  /**
   * The number for a new document. Never given twice, not even after a crash, unless the last documents are
   * gone.
   */
  takeRecord(): number {
    if (this.nextRecord === undefined) {
      const [last] = this.store.range(this.prefix, this.end, { limit: 1, reverse: true });
      this.nextRecord = last ? recordOf(last.key) + 1 : 1;
    }
    this.nextRecord += 1;
    return this.nextRecord - 1;
  }
}

/** What collections and indexes there are. Held in memory; every change is written first. */
export class Catalog {
  private readonly collections = new Map<string, Collection>();
  private nextTree = FIRST_TREE;
  /** How many changes of indexes there have been since the start. */
  age = 0;

  constructor(private readonly store: Store) {
    for (const { value } of store.range(COLLECTION, after(COLLECTION), { limit: Infinity, values: true })) {
      const record = deserialize(value) as CollectionRecord;
      this.collections.set(record.ns, new Collection(record, store));
    }
    const next = store.get(NEXT_TREE);
    if (next) this.nextTree = next.readUInt32BE(0);
  }

  get(ns: string): Collection | undefined {
    return this.collections.get(ns);
  }

  all(): Collection[] {
    return [...this.collections.values()];
  }

  inDatabase(database: string): Collection[] {
    return this.all().filter(({ ns }) => ns.startsWith(`${database}.`));
  }

  databases(): string[] {
    return [...new Set(this.all().map(({ ns }) => ns.slice(0, ns.indexOf('.'))))].sort();
  }

  /** Within a job of the store: makes a collection with its `_id` index. */
  create(ns: string, options: Doc = {}): Collection {
    checkName(ns);
    const id: IndexRecord = { spec: { v: 2, key: { _id: 1 }, name: '_id_' }, tree: this.takeTree(), multikey: [false] };
    const record: CollectionRecord = { ns, tree: this.takeTree(), uuid: crypto.randomUUID(), options, indexes: [id] };
    const collection = new Collection(record, this.store);
    this.save(collection);
    this.collections.set(ns, collection);
    return collection;
  }

  /** Within a job: the collection is gone at once, its trees are emptied later. */
  drop(collection: Collection): void {
    this.collections.delete(collection.ns);
    this.age += 1;
    collection.changedAt = this.age;
    this.store.remove(COLLECTION + collection.ns);
    this.discard(collection.record.tree);
    for (const index of collection.indexes) this.discard(index.record.tree);
  }

  /** Within a job. */
  addIndexes(collection: Collection, records: readonly IndexRecord[]): void {
    collection.record.indexes.push(...records);
    collection.indexes = [...collection.indexes, ...records.map((record) => new Index(record))];
    this.age += 1;
    collection.changedAt = this.age;
    this.save(collection);
  }

  /** Within a job. */
  dropIndex(collection: Collection, index: Index): void {
    collection.record.indexes = collection.record.indexes.filter((record) => record !== index.record);
    collection.indexes = collection.indexes.filter((other) => other !== index);
    this.age += 1;
    collection.changedAt = this.age;
    this.save(collection);
    this.discard(index.record.tree);
  }

  /** Within a job: after a change of an index's record. */
  save(collection: Collection): void {
    this.store.put(COLLECTION + collection.ns, Buffer.from(serialize(collection.record)));
  }

  /** An index of the collection met its first array. Written no later than the entries that it concerns. */
  noteMultikey(collection: Collection): void {
    this.store.writeSoon(() => {
      if (this.collections.get(collection.ns) === collection) this.save(collection);
    });
  }

  /** Within a job. */
  takeTree(): number {
    const next = Buffer.alloc(4);
    next.writeUInt32BE(this.nextTree + 1);
    this.store.put(NEXT_TREE, next);
    this.nextTree += 1;
    return this.nextTree - 1;
  }

  /** Within a job: the tree's entries are to be removed when there is time, also after a crash. */
  discard(tree: number): void {
    this.store.put(GARBAGE + treePrefix(tree), Buffer.from([1]));
  }

  /** Within a job: the tree is in use after all. */
  keep(tree: number): void {
    this.store.remove(GARBAGE + treePrefix(tree));
  }

  hasGarbage(): boolean {
    return this.store.range(GARBAGE, after(GARBAGE), { limit: 1 }).length > 0;
  }

  /** Within a job: removes some entries of a discarded tree. @returns whether there is more to do */
  collectGarbage(most: number): boolean {
    const [entry] = this.store.range(GARBAGE, after(GARBAGE), { limit: 1 });
    if (!entry) return false;
    const prefix = entry.key.slice(GARBAGE.length);
    const found = this.store.range(prefix, after(prefix), { limit: most });
    for (const { key } of found) this.store.remove(key);
    if (found.length < most) this.store.remove(entry.key);
    return true;
  }
}

function checkName(ns: string): void {
  const name = ns.slice(ns.indexOf('.') + 1);
  if (name === '' || name.startsWith('.')) throw new CommandError(73, `Invalid collection name: ${name}`);
  if (name.includes('$')) throw new CommandError(73, `Invalid namespace specified '${ns}'`);
  if (ns.startsWith('.') || /[/\\. "$\0]/.test(ns.slice(0, ns.indexOf('.'))))
    throw new CommandError(73, `Invalid namespace specified '${ns}'`);
  if (ns.length > 255) throw new CommandError(73, `Fully qualified namespace is too long. Namespace: ${ns} Max: 255`);
}
