import type { Suppression } from '../../suppressions/domain';
import type { Fact } from './facts';

/**
 * Of somebody who must not be written to any more.
 * @param leadIds the leads that are the person
 * @param document the suppression as callers see it
 */
export const optedOutFact = (suppression: Suppression, leadIds: readonly string[], document: object): Fact =>
  consentFact(`evt_${suppression.id}_opted_out`, 'contact.opted_out', suppression.createdAt, { suppression, leadIds, document });

/** Of somebody who may be written to again: what was in the way is lifted. Parameters as above. */
export const optedInFact = (suppression: Suppression, at: Date, leadIds: readonly string[], document: object): Fact =>
  consentFact(`evt_${suppression.id}_opted_in`, 'contact.opted_in', at, { suppression, leadIds, document });

interface About {
  suppression: Suppression;
  leadIds: readonly string[];
  document: object;
}

function consentFact(id: string, event: Fact['event'], at: Date, { suppression, leadIds, document }: About): Fact {
  const { address, domain, channel, reason, source } = suppression;
  const about = { leadIds, addresses: address === null ? [] : [address] };
  const fields = () => ({ address, domain, channel, reason, source, leadIds, suppression: document });
  return { id, event, at, about, of: {}, fields };
}
