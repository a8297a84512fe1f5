import fc from 'fast-check';
import type { Document, Filter } from 'mongodb';
import { runs } from '../support/runs';
import { embedded, type TestServer } from '../support/servers';
import { type Any, collection } from './cases/case';

const LOTS = 1_000;

/**
 * Several predicates about one array, each satisfied by another element: an index gives the documents of one
 * of them, and of these only those are read that it has for the others, too.
 */
describe('words that are met together', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await embedded({});
  });
  afterAll(() => server.stop());

  async function filled(name: string, documents: readonly Any[], index: Record<string, 1 | -1> = { workspace: 1, words: 1 }) {
    const things = collection(server.client.db('words'), name);
    await things.createIndex(index);
    for (let from = 0; from < documents.length; from += LOTS) await things.insertMany(documents.slice(from, from + LOTS));
    return things;
  }

  /** The words of each document, fourteen, hundreds and thousands of different ones among them. */
  const wordsOf = (n: number): string[] => {
    const at = (i: number) => 'ab'[(n >> i) & 1]!;
    const few = [at(0) + at(3) + at(5), at(1) + at(4), at(2)].slice(0, 1 + (n % 3));
    return [...few, `a${String((n * 7) % 131)}`, `b${n * 11}`, ...(n % 5 === 0 ? ['ab\0c', 'aé'] : [])];
  };

  const starts = (word: string): Document => ({ words: new RegExp(`^${word}`) });
  const stats = async (name: string, filter: Filter<Any>, options: Document) => {
    const things = collection(server.client.db('words'), name);
    return (await things.find(filter, options).explain('executionStats')).executionStats as {
      nReturned: number;
      totalKeysExamined: number;
      totalDocsExamined: number;
    };
  };

  const largeIndexes = [
    [', indexed with the order', { workspace: 1, words: 1, _id: 1 }],
    ['', { workspace: 1, words: 1 }],
  ] as const;
  describe.each(largeIndexes.slice(0, runs(2)))('among twenty thousand%s', (name, hint) => {
    const SIZE = 20_000;
    const isOrdered = '_id' in hint;
    beforeAll(async () => {
      const words = (n: number) => [
        n % 2 ? 'odd' : 'even',
        ...(n % 10 === 3 ? ['lisbon', 'lisbon-again'] : []),
        ...(n % 10 === 4 || n % 1_000 === 3 ? ['north'] : []),
        ...(n % 100 === 77 ? ['rare'] : []),
        ...(n % 3 === 1 ? [`third${(n * 7_919) % 20_011}`] : []),
        'common',
      ];
      await filled(
        `many${name}`,
        Array.from({ length: SIZE }, (_, n): Any => ({ _id: n, workspace: 'w', words: words(n) })),
        hint,
      );
    });

    it.each([
      ['never', ['lisbon', 'odd', 'even'], 0],
      ['rarely', ['lisbon', 'north'], 20],
      ['rarely, from the other side', ['north', 'lisbon'], 20],
    ] as const)('%s together: few documents are read', async (_, words, found) => {
      const filter = { $and: [{ workspace: 'w' }, ...words.map(starts)] };
      const { nReturned, totalDocsExamined } = await stats(`many${name}`, filter, { hint, sort: { _id: -1 }, limit: 50 });
      expect(nReturned).toBe(found);
      expect(Number(totalDocsExamined)).toBeLessThanOrEqual(isOrdered ? found : 100 + found);
    });

    it('a common word beside a rare one is not read to its end', async () => {
      const filter = { $and: [{ workspace: 'w' }, starts('rare'), starts('common')] };
      const { nReturned, totalKeysExamined } = await stats(`many${name}`, filter, { hint });
      expect(nReturned).toBe(SIZE / 100);
      expect(Number(totalKeysExamined)).toBeLessThan(SIZE / 10);
    });

    it('the first few of many that are met together are found without reading on', async () => {
      const filter = { $and: [{ workspace: 'w' }, starts('odd'), starts('common')] };
      const { nReturned, totalKeysExamined } = await stats(`many${name}`, filter, { hint, limit: 50 });
      expect(nReturned).toBe(50);
      expect(Number(totalKeysExamined)).toBeLessThan(2_000);
    });

    it('the newest are found without reading on, where the index has their order', async () => {
      const filter = { $and: [{ workspace: 'w' }, starts('lisbon'), starts('odd'), starts('common')] };
      const { nReturned, totalKeysExamined, totalDocsExamined } = await stats(`many${name}`, filter, {
        hint,
        sort: { _id: -1 },
        limit: 50,
      });
      expect(nReturned).toBe(50);
      if (isOrdered) expect(Number(totalDocsExamined)).toBe(50);
      if (isOrdered) expect(Number(totalKeysExamined)).toBeLessThan(SIZE / 8);
    });

    it.each([['third'], ['third', 'common'], ['common', 'third']])(
      'a word with thousands of endings: %s %s',
      async (...words) => {
        const things = collection(server.client.db('words'), `many${name}`);
        const filter = { $and: [{ workspace: 'w' }, ...words.map(starts)] } as Filter<Any>;
        const newest = Array.from({ length: 50 }, (_, n) => SIZE - 1 - n * 3);
        const found = await things.find(filter, { hint, sort: { _id: -1 }, limit: 50 }).toArray();
        expect(found.map(({ _id }) => _id)).toEqual(newest);
        const { totalDocsExamined } = await stats(`many${name}`, filter, { hint, sort: { _id: -1 }, limit: 50 });
        if (isOrdered) expect(Number(totalDocsExamined)).toBeLessThanOrEqual(150);
      },
    );

    it('others have their turn meanwhile, and what they write is judged as it then is', async () => {
      const things = collection(server.client.db('words'), `many${name}`);
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

  const smallIndexes = [
    ['followed by the order', { workspace: 1, words: 1, _id: 1 }],
    ['followed by the order backwards, the words backwards', { workspace: 1, words: -1, _id: -1 }],
    ['followed by the order backwards', { workspace: 1, words: 1, _id: -1 }],
    ['alone', { workspace: 1, words: 1 }],
  ] as const;
  it.each(smallIndexes.slice(0, runs(6)))(
    'any words, any predicates, also of a transaction that writes: what is found is what satisfies all; indexed %s',
    async (name, index) => {
      const word = fc.oneof(fc.stringMatching(/^[ab]{1,3}$/), fc.stringMatching(/^[ab][0-9]{1,3}$/), fc.constantFrom('aé'));
      const documents = Array.from({ length: 1_500 }, (_, n): Any => ({
        _id: n,
        workspace: n % 7 ? 'w' : 'x',
        words: wordsOf(n),
      }));
      const things = await filled(`some ${name}`, documents, index);
      const predicate = fc.oneof(
        {
          weight: 4,
          arbitrary: word.map((one) => ({
            filter: starts(one),
            test: (words: string[]) => words.some((w) => w.startsWith(one)),
          })),
        },
        word.map((one) => ({ filter: { words: one }, test: (words: string[]) => words.includes(one) })),
        fc.tuple(word, word).map(([one, other]) => ({
          filter: { words: { $in: [one, other] } },
          test: (words: string[]) => words.includes(one) || words.includes(other),
        })),
        word.map((one) => ({ filter: { words: { $gt: one } }, test: (words: string[]) => words.some((w) => w > one) })),
      );
      const property = fc.asyncProperty(
        fc.array(predicate, { minLength: 1, maxLength: 4 }),
        fc.constantFrom<Document>(
          {},
          { sort: { _id: -1 } },
          { sort: { _id: -1 }, limit: 20 },
          { sort: { _id: 1 }, limit: 40, skip: 30 },
        ),
        fc.option(fc.tuple(fc.nat(1_500), fc.boolean()), { nil: undefined }),
        fc.boolean(),
        async (predicates, options, from, inTransaction) => {
          const added: Any[] = inTransaction ? [{ _id: 5_000, workspace: 'w', words: ['aaa', 'ab', 'b', 'a77'] }] : [];
          const wanted = [...documents, ...added]
            .filter(({ workspace, words }) => workspace === 'w' && predicates.every(({ test }) => test(words as string[])))
            .map(({ _id }) => _id as number)
            .filter((id) => !from || (from[1] ? id < from[0] : id >= from[0]));
          if (options.sort?._id === -1) wanted.reverse();
          const skip = (options.skip ?? 0) as number;
          const page = options.limit ? wanted.slice(skip, skip + options.limit) : wanted;
          const bound = from ? [{ _id: { [from[1] ? '$lt' : '$gte']: from[0] } }] : [];
          const filter = { $and: [{ workspace: 'w' }, ...predicates.map((one) => one.filter), ...bound] } as Filter<Any>;
          const session = server.client.startSession();
          try {
            if (inTransaction) {
              session.startTransaction();
              await things.insertMany(added, { session });
            }
            const found = await things.find(filter, { ...options, hint: index, session }).toArray();
            const ids = found.map(({ _id }) => _id as number);
            expect(options.sort ? ids : ids.sort((a, b) => a - b)).toEqual(page);
            const some = await things.find(filter, { ...options, hint: index, session, projection: { _id: 1 } }).toArray();
            expect(some.map(({ _id }) => _id as number).sort()).toEqual([...page].sort());
            expect(await things.countDocuments(filter, { hint: index, session })).toBe(wanted.length);
            if (inTransaction) await session.abortTransaction();
          } finally {
            await session.endSession();
          }
        },
      );
      await fc.assert(property, { numRuns: runs(250) });
    },
  );
});
