import type { Document } from 'mongodb';
import { SharedReads } from '../../src/platform/mongo';
import { CommandLog } from '../support/commands';
import { startTestApp, type TestApp } from '../support/test-app';

/** Reads of the same moment, of whatever collections, go in one command and are kept apart. */
describe('reads that share a command', () => {
  let test: TestApp;
  let log: CommandLog;
  let reads: SharedReads;
  const collection = (name: string) => test.connection.collection<Document & { _id: number }>(`shared_${name}`);
  const ask = (name: string, filter: Document, wanted?: { projection?: Document; limit?: number }) =>
    reads.find<Document & { _id: number }>(collection(name) as never, filter, wanted);

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
    log = new CommandLog(test);
    reads = SharedReads.of({ db: test.connection });
    for (const name of ['people', 'places'])
      await collection(name).insertMany([1, 2, 3].map((_id) => ({ _id, of: name, more: { _id } })));
  });
  afterAll(async () => {
    log.stop();
    await test.close();
  });
  beforeEach(() => log.take());

  const commands = () =>
    log
      .take()
      .filter(({ collection: name }) => String(name).startsWith('shared_'))
      .map(({ name }) => name);

  it('asks several collections by one command, and gives each what is its own', async () => {
    const [people, places, none, same] = await Promise.all([
      ask('people', { _id: { $in: [1, 3] } }),
      ask('places', { _id: 2 }),
      ask('nowhere', { _id: 2 }),
      ask('people', { _id: 2 }),
    ]);
    expect(people.sort((a, b) => a._id - b._id)).toEqual([1, 3].map((_id) => ({ _id, of: 'people', more: { _id } })));
    expect(places).toEqual([{ _id: 2, of: 'places', more: { _id: 2 } }]);
    expect(none).toEqual([]);
    expect(same).toEqual([{ _id: 2, of: 'people', more: { _id: 2 } }]);
    expect(commands()).toEqual(['aggregate']);
  });

  it('keeps to the fields and the number that each wants', async () => {
    const [few, fields] = await Promise.all([
      ask('people', {}, { limit: 2 }),
      ask('places', { _id: 3 }, { projection: { more: 1 } }),
    ]);
    expect(few).toHaveLength(2);
    expect(fields).toEqual([{ _id: 3, more: { _id: 3 } }]);
    expect(commands()).toEqual(['aggregate']);
  });

  it('asks for one alone as anybody would', async () => {
    expect(await ask('people', { _id: 1 }, { projection: { of: 1 }, limit: 1 })).toEqual([{ _id: 1, of: 'people' }]);
    expect(commands()).toEqual(['find']);
  });

  it('is one for all who use the connection', () => {
    expect(SharedReads.of({ db: test.connection })).toBe(reads);
    expect(SharedReads.of({ db: test.connection.useDb('another') })).not.toBe(reads);
  });

  it('tells each of a group that the store refuses it, and goes on', async () => {
    const refused = [ask('people', { $nonsense: 1 }), ask('places', { _id: 1 })];
    expect((await Promise.allSettled(refused)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask('places', { _id: 1 })).toHaveLength(1);
  });
});
