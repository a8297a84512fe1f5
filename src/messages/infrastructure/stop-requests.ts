import type { Collection, Filter } from 'mongodb';
import type { WorkspaceId } from '../../platform/ids';
import { type Transaction, within } from '../../platform/mongo';
import { type CancelReason, isAboutThePerson } from '../domain/message';
import type { StopScope } from '../domain/messages.repository';
import type { MessageDocument } from './message.schema';
import { scopeQuery } from './scope-query';

interface Stopped {
  messages: Collection<MessageDocument>;
  workspaceId: WorkspaceId;
  scope: StopScope;
}

/**
 * What is being handed over cannot be stopped any more, and what was sent may turn out not to be: neither
 * shall be sent again. Callers are not shown that it was asked for.
 */
export async function requestStop(
  { messages, workspaceId, scope }: Stopped,
  reason: CancelReason,
  transaction: Transaction,
): Promise<void> {
  if ('claimedOf' in scope || !isAboutThePerson(reason)) return;
  const { filter, hint } = scopeQuery(scope);
  // A campaign may have sent a hundred thousand: those find it archived if they come back.
  const statuses = 'campaignId' in scope || 'messageId' in scope ? ['sending'] : ['sending', 'sent'];
  const query = { workspaceId, ...filter, status: { $in: statuses }, stopRequested: null } as Filter<MessageDocument>;
  await messages.updateMany(query, { $set: { stopRequested: reason } }, { ...(hint && { hint }), ...within(transaction) });
}
