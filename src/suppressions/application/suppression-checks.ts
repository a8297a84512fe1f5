import { Injectable } from '@nestjs/common';
import { formsOf, identityOf } from '#libs/contact-methods';
import { Workspaces } from '../../auth';
import { addressesOf, type Lead, Leads } from '../../leads';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { type Holder, Judge } from '../domain/judge';
import { isOfThePerson, type Suppression } from '../domain/suppression';
import { Suppressions } from '../domain/suppressions.repository';

/** Whom a question is about: leads with all of their addresses, or addresses, whoever has them. */
export interface Asked {
  leads?: readonly Lead[];
  addresses?: readonly string[];
}

/** Who a suppression covers. */
export interface Covered {
  /** The leads that are the person. */
  leadIds: string[];
  /** The listed address and all others of these leads. */
  addresses: string[];
}

/**
 * Of an address that everybody has, such as a placeholder, so many holders are looked at besides those asked
 * about.
 */
const MAX_HOLDERS = 2_000;

/** Where nobody is listed. */
const clear = (addresses: readonly string[]): Judge =>
  new Judge({ suppressions: [], holders: [], holderCounts: new Map(), addresses, sharedAddressLeads: 0 });

/** Says who must not be written to. It reads the suppressions by one index, and writes nothing. */
@Injectable()
export class SuppressionChecks {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly leads: Leads,
    private readonly workspaces: Workspaces,
  ) {}

  /** A judge who knows all that there is to know of those asked about. */
  async judge(workspaceId: WorkspaceId, { leads = [], addresses = [] }: Asked, transaction?: Transaction): Promise<Judge> {
    const own = [...new Set([...leads.flatMap((lead) => addressesOf(lead)), ...addresses])];
    if (own.length === 0) return clear([]);
    const ofOwn = () => this.suppressions.among(workspaceId, own, transaction);
    const limit = MAX_HOLDERS + leads.length;
    const ofHolders = () => this.leads.holdersOf(workspaceId, own.flatMap(formsOf), limit, transaction);
    // Inside a transaction one command runs at a time.
    const [listed, found] = transaction ? [await ofOwn(), await ofHolders()] : await Promise.all([ofOwn(), ofHolders()]);
    const known = new Set(own);
    const asked = leads.map((lead): Holder => ({ id: lead.id, addresses: addressesOf(lead) }));
    // As they stand in the store, where they have been changed meanwhile.
    const holders = [...new Map([...asked, ...found].map((holder) => [holder.id, holder])).values()];
    const others = holders.flatMap((holder) => holder.addresses).filter((address) => !known.has(address));
    const more = others.length > 0 ? await this.suppressions.among(workspaceId, others, transaction) : [];
    const suppressions = [...listed, ...more];
    const all = [...own, ...others];
    if (suppressions.length === 0) return clear(all);
    const sharedAddressLeads = await this.sharedAddressLeads(workspaceId);
    const holderCounts = await this.holderCounts(workspaceId, { suppressions, sharedAddressLeads }, transaction);
    return new Judge({ suppressions, holders, holderCounts, addresses: all, sharedAddressLeads });
  }

  /** Is any of the addresses listed by now, on whatever channel? One read, by an index. */
  async isAnyListed(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<boolean> {
    return (await this.suppressions.among(workspaceId, addresses)).length > 0;
  }

  /** Whom a suppression covers now: for what waits for them. Of one that counts for itself alone, nobody. */
  async covered(suppression: Suppression, transaction: Transaction): Promise<Covered> {
    const { workspaceId, address, leadIds } = suppression;
    // An address that is bad for itself leaves the person's others: the gates pass over it.
    if (address === null || !isOfThePerson(suppression)) return { leadIds: [], addresses: [] };
    const forms = formsOf(address);
    const shared = await this.sharedAddressLeads(workspaceId);
    const isShared = (await this.leads.countHolders(workspaceId, forms, shared + 1, transaction)) > shared;
    const persons: Holder[] = isShared
      ? (await this.leads.findMany(workspaceId, leadIds, transaction)).map((lead) => ({
          id: lead.id,
          addresses: addressesOf(lead),
        }))
      : await this.leads.holdersOf(workspaceId, forms, shared, transaction);
    return {
      leadIds: [...new Set([...persons.map(({ id }) => id), ...leadIds])],
      addresses: [...new Set([...forms, ...persons.flatMap((person) => person.addresses)])],
    };
  }

  private async sharedAddressLeads(workspaceId: WorkspaceId): Promise<number> {
    return (await this.workspaces.find(workspaceId))?.sharedAddressLeads ?? 0;
  }

  /** How many leads hold each listed address; counting stops where it is clear that many do. */
  private async holderCounts(
    workspaceId: WorkspaceId,
    { suppressions, sharedAddressLeads }: { suppressions: readonly Suppression[]; sharedAddressLeads: number },
    transaction?: Transaction,
  ): Promise<Map<string, number>> {
    const listed = suppressions.filter(isOfThePerson).map(({ address }) => identityOf(address!));
    const counts = new Map<string, number>();
    for (const identity of new Set(listed)) {
      const count = await this.leads.countHolders(workspaceId, formsOf(identity), sharedAddressLeads + 1, transaction);
      counts.set(identity, count);
    }
    return counts;
  }
}
