import type { AnyBulkWriteOperation, Db, Document, ObjectId } from 'mongodb';
import type { Migration } from '../src/platform/migrations';
import { complete, type Completion, planOf } from './complete-fields';

const BATCH_SIZE = 1_000;

/**
 * What messages, campaigns and enrollments lacked before outages cost them nothing and unknown steps held the
 * next.
 */
const COMPLETIONS: readonly Completion[] = [
  {
    collection: 'messages',
    fields: { held: null, troubles: 0, preferredAddress: null, repliesUnread: false, askedSince: null, withoutText: false },
  },
  { collection: 'campaigns', fields: { 'settings.afterUnknown': 'hold' } },
  { collection: 'enrollments', fields: { heldBy: null } },
];

/**
 * A reply that several lines told of is one from now on; of those that were kept twice, the first gets the
 * key. Bridges tell of old messages again when they start.
 */
async function keyReplies(db: Db, goOn: () => void): Promise<void> {
  const replies = db.collection<Document>('replies');
  const firsts = replies.aggregate<{ _id: { channel: string; externalId: string }; first: ObjectId }>([
    { $match: { key: { $exists: false } } },
    { $sort: { _id: 1 } },
    {
      $group: {
        _id: { workspaceId: '$workspaceId', channel: '$channel', externalId: '$externalId' },
        first: { $first: '$_id' },
      },
    },
  ]);
  let writes: AnyBulkWriteOperation[] = [];
  const write = async () => {
    goOn();
    if (writes.length > 0) await replies.bulkWrite(writes, { ordered: false });
    writes = [];
  };
  for await (const { _id, first } of firsts) {
    const update = { $set: { key: `${_id.channel}:${_id.externalId}` } };
    writes.push({ updateOne: { filter: { _id: first, key: { $exists: false } }, update } });
    if (writes.length === BATCH_SIZE) await write();
  }
  await write();
}

export const bridgeAsItIs: Migration = {
  id: '0007-bridge-as-it-is',

  async plan(db) {
    const plans = await Promise.all(COMPLETIONS.map((completion) => planOf(db, completion)));
    const replies = await db.collection('replies').countDocuments({ key: { $exists: false } });
    return [...plans.flat(), ...(replies > 0 ? [`${replies.toLocaleString('en-US')} replies get a key.`] : [])];
  },

  async run(context) {
    for (const completion of COMPLETIONS) await complete(context, completion);
    await keyReplies(context.db, context.goOn);
  },
};
