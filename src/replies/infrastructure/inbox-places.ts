import type { ObjectId } from 'bson';
import type { Collection, Filter } from 'mongodb';
import { objectId, type Transaction, within } from '../../platform/mongo';
import { conversationKeys, MAX_KEYS } from '../domain/conversation';
import type { Reply } from '../domain/reply';
import type { InboxPlace, ReplyDocument } from './reply.schema';

/** Where a reply stands among those of its person. */
export interface Placed {
  conversation: ObjectId;
  inbox: InboxPlace;
}

/**
 * A new reply takes the place of the one before it of the same person, in the transaction that keeps it.
 * Whoever turns out to be the same as another goes on with the latest of the conversations.
 */
export async function placeInInbox(replies: Collection<ReplyDocument>, reply: Reply, transaction: Transaction): Promise<Placed> {
  const keys = conversationKeys(reply);
  const query = { workspaceId: reply.workspaceId, 'inbox.of': { $in: keys, $gt: '' } } as Filter<ReplyDocument>;
  const before = await replies.find(query, { sort: { _id: -1 }, ...within(transaction) }).toArray();
  if (before.length > 0) {
    const ids = { _id: { $in: before.map(({ _id }) => _id) }, workspaceId: reply.workspaceId };
    await replies.updateMany(ids, { $unset: { inbox: '' } }, within(transaction));
  }
  return placedBehind(reply, before);
}

/** @param before what the person wrote last, in each conversation; the latest first */
function placedBehind(
  reply: Pick<Reply, 'id'> & Parameters<typeof conversationKeys>[0],
  before: readonly Partial<Placed>[],
): Placed {
  const [latest] = before;
  const known = before.flatMap(({ inbox }) => inbox?.of ?? []);
  const unread = before.reduce((sum, { inbox }) => sum + (inbox?.unread ?? 0), 0) + 1;
  return {
    conversation: latest?.conversation ?? objectId(reply.id),
    inbox: {
      of: [...new Set([...conversationKeys(reply), ...known])].slice(0, MAX_KEYS),
      isLast: true,
      unread,
      isUnread: true,
      assignedTo: before.find(({ inbox }) => inbox?.assignedTo)?.inbox?.assignedTo ?? null,
    },
  };
}
