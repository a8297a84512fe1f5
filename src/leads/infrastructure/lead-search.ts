import type { Collection, Filter } from 'mongodb';
import type { WorkspaceId } from '../../platform/ids';
import type { LeadDocument } from './lead.schema';

/** Up to so many leads are found by a word and put in order; beyond, it is cheaper to go through the leads in order and look. */
const RARE = 2_000;
/** Totals of a search are counted up to here. */
export const SEARCH_TOTAL_AT_MOST = RARE;

const BY_TOKEN = { workspaceId: 1, search: 1 };
const BY_ID = { workspaceId: 1, _id: 1 };
const BY_LIST = { workspaceId: 1, listIds: 1, _id: 1 };

const startsWith = (word: string): RegExp => new RegExp(`^${word}`);

export interface SearchPlan {
  /** Of the rarest word, up to `SEARCH_TOTAL_AT_MOST`. */
  hits: number;
  conditions: Filter<LeadDocument>[];
  hint: Record<string, number>;
}

/**
 * How a page of a search is read. A word that few leads have: by its tokens, and sorted. Words that many have: in the order of the page, where
 * the next hit is never far. Words are letters and digits alone, so none means anything in a regular expression.
 */
export async function planSearch(
  leads: Collection<LeadDocument>,
  workspaceId: WorkspaceId,
  words: readonly string[],
  inList: boolean,
): Promise<SearchPlan> {
  const counted = await Promise.all(
    words.map(async (word) => {
      const condition = { search: startsWith(word) } as Filter<LeadDocument>;
      return { condition, n: await leads.countDocuments({ workspaceId, ...condition }, { limit: RARE, hint: BY_TOKEN }) };
    }),
  );
  counted.sort((a, b) => a.n - b.n);
  const hint = counted[0]!.n < RARE ? BY_TOKEN : inList ? BY_LIST : BY_ID;
  return { hits: counted[0]!.n, conditions: counted.map(({ condition }) => condition), hint };
}
