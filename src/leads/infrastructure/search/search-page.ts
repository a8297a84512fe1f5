import { type Collection, MongoServerError, type ObjectId } from 'mongodb';
import { hex } from '../../../platform/mongo';
import type { PageRequest } from '../../../platform/paging';
import type { LeadDocument } from '../lead.schema';
import { Newest } from './newest-scan';
import { BY_TOKEN, type Hits, projection, type Query, queryOf, type SearchRequest } from './search-request';
import { count, type CountedWord, inOrderOfTokens, startsWith } from './words';

/** This many leads with a word are quickly read and filtered. */
export const FEW_WITH_A_WORD = 2_000;
/** Totals of a search are counted up to here. */
export const MAX_SEARCH_TOTAL = 10_000;
/**
 * Words that many leads have are searched among the newest leads: at first, this many for each hit wanted.
 */
const WALKED_FOR_A_HIT = 5;
/** The scan goes on where the first leads had this share of the hits, or where nothing else helps. */
const ENOUGH_TO_WALK_ON = { forOneWord: 0.1, forSeveral: 0.2 };
const WALKED_ON_FOR_A_HIT = 100;
/**
 * How long the index may take before the scan goes on: reading an index as far as a page needs is quick,
 * reading and sorting all hits is not.
 */
const MILLISECONDS_BY_INDEX = { forOneWord: 15, forSeveral: 60 };
const TOOK_TOO_LONG = 50;

export interface Search {
  workspaceId: string;
  /** All conditions but the words; the workspace is one of them. */
  filter: Query;
  inList: boolean;
}

export interface SearchPage {
  found: LeadDocument[];
  /** The next page begins after this lead; `null` when there are no more. */
  last: ObjectId | null;
  /** Exact up to `MAX_SEARCH_TOTAL`; where it is more than that, there are so many or more. */
  totalCount: number;
}

/**
 * Reads a page of one reading of what is searched for, newest first. Where few leads have the rarest word,
 * all of these are read. Where all words are common, there are two ways: scanning the newest leads is quick
 * for words that many leads have together, and reading the index is quick for the others. Which one it is
 * cannot be known beforehand, so they take turns.
 * @param counted its words, the rarest first
 */
export async function readingPage(
  leads: Collection<LeadDocument>,
  search: Search,
  counted: readonly CountedWord[],
  pageRequest: PageRequest,
): Promise<SearchPage> {
  const asked = requestOf(leads, search, counted, pageRequest);
  const words = counted.map(({ word }) => word);
  const { n } = counted[0]!;
  const isAlone = words.length === 1 && Object.keys(search.filter).length === 1;
  if (n < FEW_WITH_A_WORD) {
    const total = 'cursor' in pageRequest ? 0 : isAlone ? n : count(leads, queryOf(asked));
    const [found, totalCount] = await Promise.all([byIndex(asked), total]);
    return { ...pageOf(found, pageRequest.limit), totalCount };
  }
  const { hits, isWhole } = await hitsOfMany(asked, words);
  const ahead = hits.slice(asked.skip, asked.end);
  const { found, last } = pageOf(ahead, pageRequest.limit);
  const isCounted = 'cursor' in pageRequest || hits.length < asked.end;
  const totalCount = isCounted ? hits.length : await count(leads, queryOf(asked), MAX_SEARCH_TOTAL + 1);
  return { found: isWhole ? found : await documentsOf(asked, found), last, totalCount };
}

/** The ids of the hits of a reading, as far as they are counted. */
export async function idsOfReading(
  leads: Collection<LeadDocument>,
  search: Search,
  counted: readonly CountedWord[],
): Promise<string[]> {
  const asked = requestOf(leads, search, counted, { page: 1, limit: 1 });
  const limit = MAX_SEARCH_TOTAL + 1;
  const found = await leads.find(queryOf(asked), { projection: { _id: 1 }, limit, hint: BY_TOKEN }).toArray();
  return found.map(({ _id }) => hex(_id));
}

function requestOf(
  leads: Collection<LeadDocument>,
  search: Search,
  counted: readonly CountedWord[],
  pageRequest: PageRequest,
): SearchRequest {
  const skip = 'cursor' in pageRequest ? 0 : (pageRequest.page - 1) * pageRequest.limit;
  const words = counted.map(({ word }) => startsWith(word));
  return { leads, ...search, words, pageRequest, skip, end: skip + pageRequest.limit + 1 };
}

/** Of one more than the page has room for, when there are more. */
const pageOf = (found: readonly LeadDocument[], limit: number) => ({
  found: found.slice(0, limit),
  last: found.length > limit ? found[limit - 1]!._id : null,
});

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
