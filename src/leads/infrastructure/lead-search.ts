import type { Collection, Filter } from 'mongodb';
import type { Place } from '../../platform/paging';
import { objectId } from '../../platform/mongo';
import type { LeadDocument } from './lead.schema';

/** Totals of a search are counted up to here. So many leads are quickly found by a word, whatever else they are. */
export const SEARCH_TOTAL_AT_MOST = 2_000;
/** To find out which of several common words is the rarest. */
const COUNTED_AT_MOST = 10_000;
/** Words that many leads have are looked for among the newest leads first, so many for each hit that is wanted. */
const WALKED_FOR_A_HIT = 100;

const BY_TOKEN = { workspaceId: 1, search: 1 };
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
 * Reads a page of a search, newest first. By the rarest word's tokens, when few leads have it. Words that all are common most often are met
 * together within the newest leads, which are looked through first; the rarest word's tokens are the way for those that are not.
 */
export async function searchPage(leads: Collection<LeadDocument>, search: Search, place: Place): Promise<SearchPage> {
  const words = await rarestFirst(leads, search, SEARCH_TOTAL_AT_MOST);
  if (words[0]!.n < SEARCH_TOTAL_AT_MOST) return pageOfFew(leads, all(search.filter, ...conditionsOf(words)), place);
  const skip = 'after' in place ? 0 : (place.page - 1) * place.limit;
  const found = (await amongNewest(leads, search, place, skip)) ?? (await byRarest(leads, search, place, skip));
  const alone = search.words.length === 1 && Object.keys(search.filter).length === 1;
  return { found, totalCount: Math.max(alone ? SEARCH_TOTAL_AT_MOST : 0, skip + found.length) };
}

/** The conditions of a search, for queries that are in another order than its pages. */
export const searchConditions = (words: readonly string[]): Query[] => words.map(startsWith);

interface CountedWord {
  word: string;
  n: number;
}

/** Words are letters and digits alone, so none means anything in a regular expression. */
const startsWith = (word: string): Query => ({ search: new RegExp(`^${word}`) }) as Query;
const conditionsOf = (words: readonly CountedWord[]): Query[] => words.map(({ word }) => startsWith(word));

async function rarestFirst(
  leads: Collection<LeadDocument>,
  { workspaceId, words }: Search,
  limit: number,
): Promise<CountedWord[]> {
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

async function pageOfFew(leads: Collection<LeadDocument>, query: Query, place: Place): Promise<SearchPage> {
  if ('after' in place) {
    const found = await leads
      .find(all(query, ...before(place)), { sort: { _id: -1 }, limit: place.limit + 1, hint: BY_TOKEN })
      .toArray();
    return { found, totalCount: found.length };
  }
  // All of them, which are not many, but no more of each than its id: so they are looked for once, and counted.
  const ids = await leads
    .find(query, { projection: { _id: 1 }, sort: { _id: -1 }, hint: BY_TOKEN, batchSize: SEARCH_TOTAL_AT_MOST })
    .toArray();
  const from = (place.page - 1) * place.limit;
  const page = ids.slice(from, from + place.limit + 1).map(({ _id }) => _id);
  const found = await leads.find(all(query, { _id: { $in: page } }), { sort: { _id: -1 } }).toArray();
  return { found, totalCount: ids.length };
}

/** @returns `null` when the newest leads do not fill the page, and there are more */
async function amongNewest(
  leads: Collection<LeadDocument>,
  { workspaceId, filter, words, inList }: Search,
  place: Place,
  skip: number,
): Promise<LeadDocument[] | null> {
  const hint = inList ? BY_LIST : BY_ID;
  const wanted = place.limit + 1;
  const inOrder = { workspaceId, ...(inList && { listIds: (filter as { listIds: unknown }).listIds }) } as object;
  const [last] = await leads
    .find(all(inOrder, ...before(place)), {
      projection: { _id: 1 },
      sort: { _id: -1 },
      skip: (skip + wanted) * WALKED_FOR_A_HIT,
      limit: 1,
      hint,
    })
    .toArray();
  const near = last ? [{ _id: { $gte: last._id } }] : [];
  const query = all(filter, ...searchConditions(words), ...before(place), ...near);
  const found = await leads.find(query, { sort: { _id: -1 }, skip, limit: wanted, hint }).toArray();
  return found.length === wanted || !last ? found : null;
}

async function byRarest(leads: Collection<LeadDocument>, search: Search, place: Place, skip: number): Promise<LeadDocument[]> {
  const words = search.words.length > 1 ? await rarestFirst(leads, search, COUNTED_AT_MOST) : [{ word: search.words[0]!, n: 0 }];
  const query = all(search.filter, ...conditionsOf(words), ...before(place));
  return leads.find(query, { sort: { _id: -1 }, skip, limit: place.limit + 1, hint: BY_TOKEN }).toArray();
}
