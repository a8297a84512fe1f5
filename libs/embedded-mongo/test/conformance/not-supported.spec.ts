import type { Db, Document } from 'mongodb';
import { embedded, type TestServer } from '../support/servers';
import { collection } from './cases/case';

/** One of every kind of thing that MongoDB has and this store has not: the answer says so and names it. */
const KINDS: readonly (readonly [string, (db: Db) => Promise<unknown>])[] = [
  ['$where', (db) => collection(db).findOne({ $where: 'true' })],
  ['$text', (db) => collection(db).findOne({ $text: { $search: 'x' } })],
  ['$bitsAllSet', (db) => collection(db).findOne({ a: { $bitsAllSet: 1 } })],
  ['$near', (db) => collection(db).findOne({ a: { $near: [0, 0] } } as never)],
  ['regex option "x"', (db) => collection(db).findOne({ a: { $regex: 'a b', $options: 'x' } })],
  ['(?<=a)b)?(?i)', (db) => collection(db).findOne({ a: { $regex: '(?<=a)b)?(?i)' } })],
  [
    'collation',
    (db) =>
      collection(db)
        .find({}, { collation: { locale: 'de' } })
        .toArray(),
  ],
  ['"tailable"', (db) => collection(db).find({}, { tailable: true }).toArray()],
  ['"showRecordId"', (db) => collection(db).find({}, { showRecordId: true }).toArray()],
  [
    'positional operator in a projection',
    (db) =>
      collection(db)
        .find({ a: 1 }, { projection: { 'a.$': 1 } })
        .toArray(),
  ],
  [
    '$meta',
    (db) =>
      collection(db)
        .find({}, { projection: { s: { $meta: 'textScore' } } })
        .toArray(),
  ],
  ['positional operator $', (db) => collection(db).updateOne({ a: 1 }, { $set: { 'a.$': 1 } })],
  ['$bit', (db) => collection(db).updateOne({}, { $bit: { a: { and: 1 } } })],
  [
    '$graphLookup',
    (db) =>
      collection(db)
        .aggregate([{ $graphLookup: {} }])
        .toArray(),
  ],
  [
    '$merge',
    (db) =>
      collection(db)
        .aggregate([{ $merge: 'x' }])
        .toArray(),
  ],
  [
    '"pipeline" of $lookup',
    (db) =>
      collection(db)
        .aggregate([{ $lookup: { from: 'x', as: 'y', pipeline: [] } }])
        .toArray(),
  ],
  [
    '$stdDevPop',
    (db) =>
      collection(db)
        .aggregate([{ $group: { _id: 1, x: { $stdDevPop: '$a' } } }])
        .toArray(),
  ],
  [
    '$dateFromString',
    (db) =>
      collection(db)
        .aggregate([{ $project: { x: { $dateFromString: { dateString: '2024' } } } }])
        .toArray(),
  ],
  [
    'timezone',
    (db) =>
      collection(db)
        .aggregate([{ $project: { x: { $dateTrunc: { date: '$$NOW', unit: 'day', timezone: 'Europe/Berlin' } } } }])
        .toArray(),
  ],
  [
    '$$USER_ROLES',
    (db) =>
      collection(db)
        .aggregate([{ $project: { x: '$$USER_ROLES' } }])
        .toArray(),
  ],
  ['without a collection', (db) => db.aggregate([{ $documents: [{}] }]).toArray()],
  ['"text"', (db) => collection(db).createIndex({ a: 'text' })],
  ['wildcard', (db) => collection(db).createIndex({ '$**': 1 })],
  ['"weights"', (db) => collection(db).createIndex({ a: 1 }, { weights: { a: 1 } })],
  ['position', (db) => collection(db).createIndex({ 'a.0': 1 })],
  ['"capped"', (db) => db.createCollection('x', { capped: true, size: 1000 })],
  ['renameCollection', (db) => db.admin().command({ renameCollection: 'a.b', to: 'a.c' })],
  [
    'Decimal128',
    async (db) =>
      db.command({ insert: 'things', documents: [{ _id: (await import('bson')).Decimal128.fromString('1') }] }).then(refused),
  ],
  ['read concern', (db) => db.command({ find: 'things', readConcern: { level: 'nonsense' } })],
];

/** A write's error is in its answer. */
function refused({ writeErrors }: Document): void {
  const [first] = (writeErrors ?? []) as Document[];
  if (first) throw new Error(first.errmsg as string);
}

describe('what is not supported', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await embedded();
    await server.client.db('kinds').collection('things').insertOne({ a: 'x' });
  });
  afterAll(() => server.stop());

  it.each(KINDS)('%s is named in the error', async (name, run) => {
    const error = await run(server.client.db('kinds')).then(
      () => undefined,
      (failure: unknown) => failure as Error,
    );
    expect(error?.message).toContain('is not supported by the embedded store');
    expect(error?.message).toContain(name);
  });

  it('does not know commands that are not there', async () => {
    await expect(server.client.db('kinds').command({ mapReduce: 'things' })).rejects.toMatchObject({
      code: 59,
      codeName: 'CommandNotFound',
    });
  });
});
