import fc from 'fast-check';
import type { Document, Filter } from 'mongodb';
import { embedded, type TestServer } from '../support/servers';
import { collection, type Any } from './cases/case';

const LOTS = 1_000;

/**
 * Several predicates about one array, each satisfied by another element: an index gives the documents of one of them, and of these only those
 * are read that it has for the others, too.
 */
describe('words that are met together', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await embedded({});
  });
  afterAll(() => server.stop());

  async function filled(name: string, documents: readonly Any[]) {
    const things = collection(server.client.db('words'), name);
    await things.createIndex({ workspace: 1, words: 1 });
    for (let from = 0; from < documents.length; from += LOTS) await things.insertMany(documents.slice(from, from + LOTS));
    return things;
  }

  const starts = (word: string): Document => ({ words: new RegExp(`^${word}`) });
  const hint = { workspace: 1, words: 1 };
  const stats = async (name: string, filter: Filter<Any>, options: Document = {}) => {
    const things = collection(server.client.db('words'), name);
    return (await things.find(filter, { hint, ...options }).explain('executionStats')).executionStats as {
      nReturned: number;
      totalKeysExamined: number;
      totalDocsExamined: number;
    };
  };

  describe('among twenty thousand', () => {
    const SIZE = 20_000;
    beforeAll(async () => {
      const words = (n: number) => [
        n % 2 ? 'odd' : 'even',
        ...(n % 10 === 3 ? ['lisbon', 'lisbon-again'] : []),
        ...(n % 10 === 4 || n % 1_000 === 3 ? ['north'] : []),
        ...(n % 100 === 77 ? ['rare'] : []),
        'common',
      ];
      await filled(
        'many',
        Array.from({ length: SIZE }, (_, n): Any => ({ _id: n, workspace: 'w', words: words(n) })),
      );
    });

    it.each([
      ['never', ['lisbon', 'odd', 'even'], 0],
      ['rarely', ['lisbon', 'north'], 20],
      ['rarely, from the other side', ['north', 'lisbon'], 20],
    ] as const)('%s together: few documents are read', async (_, words, found) => {
      const filter = { $and: [{ workspace: 'w' }, ...words.map(starts)] };
      const { nReturned, totalDocsExamined } = await stats('many', filter, { sort: { _id: -1 }, limit: 50 });
      expect(nReturned).toBe(found);
      expect(Number(totalDocsExamined)).toBeLessThanOrEqual(100 + found);
    });

    it('a common word beside a rare one is not read to its end', async () => {
      const filter = { $and: [{ workspace: 'w' }, starts('rare'), starts('common')] };
      const { nReturned, totalKeysExamined } = await stats('many', filter);
      expect(nReturned).toBe(SIZE / 100);
      expect(Number(totalKeysExamined)).toBeLessThan(SIZE / 10);
    });

    it('the first few of many that are met together are found without reading on', async () => {
      const filter = { $and: [{ workspace: 'w' }, starts('odd'), starts('common')] };
      const { nReturned, totalKeysExamined } = await stats('many', filter, { limit: 50 });
      expect(nReturned).toBe(50);
      expect(Number(totalKeysExamined)).toBeLessThan(2_000);
    });

    it('others have their turn meanwhile, and what they write is judged as it then is', async () => {
      const things = collection(server.client.db('words'), 'many');
      const filter = { $and: [{ workspace: 'w' }, starts('lisbon'), starts('common')] } as Filter<Any>;
      for (let round = 0; round < 5; round += 1) {
        const change = { _id: 13 + round * 10 } as Filter<Any>;
        const [found] = await Promise.all([
          things.find(filter, { hint, sort: { _id: 1 }, batchSize: 10_000 }).toArray(),
          things.updateOne(change, { $pull: { words: { $in: ['lisbon', 'lisbon-again'] } } } as never),
        ]);
        for (const { words } of found) expect(words).toContain('lisbon');
        expect(found.length).toBeGreaterThanOrEqual(SIZE / 10 - round - 1);
        expect(found.length).toBeLessThanOrEqual(SIZE / 10 - round);
      }
    });
  });

  it('any words, any predicates, also of a transaction that writes: what is found is what satisfies all', async () => {
    const word = fc.stringMatching(/^[ab]{1,3}$/);
    const documents = Array.from({ length: 1_500 }, (_, n): Any => {
      const at = (i: number) => 'ab'[(n >> i) & 1]!;
      return { _id: n, workspace: n % 7 ? 'w' : 'x', words: [at(0) + at(3) + at(5), at(1) + at(4), at(2)].slice(0, 1 + (n % 3)) };
    });
    const things = await filled('some', documents);
    const predicate = fc.oneof(
      word.map((one) => ({ filter: starts(one), test: (words: string[]) => words.some((w) => w.startsWith(one)) })),
      word.map((one) => ({ filter: { words: one }, test: (words: string[]) => words.includes(one) })),
      fc.tuple(word, word).map(([one, other]) => ({
        filter: { words: { $in: [one, other] } },
        test: (words: string[]) => words.includes(one) || words.includes(other),
      })),
      word.map((one) => ({ filter: { words: { $gt: one } }, test: (words: string[]) => words.some((w) => w > one) })),
    );
    const property = fc.asyncProperty(
      fc.array(predicate, { minLength: 2, maxLength: 4 }),
      fc.constantFrom<Document>({}, { sort: { _id: -1 } }, { sort: { _id: 1 }, limit: 40, skip: 30 }),
      fc.boolean(),
      async (predicates, options, inTransaction) => {
        const added: Any[] = inTransaction ? [{ _id: 5_000, workspace: 'w', words: ['aaa', 'ab', 'b'] }] : [];
        const wanted = [...documents, ...added]
          .filter(({ workspace, words }) => workspace === 'w' && predicates.every(({ test }) => test(words as string[])))
          .map(({ _id }) => _id as number);
        if (options.sort?._id === -1) wanted.reverse();
        const page = options.limit ? wanted.slice(options.skip, options.skip + options.limit) : wanted;
        const filter = { $and: [{ workspace: 'w' }, ...predicates.map((one) => one.filter)] } as Filter<Any>;
        const session = server.client.startSession();
        try {
          if (inTransaction) {
            session.startTransaction();
            await things.insertMany(added, { session });
          }
          const found = await things.find(filter, { ...options, hint, session }).toArray();
          const ids = found.map(({ _id }) => _id as number);
          expect(options.sort ? ids : ids.sort((a, b) => a - b)).toEqual(page);
          expect(await things.countDocuments(filter, { hint, session })).toBe(wanted.length);
          if (inTransaction) await session.abortTransaction();
        } finally {
          await session.endSession();
        }
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });
});
