import { Binary, serialize, UUID } from 'bson';
import { CommandError, notSupported } from '../errors';
import { createIndexes as create } from '../indexes/build';
import type { Index } from '../indexes/definition';
import { parseFilter } from '../query/filter';
import type { Collection } from '../storage/catalog';
import { validate as compare } from '../storage/validate';
import { equal } from '../values/compare';
import { type Doc, isDoc } from '../values/types';
import { firstBatch } from './batches';
import {
  type Answer,
  checkOptions,
  collectionName,
  type Command,
  docOption,
  isSet,
  numberOption,
  type Request,
  turnOf,
} from './request';

const missing = (ns: string): CommandError => new CommandError(26, `ns does not exist: ${ns}`);

const requireCollection = (request: Request): Collection => {
  const found = request.engine.catalog.get(collectionName(request));
  if (!found) throw missing(collectionName(request));
  return found;
};

const CREATE_OPTIONS = ['autoIndexId', 'idIndex'];

const createCollection: Command = async (request) => {
  checkOptions(request, CREATE_OPTIONS);
  const ns = collectionName(request);
  await request.engine.store.writeAlone(() => {
    if (!request.engine.catalog.get(ns)) request.engine.catalog.create(ns);
  });
  return { ok: 1 };
};

const drop: Command = async (request) => {
  checkOptions(request, []);
  const { engine } = request;
  const ns = collectionName(request);
  const collection = engine.catalog.get(ns);
  if (!collection) return { ok: 1 };
  await engine.changeCatalog(collection, () => {
    if (engine.catalog.get(ns) === collection) engine.catalog.drop(collection);
  });
  return { nIndexesWas: collection.indexes.length, ns, ok: 1 };
};

const dropDatabase: Command = async (request) => {
  checkOptions(request, []);
  const { engine, database } = request;
  for (const collection of engine.catalog.inDatabase(database)) {
    await engine.changeCatalog(collection, () => {
      if (engine.catalog.get(collection.ns) === collection) engine.catalog.drop(collection);
    });
  }
  return { dropped: database, ok: 1 };
};

/** Answers with a list as a cursor's first batch. */
function listed(request: Request, ns: string, documents: Doc[]): Promise<Answer> {
  let at = 0;
  const bytes = documents.map((document) => Buffer.from(serialize(document)));
  const cursor = docOption(request.body, 'cursor') ?? {};
  const size = cursor.batchSize === undefined ? undefined : numberOption(cursor, 'batchSize');
  return firstBatch(request, ns, { next: () => bytes[at++], release: () => undefined }, turnOf(request), { size, single: false });
}

const listCollections: Command = (request) => {
  checkOptions(request, ['filter', 'nameOnly', 'authorizedCollections', 'cursor']);
  const { engine, database, body } = request;
  const filter = parseFilter(docOption(body, 'filter') ?? {});
  const all = engine.catalog.inDatabase(database).map((collection): Doc => {
    const name = collection.ns.slice(database.length + 1);
    if (isSet(body.nameOnly)) return { name, type: 'collection' };
    const uuid = new Binary(new UUID(collection.record.uuid).buffer, Binary.SUBTYPE_UUID);
    return {
      name,
      type: 'collection',
      options: collection.record.options,
      info: { readOnly: false, uuid },
      idIndex: shownIndex(collection.idIndex),
    };
  });
  return listed(request, `${database}.$cmd.listCollections`, all.filter(filter.matches));
};

const shownIndex = ({ record }: Index): Doc => record.spec;

const createIndexes: Command = async (request) => {
  checkOptions(request, ['indexes', 'ignoreUnknownIndexOptions']);
  const { engine, body } = request;
  if (!Array.isArray(body.indexes) || body.indexes.length === 0)
    throw new CommandError(2, 'Must specify at least one index to create');
  const ns = collectionName(request);
  const existed = engine.catalog.get(ns) !== undefined;
  const collection = await engine.require(ns);
  const numIndexesBefore = collection.indexes.length;
  await create(engine, collection, body.indexes as Doc[]);
  const numIndexesAfter = collection.indexes.length;
  const note = numIndexesAfter === numIndexesBefore ? { note: 'all indexes already exist' } : {};
  return { numIndexesBefore, numIndexesAfter, createdCollectionAutomatically: !existed, ...note, ok: 1 };
};

const listIndexes: Command = (request) => {
  checkOptions(request, ['cursor']);
  const collection = requireCollection(request);
  return listed(request, collection.ns, collection.indexes.map(shownIndex));
};

const dropIndexes: Command = async (request) => {
  checkOptions(request, ['index']);
  const { engine, body } = request;
  const collection = requireCollection(request);
  const nIndexesWas = collection.indexes.length;
  const found = indexesNamed(collection, body.index);
  await engine.changeCatalog(collection, () => {
    for (const index of found) if (collection.indexes.includes(index)) engine.catalog.dropIndex(collection, index);
  });
  return { nIndexesWas, ok: 1 };
};

function indexesNamed(collection: Collection, wanted: unknown): Index[] {
  if (wanted === '*') return collection.indexes.filter(({ isId }) => !isId);
  const names = (Array.isArray(wanted) ? wanted : [wanted]) as unknown[];
  return names.map((name) => {
    const index = collection.indexes.find((one) => (isDoc(name) ? equal(one.key, name) : one.name === name));
    if (!index) throw new CommandError(27, `index not found with name [${String(name)}]`);
    if (index.isId) throw new CommandError(72, 'cannot drop _id index');
    return index;
  });
}

const validate: Command = (request) => {
  checkOptions(request, ['full']);
  const collection = requireCollection(request);
  const { valid, errors, documents, keysPerIndex } = compare(request.engine, collection);
  return {
    ns: collection.ns,
    valid,
    errors,
    warnings: [],
    nrecords: documents,
    nIndexes: collection.indexes.length,
    keysPerIndex,
    ok: 1,
  };
};

const renameCollection: Command = () => {
  throw notSupported('The command renameCollection');
};

export const CATALOG_COMMANDS: Record<string, Command> = {
  create: createCollection,
  drop,
  dropDatabase,
  listCollections,
  createIndexes,
  listIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  validate,
  renameCollection,
};
