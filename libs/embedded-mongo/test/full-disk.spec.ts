import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Store } from '../storage/store';

const commitFails = { now: false };

jest.mock('lmdb', () => {
  const lmdb = jest.requireActual<{ open(options: object): { transactionAsync: unknown } }>('lmdb');
  return {
    open: (options: object) => {
      const database = lmdb.open(options);
      const commit = (database.transactionAsync as (run: () => void) => Promise<unknown>).bind(database);
      database.transactionAsync = (run: () => void) => {
        if (!commitFails.now) return commit(run);
        // As the library does it: why stands in a promise of its own, which is rejected as well.
        const commitError = Promise.reject(Object.assign(new Error('Input/output error'), { code: 5 }));
        return Promise.reject(Object.assign(new Error('Commit failed (see commitError for details)'), { commitError }));
      };
      return database;
    },
  };
});

/** A commit that the disk refuses. On a disk that is really full: test/faults/disk-full.spec.ts. */
describe('a store whose disk takes no commit', () => {
  const dir = mkdtempSync(join(tmpdir(), 'embedded-mongo-full-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('rejects its jobs, leaves no rejection unhandled, and goes on afterwards with what it had', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const store = await Store.open(dir);
    try {
      await store.write(() => store.put('a', Buffer.from('1')));
      commitFails.now = true;
      const failed = await Promise.allSettled(['b', 'c'].map((key) => store.write(() => store.put(key, Buffer.from('2')))));
      expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      // On a disk with room, it is something else that is wrong with it.
      expect((failed[0] as PromiseRejectedResult).reason).toMatchObject({ code: 1, message: 'The change could not be written' });
      await new Promise((done) => setImmediate(done));
      commitFails.now = false;
      await store.write(() => store.put('d', Buffer.from('3')));
      expect(['a', 'b', 'c', 'd'].map((key) => store.get(key)?.toString())).toEqual(['1', undefined, undefined, '3']);
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
      await store.close();
    }
  });
});
