import type { Collection } from 'mongodb';
import { compareBytes } from '../../../platform/mongo';
import type { LeadDocument } from '../lead.schema';
import { BY_TOKEN, type Query } from './search-request';

/** So many different tokens that begin with a word are found one by one. */
const TOKENS_OF_A_WORD = 6;

/** Words have no sign that means anything in a regular expression (`domain/search/tokens.ts`). */
export const startsWith = (word: string): Query => ({ search: new RegExp(`^${word}`) });

export interface CountedWord {
  word: string;
  /** How many leads have it, as far as they are counted. */
  n: number;
}

/** How many leads have each of the words, up to `countedAtMost`. */
export async function countWords(
  leads: Collection<LeadDocument>,
  workspaceId: string,
  words: readonly string[],
  countedAtMost: number,
): Promise<Map<string, CountedWord>> {
  const counted = await Promise.all(
    words.map(async (word): Promise<[string, CountedWord]> => {
      const n = await count(leads, { workspaceId, ...startsWith(word) }, countedAtMost);
      return [word, { word, n }];
    }),
  );
  return new Map(counted);
}

/**
 * What the leads satisfy that have all of the words. The leads that have a token are next to each other in
 * the index, the newest last, but those that have some token with a beginning are not. So the tokens of a
 * word that has few are named: then the first leads of a page are found without reading all that have the
 * word.
 */
export async function inOrderOfTokens(
  leads: Collection<LeadDocument>,
  workspaceId: string,
  words: readonly string[],
): Promise<{ words: Query[]; isInOrder: boolean }> {
  for (const word of words) {
    const tokens = await tokensOf(leads, workspaceId, word);
    if (!tokens) continue;
    const others = words.filter((one) => one !== word).map(startsWith);
    return { words: [{ search: { $in: tokens } }, ...others], isInOrder: true };
  }
  return { words: words.map(startsWith), isInOrder: false };
}

/** Unlike an aggregation, this reads the index alone where it can. */
export async function count(leads: Collection<LeadDocument>, query: Query, limit?: number): Promise<number> {
  const command = { count: leads.collectionName, query, ...(limit && { limit }), hint: BY_TOKEN };
  return (await leads.db.command(command)).n as number;
}

/**
 * The next token is the least one after the last in the first lead of the rest of the index.
 * @returns `undefined` when they are many
 */
async function tokensOf(leads: Collection<LeadDocument>, workspaceId: string, word: string): Promise<string[] | undefined> {
  const tokens: string[] = [];
  for (let last: string | undefined; ; last = tokens.at(-1)) {
    const rest = { ...(last === undefined ? { $gte: word } : { $gt: last }), $lt: `${word}\u{10ffff}` };
    const query = { workspaceId, search: { $elemMatch: rest } } as Query;
    const [next] = await leads.find(query, { projection: { search: 1 }, limit: 1, hint: BY_TOKEN }).toArray();
    if (!next) return tokens;
    if (tokens.length === TOKENS_OF_A_WORD) return undefined;
    const isLater = (token: string) => token.startsWith(word) && (last === undefined || compareBytes(token, last) > 0);
    tokens.push(next.search.filter(isLater).sort(compareBytes)[0]!);
  }
}
