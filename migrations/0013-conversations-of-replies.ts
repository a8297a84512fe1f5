import { createHash } from 'node:crypto';
import { type AnyBulkWriteOperation, type Db, type Document, ObjectId } from 'mongodb';
import type { Migration, MigrationContext } from '../src/platform/migrations';

const BATCH_SIZE = 1_000;
const MAX_KEYS = 20;
const LACKING = { conversation: { $exists: false } };

/** What is known of a person: as what they wrote, and what of it was the last. */
interface Known {
  conversation: ObjectId;
  /** All of them, the latest first; so many are kept. */
  of: Set<string>;
  last: ObjectId;
  assignedTo: string | null;
  unread: number;
  /** The replies that have the place of the last one by now. */
  placed: Set<string>;
}

/**
 * Puts replies that were taken in before into conversations, one for each person, all of it read. What comes
 * in meanwhile has its own place, and is found by it.
 */
export const conversationsOfReplies: Migration = {
  id: '0013-conversations-of-replies',

  async plan(db) {
    const count = await repliesOf(db).countDocuments(LACKING);
    return count > 0 ? [`${count.toLocaleString('en-US')} replies are put into conversations.`] : [];
  },

  async run({ db, goOn }: MigrationContext) {
    // As it is declared: without it, each batch would look through all replies.
    const indexed = { unique: true, partialFilterExpression: { 'inbox.of': { $gt: '' } } };
    await repliesOf(db).createIndex({ workspaceId: 1, 'inbox.of': 1 }, indexed);
    let after: ObjectId | null = null;
    for (;;) {
      const filter: Document = after ? { ...LACKING, _id: { $gt: after } } : LACKING;
      const batch: Document[] = await repliesOf(db)
        .find(filter, {
          projection: { workspaceId: 1, personId: 1, leadIds: 1, address: 1 },
          sort: { _id: 1 },
          limit: BATCH_SIZE,
        })
        .toArray();
      if (batch.length === 0) return;
      goOn();
      const writes = await writesFor(db, batch);
      await repliesOf(db).bulkWrite(writes, { ordered: true });
      after = batch.at(-1)!._id as ObjectId;
    }
  },
};

async function writesFor(db: Db, batch: readonly Document[]): Promise<AnyBulkWriteOperation[]> {
  const known = await knownBy(db, batch);
  const changed = new Set<Known>();
  const own = new Map<string, ObjectId>();
  for (const reply of batch) {
    const id = reply._id as ObjectId;
    const keys = keysOf(reply);
    const people = [...new Set(keys.flatMap((key) => known.get(key) ?? []))];
    const person = joined(people, { id, keys });
    for (const other of people) changed.delete(other);
    for (const key of person.of) known.set(key, person);
    own.set(id.toHexString(), person.conversation);
    // Nothing is left of somebody who was erased.
    if (keys.length > 0) changed.add(person);
  }
  return [...freed(changed), ...placedIn(batch, own, changed)];
}

/** Of several that turn out to be one person, the latest conversation goes on. */
function joined(people: readonly Known[], { id, keys }: { id: ObjectId; keys: readonly string[] }): Known {
  const byLast = [...people].sort((a, b) => (a.last.toHexString() < b.last.toHexString() ? 1 : -1));
  const [latest] = byLast;
  const isLater = !latest || id.toHexString() > latest.last.toHexString();
  return {
    conversation: latest?.conversation ?? id,
    of: new Set([...keys, ...byLast.flatMap((one) => [...one.of])]),
    last: isLater ? id : latest.last,
    assignedTo: byLast.find((one) => one.assignedTo !== null)?.assignedTo ?? null,
    unread: byLast.reduce((sum, one) => sum + one.unread, 0),
    placed: new Set(byLast.flatMap((one) => [...one.placed])),
  };
}

async function knownBy(db: Db, batch: readonly Document[]): Promise<Map<string, Known>> {
  const workspaceId = { $in: [...new Set(batch.map((reply) => reply.workspaceId as string))] };
  const found = await repliesOf(db)
    .find({ workspaceId, 'inbox.of': { $in: [...new Set(batch.flatMap(keysOf))], $gt: '' } })
    .toArray();
  const people = found.map(({ _id, conversation, inbox }): Known => {
    const { of, assignedTo, unread } = inbox as { of: string[]; assignedTo: string | null; unread: number };
    const last = _id;
    return {
      conversation: conversation as ObjectId,
      of: new Set(of),
      last,
      assignedTo,
      unread,
      placed: new Set([last.toHexString()]),
    };
  });
  return new Map(people.flatMap((person) => [...person.of].map((key) => [key, person] as const)));
}

/** First, since no two may be known by the same. */
const freed = (changed: ReadonlySet<Known>): AnyBulkWriteOperation[] =>
  [...changed].flatMap(({ placed, last }) =>
    [...placed]
      .filter((id) => id !== last.toHexString())
      .map((id) => ({ updateOne: { filter: { _id: new ObjectId(id) }, update: { $unset: { inbox: '' } } } })),
  );

function placedIn(
  batch: readonly Document[],
  own: ReadonlyMap<string, ObjectId>,
  changed: ReadonlySet<Known>,
): AnyBulkWriteOperation[] {
  const inboxes = new Map([...changed].map((person) => [person.last.toHexString(), inboxOf(person)]));
  const inBatch = new Set(batch.map(({ _id }) => (_id as ObjectId).toHexString()));
  const ofBatch = batch.map(({ _id }) => {
    const id = (_id as ObjectId).toHexString();
    const inbox = inboxes.get(id);
    return {
      updateOne: { filter: { _id: _id as ObjectId }, update: { $set: { conversation: own.get(id), ...(inbox && { inbox }) } } },
    };
  });
  const others = [...changed].filter(({ last }) => !inBatch.has(last.toHexString()));
  return [
    ...ofBatch,
    ...others.map((person) => ({ updateOne: { filter: { _id: person.last }, update: { $set: { inbox: inboxOf(person) } } } })),
  ];
}

const inboxOf = ({ of, unread, assignedTo }: Known) => ({
  of: [...of].slice(0, MAX_KEYS),
  isLast: true,
  unread,
  isUnread: unread > 0,
  assignedTo,
});

/** As the replies of later versions are known by: the lead and the address, as digests. */
function keysOf({ workspaceId, personId, leadIds, address }: Document): string[] {
  if (!address) return [];
  const lead = (personId ?? (leadIds as ObjectId[] | undefined)?.[0]) as ObjectId | undefined;
  const names = [...(lead ? [`lead ${lead.toHexString()}`] : []), `address ${address as string}`];
  return names.map((name) =>
    createHash('sha256')
      .update(`${workspaceId as string} ${name}`)
      .digest('base64url')
      .slice(0, 22),
  );
}

const repliesOf = (db: Db) => db.collection<Document>('replies');
