import type { Engine } from '../engine';
import { CommandError, notSupported } from '../errors';
import { parseFilter } from '../query/filter';
import type { Collection } from '../storage/catalog';
import { after } from '../storage/keys';
import type { Entry } from '../storage/readers';
import { type Doc, isDoc } from '../values/types';
import { checkOptions, collectionName, type Command, docOption, isSet, numberOption, type Request } from './request';

/**
 * Entries whose bytes are counted; from these the size of all is estimated, since a tree does not know its
 * bytes.
 */
const SAMPLE = 1_000;

interface Size {
  entries: number;
  bytes: number;
}

function sizeOf({ store }: Engine, start: string, end: string, sizeOfOne: (entry: Entry) => number): Size {
  const sample = store.range(start, end, { limit: SAMPLE, values: true });
  const bytes = sample.reduce((sum, entry) => sum + sizeOfOne(entry), 0);
  const entries = sample.length < SAMPLE ? sample.length : store.count(start, end);
  return { entries, bytes: sample.length === 0 ? 0 : Math.round((bytes / sample.length) * entries) };
}

const ofDocument = ({ value }: Entry): number => value.length;
const ofIndexEntry = ({ key, value }: Entry): number => key.length + value.length;

/** What `collStats` and `$collStats` say of a collection: counts are exact, sizes estimates. */
function statisticsOf(engine: Engine, collection: Collection | undefined, scale = 1): Doc {
  const documents = collection ? sizeOf(engine, collection.prefix, collection.end, ofDocument) : { entries: 0, bytes: 0 };
  const scaled = (bytes: number) => Math.floor(bytes / scale);
  const sizes = (collection?.indexes ?? []).map(
    (index) => [index.name, scaled(sizeOf(engine, index.prefix, after(index.prefix), ofIndexEntry).bytes)] as const,
  );
  const totalIndexSize = sizes.reduce((sum, [, size]) => sum + size, 0);
  return {
    size: scaled(documents.bytes),
    count: documents.entries,
    ...(documents.entries > 0 && { avgObjSize: Math.round(documents.bytes / documents.entries) }),
    storageSize: scaled(documents.bytes),
    ...(collection && { capped: false }),
    nindexes: sizes.length,
    indexBuilds: [],
    totalIndexSize,
    totalSize: scaled(documents.bytes) + totalIndexSize,
    indexSizes: Object.fromEntries(sizes),
    scaleFactor: scale,
  };
}

function scaleOf(options: Doc): number {
  const scale = numberOption(options, 'scale', 1);
  if (scale < 1) throw new CommandError(51024, `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return scale;
}

const collStats: Command = (request) => {
  checkOptions(request, ['scale']);
  const ns = collectionName(request);
  const scale = scaleOf(request.body);
  return { ns, ...statisticsOf(request.engine, request.engine.catalog.get(ns), scale), ok: 1 };
};

function statisticsOfDatabase(engine: Engine, database: string, scale = 1): Doc {
  const all = engine.catalog.inDatabase(database).map((collection) => statisticsOf(engine, collection, scale));
  const sum = (name: string): number => all.reduce((total, one) => total + (one[name] as number), 0);
  return {
    db: database,
    collections: all.length,
    views: 0,
    objects: sum('count'),
    avgObjSize: sum('count') === 0 ? 0 : (sum('size') * scale) / sum('count'),
    dataSize: sum('size'),
    storageSize: sum('storageSize'),
    indexes: sum('nindexes'),
    indexSize: sum('totalIndexSize'),
    totalSize: sum('totalSize'),
    scaleFactor: scale,
  };
}

const dbStats: Command = (request) => {
  checkOptions(request, ['scale', 'freeStorage']);
  const { engine, database, body } = request;
  return { ...statisticsOfDatabase(engine, database, scaleOf(body)), ok: 1 };
};

const listDatabases: Command = (request) => {
  checkOptions(request, ['filter', 'nameOnly', 'authorizedDatabases']);
  const { engine, body } = request;
  const filter = parseFilter(docOption(body, 'filter') ?? {});
  const named = isSet(body.nameOnly);
  const all = engine.catalog.databases().map((name): Doc => {
    if (named) return { name };
    return { name, sizeOnDisk: statisticsOfDatabase(engine, name).totalSize, empty: false };
  });
  const databases = all.filter(filter.matches);
  const totalSize = databases.reduce((sum, { sizeOnDisk }) => sum + ((sizeOnDisk as number | undefined) ?? 0), 0);
  return { databases, ...(!named && { totalSize }), ok: 1 };
};

/** The document that an aggregation has instead of the collection's when it begins with `$collStats`. */
export function statisticsStage(request: Request, argument: unknown): Doc {
  const { storageStats, count, ...others } = isDoc(argument) ? argument : {};
  const [other] = Object.keys(others);
  if (other !== undefined) throw notSupported(`"${other}" of $collStats`);
  const ns = collectionName(request);
  const scale = isDoc(storageStats) ? scaleOf(storageStats) : 1;
  const statistics = statisticsOf(request.engine, request.engine.catalog.get(ns), scale);
  return {
    ns,
    localTime: new Date(),
    ...(storageStats !== undefined && { storageStats: statistics }),
    ...(count !== undefined && { count: statistics.count }),
  };
}

export const STATISTICS_COMMANDS: Record<string, Command> = {
  collStats,
  collstats: collStats,
  dbStats,
  dbstats: dbStats,
  listDatabases,
};
