import { crmIdsOf } from '../../platform/crm-ids';
import { workspaceId } from '../../platform/ids';
import { hex, objectId, objectIds } from '../../platform/mongo';
import { addressesOf, type Lead } from '../domain/lead';
import { searchTokens } from '../domain/search/tokens';
import type { LeadDocument } from './lead.schema';

export function toDocument({ id, listId, listIds, customFields, ...lead }: Lead): LeadDocument {
  return {
    _id: objectId(id),
    // Comes first, since searches read it in many documents.
    search: searchTokens(lead),
    ...lead,
    listId: objectId(listId),
    listIds: objectIds(listIds),
    customFields: Object.entries(customFields).map(([k, v]) => ({ k, v })),
    addresses: addressesOf(lead),
  };
}

export function toLead({
  _id,
  workspaceId: workspace,
  listId,
  listIds,
  customFields,
  addresses: _addresses,
  search: _search,
  ...document
}: LeadDocument): Lead {
  return {
    id: hex(_id),
    ...document,
    // Leads of the version before have none.
    ...crmIdsOf(document),
    workspaceId: workspaceId(workspace),
    listId: hex(listId),
    listIds: listIds.map(hex),
    customFields: Object.fromEntries(customFields.map(({ k, v }) => [k, v])),
  };
}
