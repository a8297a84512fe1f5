import type { Collection } from 'mongodb';
import { hex } from '../../../platform/mongo';
import type { PageRequest } from '../../../platform/paging';
import type { SearchQuery } from '../../domain/search/query';
import type { Reading } from '../../domain/search/words';
import type { LeadDocument } from '../lead.schema';
import { FEW_WITH_A_WORD, idsOfReading, readingPage, type Search, type SearchPage } from './search-page';
import type { Query } from './search-request';
import { type CountedWord, countWords, startsWith } from './words';

export type Readings = Pick<SearchQuery, 'readings' | 'otherwise'>;

/** A reading whose words all occur, the rarest first. */
type CountedReading = readonly CountedWord[];

/**
 * Reads a page of a search, newest first: the leads that any of the readings finds, each once.
 * @returns a `totalCount` as `SearchPage` says
 */
export async function searchPage(
  leads: Collection<LeadDocument>,
  search: Search,
  { readings, otherwise }: Readings,
  pageRequest: PageRequest,
): Promise<SearchPage> {
  const first = await possibleOf(leads, search.workspaceId, readings);
  const counted = first.length > 0 ? first : await possibleOf(leads, search.workspaceId, otherwise);
  if (counted.length === 0) return { found: [], last: null, totalCount: 0 };
  return counted.length === 1
    ? readingPage(leads, search, counted[0]!, pageRequest)
    : pageOfSeveral(leads, search, counted, pageRequest);
}

/** Those of the readings that may find anybody: each of their words is had by somebody. */
async function possibleOf(
  leads: Collection<LeadDocument>,
  workspaceId: string,
  readings: readonly Reading[],
): Promise<CountedReading[]> {
  const counts = await countWords(leads, workspaceId, [...new Set(readings.flat())], FEW_WITH_A_WORD);
  const possible = readings.filter((reading) => reading.every((word) => counts.get(word)!.n > 0));
  return withoutNarrower(possible).map((reading) => reading.map((word) => counts.get(word)!).sort((a, b) => a.n - b.n));
}

/** A page of what several readings find: of the first leads of each, the newest. */
async function pageOfSeveral(
  leads: Collection<LeadDocument>,
  search: Search,
  readings: readonly CountedReading[],
  pageRequest: PageRequest,
): Promise<SearchPage> {
  const { limit } = pageRequest;
  const skip = 'cursor' in pageRequest ? 0 : (pageRequest.page - 1) * limit;
  // By cursor also where the page has a number: the total is counted once, over all readings.
  const first = { cursor: 'cursor' in pageRequest ? pageRequest.cursor : null, limit: skip + limit };
  const pages = await Promise.all(readings.map((reading) => readingPage(leads, search, reading, first)));
  const unique = new Map(pages.flatMap(({ found }) => found.map((lead) => [hex(lead._id), lead])));
  const hits = [...unique.entries()].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, lead]) => lead);
  const found = hits.slice(skip, skip + limit);
  const isMore = hits.length > skip + limit || pages.some(({ last }) => last !== null);
  const totalCount = 'cursor' in pageRequest ? 0 : await totalOf(leads, search, readings);
  return { found, last: isMore ? (found.at(-1)?._id ?? null) : null, totalCount };
}

/** How many leads the readings find, each once. */
async function totalOf(leads: Collection<LeadDocument>, search: Search, readings: readonly CountedReading[]): Promise<number> {
  const ids = await Promise.all(readings.map((reading) => idsOfReading(leads, search, reading)));
  return new Set(ids.flat()).size;
}

/** A reading finds nothing new where another asks for the same words, or for their beginnings. */
const withoutNarrower = (readings: readonly Reading[]): Reading[] =>
  readings.filter(
    (reading, index) =>
      !readings.some((other, otherIndex) => {
        if (other === reading || !covers(other, reading)) return false;
        return !covers(reading, other) || otherIndex < index;
      }),
  );

/** Does it find all that the other one finds? */
const covers = (wider: Reading, reading: Reading): boolean =>
  wider.every((word) => reading.some((longer) => longer.startsWith(word)));

/** What the leads satisfy that are found, for queries that are in another order than a search. */
export const anyOf = ({ readings, otherwise }: Readings): Query => ({
  $or: [...readings, ...otherwise].map((reading) => ({ $and: reading.map(startsWith) })),
});
