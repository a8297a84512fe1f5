import type { Collection, Filter } from 'mongodb';
import type { ChangeTimes } from '../../platform/changes';
import type { WorkspaceId } from '../../platform/ids';
import { objectId, objectIds, pageById } from '../../platform/mongo';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { Message } from '../domain/message';
import type { MessageFilter } from '../domain/messages.repository';
import { toMessage } from './message.mapper';
import type { MessageDocument } from './message.schema';

/** A page of messages, newest first; of those that changed, in the order of their changes. */
export function listed(
  { messages: collection, changeTimes }: { messages: Collection<MessageDocument>; changeTimes: ChangeTimes },
  { workspaceId, filter }: { workspaceId: WorkspaceId; filter: MessageFilter },
  pageRequest: PageRequest,
): Promise<PageOfChanges<Message>> {
  const query = queryOf(workspaceId, filter);
  if (filter.updatedSince && 'cursor' in pageRequest) {
    const source = { collection, owner: { workspaceId }, query, field: 'changedAt', toItem: toMessage } as const;
    return changeTimes.page(workspaceId, { source, deleted: null }, pageRequest);
  }
  return pageById({ collection, filter: query, order: 'newest-first', toItem: toMessage }, pageRequest);
}

function queryOf(workspaceId: WorkspaceId, filter: MessageFilter): Filter<MessageDocument> {
  const { statuses, leadIds, campaignId, lineId, batchId, code, updatedSince } = filter;
  return {
    workspaceId,
    ...(statuses && { status: statuses.length === 1 ? statuses[0] : { $in: [...statuses] } }),
    ...(leadIds && { leadId: leadIds.length === 1 ? objectId(leadIds[0]!) : { $in: objectIds(leadIds) } }),
    ...(campaignId && { campaignId: objectId(campaignId) }),
    ...(lineId && { lineId: objectId(lineId) }),
    ...(batchId && { batchId }),
    ...(code && { code }),
    ...(updatedSince && { changedAt: { $gte: updatedSince } }),
  };
}
