import { type Collection, MongoServerError, type ObjectId } from 'mongodb';
import type { PageRequest } from '../../../platform/paging';
import type { LeadDocument } from '../lead.schema';
import { Newest } from './newest-scan';
import { BY_TOKEN, type Hits, projection, type Query, queryOf, type SearchRequest } from './search-request';
import { count, inOrderOfTokens, rarestFirst, startsWith } from './words';

/**
 * Totals of a search are counted up to here. So many leads are quickly found by a word, whatever else they
 * are.
 */
export const MAX_SEARCH_TOTAL = 2_000;
/**
 * Words that many leads have are looked for among the newest leads: at first among so many for each hit that
 * is wanted.
 */
const WALKED_FOR_A_HIT = 5;
/** And further on, where the first ones have such a part of the hits, or nothing else helps. */
const ENOUGH_TO_WALK_ON = { forOneWord: 0.1, forSeveral: 0.2 };
const WALKED_ON_FOR_A_HIT = 100;
/**
 * How long the index may take before the newest leads are looked through further: reading as far as needed is
 * quick, all and sorting is not.
 */
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
 * Reads a page of a search, newest first. Where few leads have the rarest word: all of these. Words that all
 * are common are looked for among the newest leads, which is the way for those that most leads have together,
 * and by the index, which is the way for the others: in turns, since nobody knows beforehand.
 */
export async function searchPage(leads: Collection<LeadDocument>, search: Search, pageRequest: PageRequest): Promise<SearchPage> {
  const counted = await rarestFirst(leads, search.workspaceId, search.words, MAX_SEARCH_TOTAL);
  const words = counted.map(({ word }) => word);
  const skip = 'cursor' in pageRequest ? 0 : (pageRequest.page - 1) * pageRequest.limit;
  const asked: SearchRequest = {
    leads,
    ...search,
    words: words.map(startsWith),
    pageRequest,
    skip,
    end: skip + pageRequest.limit + 1,
  };
  const { n } = counted[0]!;
  const isAlone = words.length === 1 && Object.keys(search.filter).length === 1;
  if (n < MAX_SEARCH_TOTAL) {
    const total = 'cursor' in pageRequest ? 0 : isAlone ? n : count(leads, queryOf(asked));
    const [found, totalCount] = await Promise.all([byIndex(asked), total]);
    return { ...pageOf(found, pageRequest.limit), totalCount };
  }
  const { hits, isWhole } = await hitsOfMany(asked, words);
  const ahead = hits.slice(asked.skip, asked.end);
  const { found, last } = pageOf(ahead, pageRequest.limit);
  const totalCount = Math.max(isAlone ? MAX_SEARCH_TOTAL : 0, skip + ahead.length);
  return { found: isWhole ? found : await documentsOf(asked, found), last, totalCount };
}

/** Of one more than the page has room for, when there are more. */
const pageOf = (found: readonly LeadDocument[], limit: number) => ({
  found: found.slice(0, limit),
  last: found.length > limit ? found[limit - 1]!._id : null,
});

/** The conditions of a search, for queries that are in another order than its pages. */
export const searchConditions = (words: readonly string[]): Query[] => words.map(startsWith);

/** @returns the hits up to the end of the page */
async function hitsOfMany(asked: SearchRequest, words: readonly string[]): Promise<Hits> {
  const newest = new Newest(asked);
  const far = asked.end * WALKED_ON_FOR_A_HIT;
  const isOne = words.length === 1;
  if (asked.inList && (await newest.endsWithin(far))) await newest.scanFurther(far);
  await newest.scanFurther(asked.end * WALKED_FOR_A_HIT);
  const enough = isOne ? ENOUGH_TO_WALK_ON.forOneWord : ENOUGH_TO_WALK_ON.forSeveral;
  if (newest.progress > enough) await newest.scanFurther(Math.ceil((2 * asked.end * WALKED_FOR_A_HIT) / newest.progress));
  if (newest.isDone) return newest.found;
  const ordered = await inOrderOfTokens(asked.leads, asked.workspaceId, words);
  const isWhole = ordered.isInOrder && asked.skip === 0;
  const byOrder = { ...asked, words: ordered.words };
  const inTime = isOne ? MILLISECONDS_BY_INDEX.forOneWord : MILLISECONDS_BY_INDEX.forSeveral;
  const hits = await hitsByIndex(byOrder, isWhole, inTime);
  if (hits) return { hits, isWhole };
  await newest.scanFurther(far);
  return newest.isDone ? newest.found : { hits: (await hitsByIndex(byOrder, isWhole))!, isWhole };
}

const byIndex = (asked: SearchRequest): Promise<LeadDocument[]> =>
  asked.leads
    .find(queryOf(asked), { sort: { _id: -1 }, skip: asked.skip, limit: asked.end - asked.skip, hint: BY_TOKEN })
    .toArray();

/** @returns `null` when it takes longer than `milliseconds` */
async function hitsByIndex(asked: SearchRequest, isWhole: boolean, milliseconds?: number): Promise<LeadDocument[] | null> {
  const { leads, end } = asked;
  const options = { ...projection(isWhole), sort: { _id: -1 }, limit: end, batchSize: end, hint: BY_TOKEN } as const;
  try {
    return await leads.find(queryOf(asked), { ...options, ...(milliseconds && { maxTimeMS: milliseconds }) }).toArray();
  } catch (error) {
    if (milliseconds && error instanceof MongoServerError && error.code === TOOK_TOO_LONG) return null;
    throw error;
  }
}

/** As far as they still are what was searched for. */
const documentsOf = (asked: SearchRequest, hits: readonly LeadDocument[]): Promise<LeadDocument[]> =>
  asked.leads.find(queryOf(asked, { _id: { $in: hits.map(({ _id }) => _id) } }), { sort: { _id: -1 } }).toArray();
