import { addressesOf, type Lead } from '../../leads/domain';
import type { Fact } from './facts';

/** Of a lead that is new, or whose fields were changed. @param document the lead as callers see it */
export function leadFact(event: 'lead.created' | 'lead.updated', lead: Lead, document: object): Fact {
  // Two changes of a lead are never of the same millisecond and the same fields.
  const at = event === 'lead.created' ? lead.createdAt : lead.updatedAt;
  const suffix = event === 'lead.created' ? 'created' : `updated_${at.getTime()}`;
  return {
    id: `evt_${lead.id}_${suffix}`,
    event,
    at,
    about: { leadIds: [lead.id], addresses: addressesOf(lead) },
    of: {},
    fields: () => ({ leadId: lead.id, listId: lead.listId, lead: document }),
  };
}

/** Of a lead that is gone: nothing but its id. */
export const leadDeletedFact = (leadId: string, at: Date): Fact => ({
  id: `evt_${leadId}_deleted`,
  event: 'lead.deleted',
  at,
  about: { leadIds: [leadId], addresses: [] },
  of: {},
  fields: () => ({ leadId }),
});
