import { MongoServerError, type Collection, type Filter, type ObjectId } from 'mongodb';
import type { Place } from '../../platform/paging';
import { objectId } from '../../platform/mongo';
import type { LeadDocument } from './lead.schema';

/** Totals of a search are counted up to here. So many leads are quickly found by a word, whatever else they are. */
export const SEARCH_TOTAL_AT_MOST = 2_000;
/** Words that many leads have are looked for among the newest leads: at first among so many for each hit that is wanted. */
const WALKED_FOR_A_HIT = 5;
/** And further on, where the first ones have so many of the hits, or nothing else helps. */
const ENOUGH_TO_WALK_ON = { forOneWord: 0.1, forSeveral: 0.2 };
const WALKED_ON_FOR_A_HIT = 100;
/**
 * How long the index may take before the newest leads are looked through. A token's entries are in the order of the leads, so an index that
 * reads as far as it has to is quick; one that reads all of them and sorts is not.
 */
const MILLISECONDS_BY_INDEX = 50;
const TOOK_TOO_LONG = 50;

const BY_TOKEN = { workspaceId: 1, search: 1, _id: 1 };
const BY_ID = { workspaceId: 1, _id: 1 };
const BY_LIST = { workspaceId: 1, listIds: 1, _id: 1 };

type Query = Filter<LeadDocument>;

const all = (...conditions: object[]): Query => ({ $and: conditions }) as Query;

export interface Search {
  workspaceId: string;
  /** All that is asked for but the words, the workspace among it. */
  filter: Query;
  words: readonly string[];
  inList: boolean;
}

export interface SearchPage {
  /** One more than the page has room for, when there are more. */
  found: LeadDocument[];
  /** Exact below `SEARCH_TOTAL_AT_MOST` when a word alone has fewer hits than that; else at least so many. */
  totalCount: number;
}

/**
 * Reads a page of a search, newest first. Where few leads have the rarest word: all of these. Words that all are common are looked for among the
 * newest leads, which is the way for those that most leads have together, and by the index, which is the way for the others: in turns, since
 * nobody knows beforehand.
 */
export async function searchPage(leads: Collection<LeadDocument>, search: Search, place: Place): Promise<SearchPage> {
  const counted = await rarestFirst(leads, search);
  const skip = 'after' in place ? 0 : (place.page - 1) * place.limit;
  const asked: Asked = {
    leads,
    search,
    place,
    skip,
    end: skip + place.limit + 1,
    words: counted.map(({ word }) => startsWith(word)),
  };
  const [{ n }] = counted as [CountedWord];
  const isAlone = counted.length === 1 && Object.keys(search.filter).length === 1;
  if (n < SEARCH_TOTAL_AT_MOST) {
    const total = 'after' in place ? 0 : isAlone ? n : countOf(asked);
    const [found, totalCount] = await Promise.all([byIndex(asked), total]);
    return { found, totalCount };
  }
  const found = await documentsOf(asked, await idsOfMany(asked));
  return { found, totalCount: Math.max(isAlone ? SEARCH_TOTAL_AT_MOST : 0, skip + found.length) };
}

/** @returns the ids up to the end of the page */
async function idsOfMany(asked: Asked): Promise<ObjectId[]> {
  const newest = new Newest(asked);
  if (asked.search.inList && (await newest.isFew())) return newest.walkOn(WALKED_ON_FOR_A_HIT);
  await newest.walkOn(WALKED_FOR_A_HIT);
  const part = newest.ids.length / asked.end;
  const enough = asked.words.length > 1 ? ENOUGH_TO_WALK_ON.forSeveral : ENOUGH_TO_WALK_ON.forOneWord;
  if (part > enough) await newest.walkOn(Math.ceil((2 * WALKED_FOR_A_HIT) / part));
  if (newest.isDone) return newest.ids;
  const ids = await idsByIndex(asked, MILLISECONDS_BY_INDEX);
  if (ids) return ids;
  await newest.walkOn(WALKED_ON_FOR_A_HIT);
  return newest.isDone ? newest.ids : (await idsByIndex(asked))!;
}

interface Asked {
  leads: Collection<LeadDocument>;
  search: Search;
  place: Place;
  skip: number;
  /** So many hits, those before the page included, are the page and one more. */
  end: number;
  words: readonly Query[];
}

/** The conditions of a search, for queries that are in another order than its pages. */
export const searchConditions = (words: readonly string[]): Query[] => words.map(startsWith);

interface CountedWord {
  word: string;
  n: number;
}

