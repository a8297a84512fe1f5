import type { Document } from 'mongodb';
import { embedded, type TestServer } from '../support/servers';
import { type Any, collection } from './cases/case';

/**
 * What a query looks at is the same in a small collection and in a large one: nothing grows that an index
 * should keep from growing.
 */
const SIZES = [1_000, 20_000] as const;
const LOTS = 500;

const QUERIES: readonly (readonly [string, Document, Document, number])[] = [
  ['one by a unique index over an array', { workspace: 'w', lists: 1, phone: '+00000500' }, {}, 1],
  ['a few keys', { workspace: 'w', lists: 1, phone: { $in: ['+00000001', '+00000500', '+00000999'] } }, {}, 3],
  ['a range in order', { workspace: 'w', score: { $gt: 10 } }, { sort: { score: 1 }, limit: 50 }, 50],
  ['the last ones', { workspace: 'w' }, { sort: { score: -1 }, limit: 50 }, 50],
  ['keys, in order behind them', { state: { $in: ['a', 'b'] } }, { sort: { at: 1 }, limit: 10 }, 10],
  ['a page from a place on', { _id: { $gt: 700 } }, { sort: { _id: 1 }, limit: 10 }, 10],
  ['a beginning, whatever its letters', { workspace: 'w', name: /^имя000700/ }, {}, 1],
  ['one branch or the other', { $or: [{ _id: 3 }, { workspace: 'w', score: 7 }] }, {}, 2],
];

describe('what queries look at', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await embedded();
    for (const size of SIZES) {
      const things = collection(server.client.db('bounds'), `of_${size}`);
      const partialFilterExpression = { phone: { $gt: '' } };
      await things.createIndex({ workspace: 1, lists: 1, phone: 1 }, { unique: true, partialFilterExpression });
      await things.createIndex({ workspace: 1, score: 1 });
      await things.createIndex({ state: 1, at: 1 });
      await things.createIndex({ workspace: 1, name: 1 });
      const documents = Array.from({ length: size }, (_, i): Any => {
        const phone = `+${String(i).padStart(8, '0')}`;
        const name = `имя${String(i).padStart(6, '0')}`;
        return { _id: i, workspace: 'w', lists: [1, 2], phone, score: i, state: 'abc'[i % 3], at: i, name };
      });
      for (let from = 0; from < size; from += LOTS) await things.insertMany(documents.slice(from, from + LOTS));
    }
  });
  afterAll(() => server.stop());

  it.each(QUERIES)('%s', async (_, filter, options, expected) => {
    for (const size of SIZES) {
      const query = collection(server.client.db('bounds'), `of_${size}`).find(filter, options);
      const { executionStats } = await query.explain('executionStats');
      expect(Number(executionStats.nReturned)).toBe(expected);
      expect(Number(executionStats.totalDocsExamined)).toBeLessThanOrEqual(expected);
      expect(Number(executionStats.totalKeysExamined)).toBeLessThanOrEqual(expected + 128);
    }
  });
});
