import { type Collection, ObjectId } from 'mongodb';
import type { PageRequest } from '../../../platform/paging';
import type { SearchQuery } from '../../domain/search/query';
import type { LeadDocument } from '../lead.schema';
import { searchPage } from './readings';
import type { Search, SearchPage } from './search-page';
import { and } from './search-request';

const BY_ADDRESS = { workspaceId: 1, addresses: 1 };
/** A cursor from which on all leads come. */
const BEFORE_ALL = new ObjectId('f'.repeat(24));
/** So many leads with the very address that is searched for come before all others. */
const MAX_OWNERS = 10;

/**
 * Reads a page of a search, newest first. Who has the very e-mail address that is searched for comes first,
 * before others whose words match too; with the address as the primary one before an alternate.
 */
export async function ownersFirst(
  leads: Collection<LeadDocument>,
  search: Search,
  query: SearchQuery,
  pageRequest: PageRequest,
): Promise<SearchPage> {
  const owners = query.email === null ? [] : await ownersOf(leads, search, query.email, pageRequest.limit);
  if (owners.length === 0) return searchPage(leads, search, query, pageRequest);
  const notOwners = { _id: { $nin: owners.map(({ _id }) => _id) } };
  const others = (request: PageRequest) =>
    searchPage(leads, { ...search, filter: and(search.filter, notOwners) }, query, request);
  return 'cursor' in pageRequest ? cursorPage(owners, others, pageRequest) : numberedPage(owners, others, pageRequest);
}

type Others = (pageRequest: PageRequest) => Promise<SearchPage>;

async function cursorPage(
  owners: LeadDocument[],
  others: Others,
  pageRequest: PageRequest & { cursor: string | null },
): Promise<SearchPage> {
  // The owners are on the first page.
  if (pageRequest.cursor) return others(pageRequest);
  const room = pageRequest.limit - owners.length;
  const { found, last, totalCount } = await others({ ...pageRequest, limit: Math.max(1, room) });
  if (room > 0) return { found: [...owners, ...found], last, totalCount };
  return { found: owners, last: found.length > 0 ? BEFORE_ALL : null, totalCount };
}

async function numberedPage(
  owners: LeadDocument[],
  others: Others,
  { page, limit }: { page: number; limit: number },
): Promise<SearchPage> {
  const { found, totalCount } = await others({ page: 1, limit: page * limit });
  const all = [...owners, ...found].slice((page - 1) * limit, page * limit);
  return { found: all, last: null, totalCount: totalCount + owners.length };
}

async function ownersOf(
  leads: Collection<LeadDocument>,
  { filter }: Search,
  email: string,
  limit: number,
): Promise<LeadDocument[]> {
  const query = and(filter, { addresses: email });
  const found = await leads.find(query, { sort: { _id: -1 }, limit: Math.min(MAX_OWNERS, limit), hint: BY_ADDRESS }).toArray();
  const isPrimary = (lead: LeadDocument) => Number(lead.email === email);
  return found.sort((a, b) => isPrimary(b) - isPrimary(a));
}
