import { Long } from 'bson';
import type { ClientSession, Db, Document } from 'mongodb';
import { failureOf } from '../../support/outcome';
import { all, type Cases, collection, each, filled } from './case';

const CONCERNS = { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority' } } as const;

/** Starts transactions side by side, and ends what is left of them. */
async function withSessions<T>(db: Db, count: number, run: (...sessions: ClientSession[]) => Promise<T>): Promise<T> {
  const sessions = Array.from({ length: count }, () => db.client.startSession());
  try {
    sessions.forEach((session) => session.startTransaction(CONCERNS));
    return await run(...sessions);
  } finally {
    for (const session of sessions) await session.endSession();
  }
}

const outcome = (promise: Promise<unknown>): Promise<unknown> => promise.then((value) => value ?? 'done', failureOf);

export const TRANSACTION_CASES: Cases = {
  'a commit shows everything at once': async (db) => {
    const things = await filled(db, [{ a: 1 }, { a: 2 }, { a: 3 }]);
    await things.createIndex({ a: 1 });
    return withSessions(db, 1, async (session) => {
      await things.insertMany(
        [
          { _id: 10, a: 0 },
          { _id: 11, a: 4 },
        ],
        { session },
      );
      await things.updateMany({ a: { $gte: 2 } }, { $inc: { a: 10 } }, { session });
      await things.deleteOne({ _id: 0 }, { session });
      await things.findOneAndUpdate({ _id: 10 }, { $set: { b: 1 } }, { session });
      const inside = [
        await things.find({}, { session, sort: { a: 1 } }).toArray(),
        await things.find({ a: { $gt: 5 } }, { session, sort: { a: -1 } }).toArray(),
        await things.countDocuments({ a: 0 }, { session }),
        await things.distinct('a', {}, { session }),
        await things.find({ _id: { $in: [0, 10] } }, { session }).toArray(),
      ];
      const outside = await all(things);
      await session.commitTransaction();
      return [inside, outside, await all(things), await outcome(session.commitTransaction())];
    });
  },
  'an abort leaves nothing': async (db) => {
    const things = await filled(db, [{ u: 1 }]);
    await things.createIndex({ u: 1 }, { unique: true });
    await withSessions(db, 1, async (session) => {
      await things.insertOne({ _id: 5, u: 5 }, { session });
      await things.updateOne({ _id: 0 }, { $set: { u: 2 } }, { session });
      await session.abortTransaction();
    });
    await things.insertOne({ _id: 6, u: 5 });
    return [await all(things), await things.find({ u: 2 }).toArray(), await things.find({ u: 1 }).toArray()];
  },
  'what others do meanwhile is not seen': async (db) => {
    const things = await filled(db, [{ a: 1 }, { a: 1 }]);
    await things.createIndex({ a: 1 });
    return withSessions(db, 1, async (session) => {
      const before = await things.countDocuments({ a: 1 }, { session });
      await things.insertOne({ _id: 5, a: 1 });
      await things.updateOne({ _id: 0 }, { $set: { a: 2 } });
      await things.deleteOne({ _id: 1 });
      const after = [
        await things.countDocuments({ a: 1 }, { session }),
        await things.find({}, { session, sort: { _id: 1 } }).toArray(),
      ];
      await session.commitTransaction();
      return [before, after, await all(things)];
    });
  },
  'the second writer of a document loses at once': async (db) => {
    const things = await filled(db, [{ n: 0 }, { n: 0 }]);
    return withSessions(db, 2, async (one, two) => {
      await things.updateOne({ _id: 0 }, { $inc: { n: 1 } }, { session: one });
      await things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { session: two });
      const refused = await outcome(things.updateOne({ _id: 0 }, { $inc: { n: 1 } }, { session: two }));
      const after = await outcome(things.findOne({ _id: 1 }, { session: two }));
      await one.commitTransaction();
      const commit = await outcome(two.commitTransaction());
      return [refused, after, commit, await all(things)];
    });
  },
  'a write outside waits for the transaction that holds its document, for its time at most': async (db) => {
    const things = await filled(db, [{ n: 0 }, { n: 0 }, { n: 0 }]);
    const increments = [0, 1, 2].map((_id) => ({ updateOne: { filter: { _id }, update: { $inc: { n: 1 } } } }));
    const write = () => things.bulkWrite(increments, { ordered: false, maxTimeMS: 200 });
    return withSessions(db, 1, async (session) => {
      await write();
      await things.updateOne({ _id: 1 }, { $inc: { n: 10 } }, { session });
      const held = await outcome(write());
      const patient = things.updateOne({ _id: 1 }, { $inc: { n: 1 } }, { maxTimeMS: 60_000 });
      await session.commitTransaction();
      return [held, (await patient).modifiedCount, await all(things)];
    });
  },
  'a document that changed since the transaction began is not overwritten': async (db) => {
    const things = await filled(db, [{ n: 0 }, { n: 0 }, { n: 0 }]);
    return withSessions(db, 3, async (one, two, three) => {
      for (const session of [one, two, three]) await things.findOne({ _id: 0 }, { session });
      await things.updateOne({ _id: 0 }, { $set: { n: 9 } });
      await things.deleteOne({ _id: 1 });
      return [
        await outcome(things.updateOne({ _id: 0 }, { $inc: { n: 1 } }, { session: one })),
        await outcome(things.deleteOne({ _id: 1 }, { session: two })),
        await outcome(things.updateOne({ _id: 2 }, { $inc: { n: 1 } }, { session: three })),
        await outcome(three.commitTransaction()),
        await all(things),
      ];
    });
  },
  'the second writer of a unique key loses at once': async (db) => {
    const things = await filled(db, [{ u: 1 }]);
    await things.createIndex({ u: 1 }, { unique: true });
    return withSessions(db, 3, async (one, two, three) => {
      await things.insertOne({ _id: 5, u: 5 }, { session: one });
      await things.findOne({ _id: 0 }, { session: three });
      const refused = [
        await outcome(things.insertOne({ _id: 6, u: 5 }, { session: two })),
        await outcome(two.commitTransaction()),
      ];
      await one.commitTransaction();
      return [refused, await outcome(things.insertOne({ _id: 7, u: 5 }, { session: three })), await all(things)];
    });
  },
  'a double inside of a transaction ends it, without a label': async (db) => {
    const things = await filled(db, [{ u: 1 }]);
    await things.createIndex({ u: 1 }, { unique: true });
    return withSessions(db, 2, async (one, two) => {
      await things.insertOne({ _id: 5, u: 5 }, { session: one });
      await things.insertOne({ _id: 8, u: 8 }, { session: two });
      return [
        await outcome(things.insertOne({ _id: 6, u: 1 }, { session: one })),
        await outcome(things.findOne({}, { session: one })),
        await outcome(one.commitTransaction()),
        await outcome(
          things.insertMany(
            [
              { _id: 9, u: 9 },
              { _id: 10, u: 8 },
              { _id: 11, u: 11 },
            ],
            { session: two, ordered: false },
          ),
        ),
        await outcome(two.commitTransaction()),
        await all(things),
      ];
    });
  },
  'unique keys move within a transaction': async (db) => {
    const things = await filled(db, [{ u: 1 }, { u: 2 }]);
    await things.createIndex({ u: 1 }, { unique: true });
    return withSessions(db, 1, async (session) => {
      await things.deleteOne({ _id: 0 }, { session });
      await things.insertOne({ _id: 5, u: 1 }, { session });
      await things.updateOne({ _id: 1 }, { $set: { u: 3 } }, { session });
      await things.updateOne({ _id: 5 }, { $set: { u: 2 } }, { session });
      const inside = await things.find({ u: { $gte: 1 } }, { session, sort: { u: 1 } }).toArray();
      await session.commitTransaction();
      return [
        inside,
        await things.find({ u: { $gte: 1 } }, { sort: { u: 1 } }).toArray(),
        await outcome(things.insertOne({ _id: 6, u: 2 })),
        (await things.insertOne({ _id: 7, u: 1 })).insertedId,
      ];
    });
  },
  'other writers wait for the end of a transaction': async (db) => {
    const things = await filled(db, [{ n: 0 }, { n: 0 }]);
    await things.createIndex({ n: 1 });
    return withSessions(db, 1, async (session) => {
      await things.updateOne({ _id: 0 }, { $set: { n: 5 } }, { session });
      await things.insertOne({ _id: 9, n: 9 }, { session });
      let done = 0;
      const waiting = [
        things.updateOne({ _id: 0 }, { $inc: { n: 1 } }),
        things.updateMany({ n: 0 }, { $inc: { n: 100 } }),
        things.insertOne({ _id: 9, n: 1 }),
      ].map((promise) =>
        outcome(promise.then((result) => ((done += 1), 'matchedCount' in result ? result.matchedCount : 'inserted'))),
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      const early = done;
      await session.commitTransaction();
      const [first, , third] = await Promise.all(waiting);
      return [
        early,
        first,
        third,
        (await things.findOne({ _id: 0 }))?.n as unknown,
        (await things.findOne({ _id: 1 }))?.n as unknown,
      ];
    });
  },
  'withTransaction runs until all writers have had their turn': async (db) => {
    const things = await filled(db, [{ n: 0 }]);
    const add = () =>
      db.client.withSession((session) =>
        session.withTransaction(async () => {
          const found = await things.findOne({ _id: 0 }, { session });
          await things.updateOne({ _id: 0 }, { $set: { n: Number(found!.n) + 1 } }, { session });
        }),
      );
    await Promise.all(Array.from({ length: 8 }, add));
    return all(things);
  },
  'cursors and aggregations in a transaction': async (db) => {
    const things = await filled(
      db,
      Array.from({ length: 250 }, (_, i) => ({ n: i, g: i % 3 })),
    );
    await things.createIndex({ g: 1, n: 1 });
    return withSessions(db, 1, async (session) => {
      await things.deleteMany({ n: { $gte: 100, $lt: 150 } }, { session });
      await things.insertMany(
        Array.from({ length: 50 }, (_, i) => ({ _id: 1_000 + i, n: 1_000 + i, g: i % 3 })),
        { session },
      );
      const numbers = async (options: Document) =>
        (await things.find({ g: 1 }, { session, ...options }).toArray()).map(({ n }) => n as unknown);
      const groups = await things
        .aggregate(
          [
            { $match: { n: { $gte: 90 } } },
            { $group: { _id: '$g', n: { $sum: 1 }, sum: { $sum: '$n' } } },
            { $sort: { _id: 1 } },
          ],
          { session },
        )
        .toArray();
      const result = [
        await numbers({ sort: { n: 1 }, batchSize: 7 }),
        await numbers({ sort: { n: -1 }, batchSize: 11, limit: 60 }),
        await numbers({ batchSize: 3 }),
        groups,
      ];
      await session.commitTransaction();
      return [result, await things.countDocuments({ g: 1 })];
    });
  },
  'commands that a transaction may not have': async (db) => {
    await filled(db, [{}]);
    const commands: Document[] = [
      { count: 'things' },
      { listCollections: 1 },
      { drop: 'things' },
      { dropIndexes: 'things', index: '*' },
      { collStats: 'things' },
    ];
    return each(commands, (command) => withSessions(db, 1, (session) => db.command(command, { session })));
  },
  'sessions and their numbers': async (db) => {
    await filled(db, [{}]);
    const commands: Document[] = [{ find: 'things', txnNumber: 5 }, { commitTransaction: 1 }, { abortTransaction: 1 }];
    const outcomes = await each(commands, async (command) => {
      const { ok } = await db.command(command);
      return ok as unknown;
    });
    return outcomes.map((one) => (one as { error?: Document }).error !== undefined);
  },
  'a transaction whose session ends is undone': async (db) => {
    const things = await filled(db, [{ n: 0 }]);
    await withSessions(db, 1, async (session) => {
      await things.updateOne({ _id: 0 }, { $set: { n: 9 } }, { session });
    });
    await things.updateOne({ _id: 0 }, { $inc: { n: 1 } });
    return all(things);
  },
  'errors in a transaction end it': async (db) => {
    const things = await filled(db, [{ n: 'text' }]);
    return withSessions(db, 1, async (session) => {
      await things.insertOne({ _id: 5 }, { session });
      const failed = await outcome(things.updateOne({ _id: 0 }, { $inc: { n: 1 } }, { session }));
      const next = await outcome(things.insertOne({ _id: 6 }, { session }));
      return [failed, next, await all(things)];
    });
  },
  'numbered writes are done once': async (db) => {
    const things = collection(db);
    await things.insertOne({ _id: 0, n: 0 });
    const session = db.client.startSession();
    // Far above what the session may have counted to before, and never used.
    const base = Date.now();
    const run = (command: Document, txn: number) =>
      outcome(
        db
          .command({ ...command, txnNumber: Long.fromNumber(base + txn) }, { session })
          .then(({ n, nModified, value, lastErrorObject, upserted, writeErrors }) => ({
            n: n as unknown,
            nModified: nModified as unknown,
            value: value as unknown,
            lastErrorObject: lastErrorObject as unknown,
            upserted: upserted as unknown,
            errors: (writeErrors as unknown[] | undefined)?.length,
          })),
      );
    const insert = { insert: 'things', documents: [{ _id: 1 }, { _id: 2 }] };
    const update = {
      update: 'things',
      updates: [
        { q: { _id: 0 }, u: { $inc: { n: 1 } } },
        { q: { _id: 7 }, u: { $set: { n: 7 } }, upsert: true },
      ],
    };
    const modify = { findAndModify: 'things', query: { _id: 0 }, update: { $inc: { n: 1 } }, new: true };
    const outcomes = [
      await run(insert, 1),
      await run(insert, 1),
      await run(update, 2),
      await run(update, 2),
      await run(modify, 3),
      await run(modify, 3),
      await run({ delete: 'things', deletes: [{ q: { _id: 1 }, limit: 1 }] }, 4),
      await run({ delete: 'things', deletes: [{ q: { _id: 1 }, limit: 1 }] }, 4),
      await run(update, 2),
      await run(insert, 5),
      await run(insert, 5),
      await all(things),
    ];
    // Its numbers are too high for others: the pool is not to keep it.
    session.serverSession.isDirty = true;
    await session.endSession();
    return outcomes;
  },
  'findAndModify that begins a transaction': async (db) => {
    const things = await filled(db, [{ n: 1 }, { n: 2 }]);
    const session = db.client.startSession();
    try {
      session.startTransaction(CONCERNS);
      const before = await things.findOneAndUpdate({ n: 1 }, { $set: { n: 10 } }, { session, returnDocument: 'before' });
      const nothing = await things.findOneAndUpdate({ n: 5 }, { $set: { n: 50 } }, { session, returnDocument: 'before' });
      const outside = await things.findOne({ _id: 0 });
      await session.commitTransaction();
      return [before, nothing, outside, await all(things)];
    } finally {
      await session.endSession();
    }
  },
};
