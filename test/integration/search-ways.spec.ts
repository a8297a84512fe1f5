import { ObjectId } from 'bson';
import * as fc from 'fast-check';
import { type Collection, MongoServerError } from 'mongodb';
import type { LeadDocument } from '../../src/leads/infrastructure/lead.schema';
import { searchPage } from '../../src/leads/infrastructure/search/readings';
import { MAX_SEARCH_TOTAL } from '../../src/leads/infrastructure/search/search-page';
import type { PageRequest } from '../../src/platform/paging';
import { runs } from '../support/runs';
import { startTestApp, type TestApp } from '../support/test-app';

const SIZE = 12_000;
const WORKSPACE = 'searched';
const BATCH = 2_000;

/**
 * Words that thousands have: `al` and `nor` begin two tokens, `end` a hundred; `rest` only the older half
 * has. All but the last are met together in few leads, none of them among the newest.
 */
function tokensOf(n: number): string[] {
  return [
    ...(n % 4 === 0 ? ['alpha'] : []),
    ...(n % 8 === 1 ? ['alpine'] : []),
    ...(n % 4 === 2 || (n % 400 === 0 && n < 9_000) ? [n % 1_200 < 400 ? 'north' : 'norway'] : []),
    ...(n % 4 === 3 || (n % 200 === 0 && n < 9_000) ? [`end${n % 97}`] : []),
    ...(n < 3_000 ? ['rest'] : []),
    ...(n % 600 === 7 ? ['seldom'] : []),
    'every',
  ];
}

/** A page may come by the newest leads, by the tokens' order, by any order. What it has is the same. */
describe('the ways of a search', () => {
  let test: TestApp;
  let leads: Collection<LeadDocument>;
  // The counter in them begins anew somewhere, and then they are not in the order in which they were made.
  const made = Array.from({ length: SIZE }, () => new ObjectId().toHexString());
  const ids = made.sort().map((id) => ObjectId.createFromHexString(id));

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
    leads = test.connection.db!.collection<LeadDocument>('leads');
    for (let from = 0; from < SIZE; from += BATCH) {
      const some = ids.slice(from, from + BATCH).map((_id, i) => ({ _id, workspaceId: WORKSPACE, search: tokensOf(from + i) }));
      await leads.insertMany([...some, { ...some[0]!, _id: new ObjectId(), workspaceId: 'another' }] as never);
    }
  });
  afterAll(() => test.close());

  /** An index that takes longer than it may. */
  const slow = (): Collection<LeadDocument> =>
    new Proxy(leads, {
      get: (target, name) => {
        const find = (query: object, options: { maxTimeMS?: number }) => {
          if (!options.maxTimeMS) return target.find(query, options);
          return { toArray: () => Promise.reject(new MongoServerError({ message: 'too long', code: 50 })) };
        };
        return name === 'find' ? find : Reflect.get(target, name, target);
      },
    });

  const page = async (words: readonly string[], pageRequest: PageRequest, from = leads) => {
    const search = { workspaceId: WORKSPACE, filter: { workspaceId: WORKSPACE }, inList: false };
    const { found, last, totalCount } = await searchPage(from, search, { readings: [words], otherwise: [] }, pageRequest);
    return { found: found.map(({ _id }) => _id.toHexString()), last: last?.toHexString() ?? null, totalCount };
  };
  const wanted = (words: readonly string[]) =>
    ids
      .filter((_, n) => words.every((word) => tokensOf(n).some((token) => token.startsWith(word))))
      .map((id) => id.toHexString())
      .reverse();

  it.each([
    [['al', 'nor'], 23],
    [['nor', 'al'], 23],
    [['end', 'alpha'], 45],
    [['end', 'nor', 'every'], 23],
    [['rest'], 3_000],
    [['al', 'end', 'nor', 'rest'], 8],
    [['alpine', 'nor'], 0],
    [['seldom', 'every'], 20],
    [['every', 'nothing'], 0],
  ] as const)('%s: all pages, all ways', async (words, total) => {
    const all = wanted(words);
    expect(all).toHaveLength(total);
    for (const from of [leads, slow()]) {
      const limit = 25;
      const seen: string[] = [];
      for (let after: string | null = null, ended = false; !ended && seen.length < 200;) {
        const { found, last } = await page(words, { cursor: after, limit }, from);
        seen.push(...found);
        after = last;
        ended = last === null;
      }
      expect(seen).toEqual(all.slice(0, seen.length < 200 ? undefined : 200));
      const second = await page(words, { page: 2, limit: 10 }, from);
      expect(second.found).toEqual(all.slice(10, 20));
      expect(second.totalCount).toBeLessThanOrEqual(Math.max(total, 10));
    }
  });

  it('ends with its last page, also where that is full', async () => {
    const all = wanted(['seldom']);
    const first = await page(['seldom'], { cursor: null, limit: 10 });
    expect(first).toMatchObject({ found: all.slice(0, 10), last: all[9] });
    expect(await page(['seldom'], { cursor: first.last, limit: 10 })).toMatchObject({ found: all.slice(10), last: null });
    const met = wanted(['al', 'nor']);
    expect(await page(['al', 'nor'], { cursor: null, limit: met.length })).toMatchObject({ found: met, last: null });
  });

  it('any words, any page', async () => {
    const word = fc.constantFrom(
      'al',
      'alpha',
      'alpine',
      'n',
      'north',
      'end',
      'end1',
      'end12',
      'rest',
      'seldom',
      'every',
      'e',
      'x',
    );
    const property = fc.asyncProperty(
      fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 6 }),
      fc.option(fc.nat(SIZE - 1), { nil: undefined }),
      fc.boolean(),
      async (words, limit, number, after, isSlow) => {
        const all = wanted(words);
        const from = isSlow ? slow() : leads;
        if (after === undefined) {
          const { found, totalCount } = await page(words, { page: number, limit }, from);
          expect(found).toEqual(all.slice((number - 1) * limit, number * limit));
          const counts = words.map((one) => wanted([one]).length);
          if (Math.min(...counts) < MAX_SEARCH_TOTAL) expect(totalCount).toBe(all.length);
        } else {
          const pageRequest = ids[after]!.toHexString();
          const { found, last } = await page(words, { cursor: pageRequest, limit }, from);
          const older = all.filter((id) => id < pageRequest);
          expect(found).toEqual(older.slice(0, limit));
          expect(last).toBe(older.length > limit ? older[limit - 1] : null);
        }
      },
    );
    await fc.assert(property, { numRuns: runs(60) });
  });
});