/** Words are letters and digits alone, so none means anything in a regular expression. */
const startsWith = (word: string): Query => ({ search: new RegExp(`^${word}`) }) as Query;

/** As far as they are counted: common words stay as they were. */
async function rarestFirst(leads: Collection<LeadDocument>, { workspaceId, words }: Search): Promise<CountedWord[]> {
  const limit = SEARCH_TOTAL_AT_MOST;
  const counted = await Promise.all(
    words.map(async (word) => {
      const query = { workspaceId, ...startsWith(word) };
      // Unlike an aggregation, this looks at the index alone where it can.
      const { n } = await leads.db.command({ count: leads.collectionName, query, limit, hint: BY_TOKEN });
      return { word, n: n as number };
    }),
  );
  return counted.sort((a, b) => a.n - b.n);
}

const before = (place: Place): object[] => ('after' in place && place.after ? [{ _id: { $lt: objectId(place.after) } }] : []);

const queryOf = ({ search, words, place }: Asked, ...more: object[]): Query =>
  all(search.filter, ...words, ...before(place), ...more);

const countOf = async (asked: Asked): Promise<number> =>
  (await asked.leads.db.command({ count: asked.leads.collectionName, query: queryOf(asked), hint: BY_TOKEN })).n as number;

const byIndex = (asked: Asked): Promise<LeadDocument[]> =>
  asked.leads
    .find(queryOf(asked), { sort: { _id: -1 }, skip: asked.skip, limit: asked.end - asked.skip, hint: BY_TOKEN })
    .toArray();

/** @returns `null` when it takes longer than `milliseconds` */
async function idsByIndex(asked: Asked, milliseconds?: number): Promise<ObjectId[] | null> {
  const { leads, end } = asked;
  const options = { projection: { _id: 1 }, sort: { _id: -1 }, limit: end, hint: BY_TOKEN, batchSize: end } as const;
  try {
    const found = await leads.find(queryOf(asked), { ...options, ...(milliseconds && { maxTimeMS: milliseconds }) }).toArray();
    return found.map(({ _id }) => _id);
  } catch (error) {
    if (milliseconds && error instanceof MongoServerError && error.code === TOOK_TOO_LONG) return null;
    throw error;
  }
}

/** The page's documents, as far as they still are what was searched for. */
function documentsOf(asked: Asked, ids: readonly ObjectId[]): Promise<LeadDocument[]> {
  const page = ids.slice(asked.skip, asked.end);
  return asked.leads.find(queryOf(asked, { _id: { $in: page } }), { sort: { _id: -1 } }).toArray();
}

/** A walk through the newest leads, of the list or of all. */
class Newest {
  readonly ids: ObjectId[] = [];
  private edge: ObjectId | undefined;
  private ended = false;

  constructor(private readonly asked: Asked) {}

  get isDone(): boolean {
    return this.ended || this.ids.length >= this.asked.end;
  }

  /** Are there no more than a walk would look at? */
  async isFew(): Promise<boolean> {
    return (await this.edgeAfter(WALKED_ON_FOR_A_HIT)) === undefined;
  }

  /** Up to the lead that is so far away from the first. */
  async walkOn(forAHit: number): Promise<ObjectId[]> {
    if (this.isDone) return this.ids;
    const { leads, end } = this.asked;
    const edge = await this.edgeAfter(forAHit);
    const stretch = { ...(this.edge && { $lt: this.edge }), ...(edge && { $gte: edge }) };
    const limit = end - this.ids.length;
    const options = { projection: { _id: 1 }, sort: { _id: -1 }, limit, batchSize: limit, hint: this.hint } as const;
    const found = await leads.find(queryOf(this.asked, ...((this.edge ?? edge) ? [{ _id: stretch }] : [])), options).toArray();
    this.ids.push(...found.map(({ _id }) => _id));
    this.edge = edge;
    this.ended = edge === undefined;
    return this.ids;
  }

  /** The id of the lead behind so many, if there are so many. */
  private async edgeAfter(forAHit: number): Promise<ObjectId | undefined> {
    const { leads, search, place, end } = this.asked;
    const { listIds } = search.filter as { listIds?: unknown };
    const inOrder = { workspaceId: search.workspaceId, ...(search.inList && { listIds }) } as object;
    const options = { projection: { _id: 1 }, sort: { _id: -1 }, skip: end * forAHit, limit: 1, hint: this.hint } as const;
    const [last] = await leads.find(all(inOrder, ...before(place)), options).toArray();
    return last?._id;
  }

  private get hint() {
    return this.asked.search.inList ? BY_LIST : BY_ID;
  }
}
