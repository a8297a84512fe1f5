import { MongoServerError, type Collection, type ObjectId } from 'mongodb';
import type { Place } from '../../../platform/paging';
import type { LeadDocument } from '../lead.schema';
import { BY_TOKEN, queryOf, type Asked, type Query } from './asked';
import { Newest } from './newest';
import { count, inOrderOfTokens, rarestFirst, startsWith } from './words';

/** Totals of a search are counted up to here. So many leads are quickly found by a word, whatever else they are. */
export const SEARCH_TOTAL_AT_MOST = 2_000;
/** Words that many leads have are looked for among the newest leads: at first among so many for each hit that is wanted. */
const WALKED_FOR_A_HIT = 5;
/** And further on, where the first ones have such a part of the hits, or nothing else helps. */
const ENOUGH_TO_WALK_ON = { forOneWord: 0.1, forSeveral: 0.2 };
const WALKED_ON_FOR_A_HIT = 100;
/** How long the index may take before the newest leads are looked through further: reading as far as needed is quick, all and sorting is not. */
const MILLISECONDS_BY_INDEX = { forOneWord: 15, forSeveral: 60 };
const TOOK_TOO_LONG = 50;

export interface Search {
  workspaceId: string;
  /** All that is asked for but the words, the workspace among it. */
  filter: Query;
  words: readonly string[];
  inList: boolean;
}

export interface SearchPage {
  found: LeadDocument[];
  /** Where the next page begins: behind this lead. `null` when there are no more. */
  last: ObjectId | null;
  /** Exact below `SEARCH_TOTAL_AT_MOST` when a word alone has fewer hits than that; else at least so many. */
  totalCount: number;
}

/**
 * Reads a page of a search, newest first. Where few leads have the rarest word: all of these. Words that all are common are looked for among the
 * newest leads, which is the way for those that most leads have together, and by the index, which is the way for the others: in turns, since
 * nobody knows beforehand.
 */
export async function searchPage(leads: Collection<LeadDocument>, search: Search, place: Place): Promise<SearchPage> {
  const counted = await rarestFirst(leads, search.workspaceId, search.words, SEARCH_TOTAL_AT_MOST);
  const words = counted.map(({ word }) => word);
  const skip = 'after' in place ? 0 : (place.page - 1) * place.limit;
  const asked: Asked = { leads, ...search, words: words.map(startsWith), place, skip, end: skip + place.limit + 1 };
  const { n } = counted[0]!;
  const isAlone = words.length === 1 && Object.keys(search.filter).length === 1;
  if (n < SEARCH_TOTAL_AT_MOST) {
    const total = 'after' in place ? 0 : isAlone ? n : count(leads, queryOf(asked));
    const [found, totalCount] = await Promise.all([byIndex(asked), total]);
    return { ...pageOf(found, place.limit, ({ _id }) => _id), totalCount };
  }
  const ids = (await idsOfMany(asked, words)).slice(asked.skip, asked.end);
  const page = pageOf(ids, place.limit, (id) => id);
  const totalCount = Math.max(isAlone ? SEARCH_TOTAL_AT_MOST : 0, skip + ids.length);
  return { ...page, found: await documentsOf(asked, page.found), totalCount };
}

/** Of one more than the page has room for, when there are more. */
const pageOf = <T>(found: readonly T[], limit: number, idOf: (one: T) => ObjectId) => ({
  found: found.slice(0, limit),
  last: found.length > limit ? idOf(found[limit - 1]!) : null,
});

/** The conditions of a search, for queries that are in another order than its pages. */
export const searchConditions = (words: readonly string[]): Query[] => words.map(startsWith);

/** @returns the ids up to the end of the page */
async function idsOfMany(asked: Asked, words: readonly string[]): Promise<readonly ObjectId[]> {
  const newest = new Newest(asked);
  const far = asked.end * WALKED_ON_FOR_A_HIT;
  const isOne = words.length === 1;
  if (asked.inList && (await newest.endsWithin(far))) await newest.walkOn(far);
  await newest.walkOn(asked.end * WALKED_FOR_A_HIT);
  const part = newest.ids.length / asked.end;
  const enough = isOne ? ENOUGH_TO_WALK_ON.forOneWord : ENOUGH_TO_WALK_ON.forSeveral;
  if (part > enough) await newest.walkOn(Math.ceil((2 * asked.end * WALKED_FOR_A_HIT) / part));
  if (newest.isDone) return newest.ids;
  const ordered = { ...asked, words: await inOrderOfTokens(asked.leads, asked.workspaceId, words) };
  const ids = await idsByIndex(ordered, isOne ? MILLISECONDS_BY_INDEX.forOneWord : MILLISECONDS_BY_INDEX.forSeveral);
  if (ids) return ids;
  await newest.walkOn(far);
  return newest.isDone ? newest.ids : (await idsByIndex(ordered))!;
}

const byIndex = (asked: Asked): Promise<LeadDocument[]> =>
  asked.leads
    .find(queryOf(asked), { sort: { _id: -1 }, skip: asked.skip, limit: asked.end - asked.skip, hint: BY_TOKEN })
    .toArray();

/** @returns `null` when it takes longer than `milliseconds` */
async function idsByIndex(asked: Asked, milliseconds?: number): Promise<ObjectId[] | null> {
  const { leads, end } = asked;
  const options = { projection: { _id: 1 }, sort: { _id: -1 }, limit: end, batchSize: end, hint: BY_TOKEN } as const;
  try {
    const found = await leads.find(queryOf(asked), { ...options, ...(milliseconds && { maxTimeMS: milliseconds }) }).toArray();
    return found.map(({ _id }) => _id);
  } catch (error) {
    if (milliseconds && error instanceof MongoServerError && error.code === TOOK_TOO_LONG) return null;
    throw error;
  }
}

/** As far as they still are what was searched for. */
const documentsOf = (asked: Asked, ids: readonly ObjectId[]): Promise<LeadDocument[]> =>
  asked.leads.find(queryOf(asked, { _id: { $in: ids } }), { sort: { _id: -1 } }).toArray();
