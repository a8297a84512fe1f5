import type { Db, Document } from 'mongodb';
import type { Migration } from '../src/platform/migrations';
import { complete, type Completion, planOf } from './complete-fields';

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
  const seen = await replies
    .aggregate<{ _id: unknown; first: unknown; key: string }>([
      { $match: { key: { $exists: false } } },
      { $sort: { _id: 1 } },
      {
        $group: {
          _id: { workspaceId: '$workspaceId', channel: '$channel', externalId: '$externalId' },
          first: { $first: '$_id' },
        },
      },
    ])
    .toArray();
  for (const { _id, first } of seen as unknown as { _id: { channel: string; externalId: string }; first: unknown }[]) {
    goOn();
    const key = `${_id.channel}:${_id.externalId}`;
    await replies.updateOne({ _id: first as never, key: { $exists: false } }, { $set: { key } });
  }
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
