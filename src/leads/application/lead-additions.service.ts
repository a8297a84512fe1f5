import { Injectable } from '@nestjs/common';
import { DEFAULT_COUNTRY_CODE } from '#libs/contact-methods';
import { Clock } from '../../platform/clock';
import { type CrmIds, crmIdsOf } from '../../platform/crm-ids';
import type { Transaction } from '../../platform/mongo';
import { addressesOf, type Contacts, EMAIL_FIELDS, type Lead, PHONE_FIELDS } from '../domain/lead';
import { type ContactTexts, orderContacts } from '../domain/lead-input';
import { isSameLead } from '../domain/lead-update';
import { Leads } from '../domain/leads.repository';
import { withAlternates } from '../domain/with-alternates';

/** What a call says besides of a lead that is there. */
type LeadAdditions = ContactTexts & Partial<CrmIds>;

/** Learns further addresses of leads that are there, and what CRMs call them. */
@Injectable()
export class LeadAdditionsService {
  constructor(
    private readonly leads: Leads,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps addresses that the lead does not have in its free alternates, and ids of CRMs where it has none, in
   * a transaction of the caller's.
   */
  async addWithin(lead: Lead, additions: LeadAdditions, transaction: Transaction): Promise<Lead> {
    const { contacts } = orderContacts(additions, DEFAULT_COUNTRY_CODE);
    const now = this.clock.now();
    const reached = withAlternates(lead, contacts, await this.takenOf(lead, contacts, transaction), now);
    const linked = { ...reached, ...crmIdsOf(lead, additions) };
    const changed = isSameLead(reached, linked) ? reached : { ...linked, updatedAt: now };
    if (changed !== lead) await this.leads.saveMany(lead.workspaceId, [changed], transaction);
    return changed;
  }

  /** Those that are the primary addresses of others in the lead's lists, where it has none itself. */
  private async takenOf(lead: Lead, contacts: Contacts, transaction: Transaction): Promise<Set<string>> {
    const phones = lead.phone === null ? addressesOf(contacts, PHONE_FIELDS) : [];
    const emails = lead.email === null ? addressesOf(contacts, EMAIL_FIELDS) : [];
    const identities = [
      ...phones.map((phone) => ({ externalId: null, phone, email: null })),
      ...emails.map((email) => ({ externalId: null, phone: null, email })),
    ];
    const holders: Lead[] = [];
    for (const listId of identities.length > 0 ? lead.listIds : [])
      holders.push(...(await this.leads.findDuplicates(lead.workspaceId, listId, identities, transaction)));
    return new Set(holders.flatMap(({ phone, email }) => [phone, email]).filter((address) => address !== null));
  }
}
