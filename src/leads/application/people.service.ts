import { Injectable } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import type { WorkspaceId } from '../../platform/ids';
import { addressesOf, type Lead } from '../domain/lead';
import { Leads } from '../domain/leads.repository';
import { type Person, PersonalData } from '../domain/personal-data';

/** A shorter text may stand anywhere by chance. */
const MIN_MARK_LENGTH = 6;
/** So many holders of an address are looked at; of more, it is shared in any case. */
const MAX_HOLDERS = 100;

/** Finds out who a lead is: under which addresses the modules know it, and who shares them. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly leads: Leads,
    private readonly personalData: PersonalData,
  ) {}

  /** @param lead `null` where it was deleted before: what is known of it besides is left */
  async of(workspaceId: WorkspaceId, leadId: string, lead: Lead | null): Promise<Person> {
    const known = [...(lead ? addressesOf(lead) : []), ...(await this.knownTo(workspaceId, leadId))];
    const addresses = [...new Set(known.flatMap(formsOf))];
    const given = lead ? [...Object.values(lead.original), lead.externalId, lead.linkedinUrl] : [];
    const marks = [...new Set(given.flatMap((text) => text?.trim() || []))].filter(({ length }) => length >= MIN_MARK_LENGTH);
    return this.asHeldNow({ workspaceId, leadId, addresses, own: addresses, marks });
  }

  /** Does a module know a lead of that id, which may have been deleted? */
  async isKnown(workspaceId: WorkspaceId, leadId: string): Promise<boolean> {
    return (await this.knownTo(workspaceId, leadId)).length > 0;
  }

  /** Without what another lead holds by now as its own: the person may be there again. */
  async asHeldNow(person: Person): Promise<Person> {
    const { workspaceId, leadId } = person;
    const own: string[] = [];
    for (const address of person.own) {
      const holders = await this.leads.holdersOf(workspaceId, formsOf(address), MAX_HOLDERS);
      if (holders.every(({ id }) => id === leadId)) own.push(address);
    }
    return { ...person, own };
  }

  private async knownTo(workspaceId: WorkspaceId, leadId: string): Promise<string[]> {
    const known: string[] = [];
    for (const data of this.personalData.modules.values()) {
      known.push(...((await data.addressesOf?.(workspaceId, leadId)) ?? []));
    }
    return known.filter((address) => address !== '');
  }
}
