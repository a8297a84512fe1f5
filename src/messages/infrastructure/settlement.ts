import type { Filter } from 'mongodb';
import type { Settlement } from '../domain/messages.repository';
import { toDocument } from './message.mapper';
import type { MessageDocument } from './message.schema';

/** Under the token, or without one: nobody has claimed the message. */
export type Settled = Omit<Settlement, 'token'> & { token: string | null };

/** Writes the message as it is now, if it is still what it was. */
export function settlementWrite({ message, was: { status, stopRequested }, token }: Settled) {
  // An edit may have moved its step since it was read; the edit alone says where that stands.
  const { _id, stepIndex: _, ...fields } = toDocument(message);
  const filter = {
    _id,
    workspaceId: message.workspaceId,
    status,
    stopRequested,
    ...(token !== null && { 'claim.token': token }),
  } as Filter<MessageDocument>;
  return { updateOne: { filter, update: { $set: fields } } };
}
