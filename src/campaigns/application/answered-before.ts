import { Injectable } from '@nestjs/common';
import { addressesOf, EMAIL_FIELDS, type Lead, type LeadContacts, Leads, PHONE_FIELDS } from '../../leads';
import type { Transaction } from '../../platform/mongo';
import { Answers, SHARED_ADDRESS_LEADS } from '../domain/answers';
import type { Campaign } from '../domain/campaign';

/** What a campaign knows of a lead that, or whose address, has answered in it. */
export interface AnsweredBefore {
  /** The person has answered: nothing more is begun. */
  isPerson: boolean;
  /** Addresses that have answered and that many share: they alone are left out. */
  addresses: string[];
}

type Named = Pick<Campaign, 'id' | 'workspaceId'>;

const CONTACTS = [...PHONE_FIELDS, ...EMAIL_FIELDS];
const NEVER: AnsweredBefore = { isPerson: false, addresses: [] };

/**
 * Has the person answered in the campaign, be it as another lead, deleted and added again? An address that
 * more than three leads hold says nothing of any one of them.
 */
@Injectable()
export class AnsweredBeforeService {
  constructor(
    private readonly answers: Answers,
    private readonly leads: Leads,
  ) {}

  async of(campaign: Named, lead: Lead): Promise<AnsweredBefore> {
    return (await this.ofMany(campaign, [lead])).get(lead.id) ?? NEVER;
  }

  /** By lead id; those of whom nothing is known are left out. */
  async ofMany(campaign: Named, leads: readonly LeadContacts[], transaction?: Transaction): Promise<Map<string, AnsweredBefore>> {
    const addressesByLead = new Map(leads.map((lead) => [lead.id, addressesOf(lead, CONTACTS)]));
    const all = [...new Set([...addressesByLead.values()].flat())];
    const answered = await this.answers.among(campaign, all, transaction);
    if (answered.size === 0) return new Map();
    const shared = await this.sharedAmong(campaign, [...answered], transaction);
    return new Map(
      [...addressesByLead].flatMap(([leadId, addresses]) => {
        const own = addresses.filter((address) => answered.has(address));
        if (own.length === 0) return [];
        return [[leadId, { isPerson: own.some((address) => !shared.has(address)), addresses: own }] as const];
      }),
    );
  }

  private async sharedAmong(campaign: Named, addresses: readonly string[], transaction?: Transaction): Promise<Set<string>> {
    const holders = await this.leads.findByAddress(campaign.workspaceId, addresses, transaction);
    const counts = new Map<string, number>();
    for (const lead of holders) {
      for (const address of addressesOf(lead, CONTACTS)) counts.set(address, (counts.get(address) ?? 0) + 1);
    }
    return new Set(addresses.filter((address) => (counts.get(address) ?? 0) > SHARED_ADDRESS_LEADS));
  }
}
