import { Injectable } from '@nestjs/common';
import { formsOf, identityOf } from '#libs/contact-methods';
import { Workspaces } from '../../auth';
import { addressesOf, type Lead, type LeadContacts, Leads } from '../../leads';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { type Holder, Judge } from '../domain/judge';
import { isOfThePerson, type Suppression } from '../domain/suppression';
import { Suppressions } from '../domain/suppressions.repository';

/** Whom a question is about: leads with all of their addresses, or addresses, whoever has them. */
export interface Asked {
  leads?: readonly LeadContacts[];
  addresses?: readonly string[];
  /** Leads that are about to be saved, and of which the store does not know yet. */
  unsaved?: readonly Lead[];
}

const holderOf = (lead: LeadContacts): Holder => ({ id: lead.id, addresses: addressesOf(lead) });

/** Who suppressions cover. */
export interface Covered {
  /** The leads that are the person. */
  leadIds: string[];
  /** The listed addresses and all others of these leads. */
  addresses: string[];
}

/**
 * Of an address that everybody has, such as a placeholder, so many holders are looked at besides those asked
 * about.
 */
const MAX_HOLDERS = 2_000;
/** Of those that many leads have, so many for each lead. */
const HOLDERS_EACH = 4;

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
  async judge(
    workspaceId: WorkspaceId,
    { leads = [], addresses = [], unsaved = [] }: Asked,
    transaction?: Transaction,
  ): Promise<Judge> {
    const own = [...new Set([...leads.flatMap((lead) => addressesOf(lead)), ...addresses])];
    if (own.length === 0) return clear([]);
    const ofOwn = () => this.suppressions.among(workspaceId, own, transaction);
    const limit = Math.max(MAX_HOLDERS, HOLDERS_EACH * leads.length) + leads.length;
    const ofHolders = () => this.leads.holdersOf(workspaceId, own.flatMap(formsOf), limit, transaction);
    // Inside a transaction one command runs at a time.
    const [listed, found] = transaction ? [await ofOwn(), await ofHolders()] : await Promise.all([ofOwn(), ofHolders()]);
    const known = new Set(own);
    const asked = leads.map(holderOf);
    const identities = new Set(unsaved.length > 0 ? own.map(identityOf) : []);
    const beside = unsaved.map(holderOf).filter((holder) => holder.addresses.some((one) => identities.has(identityOf(one))));
    // As they stand in the store, where they have been changed meanwhile.
    const holders = [...new Map([...beside, ...asked, ...found].map((holder) => [holder.id, holder])).values()];
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

  /** Whom suppressions cover now: for what waits. Of those that count for themselves alone, nobody. */
  async covered(workspaceId: WorkspaceId, suppressions: readonly Suppression[], transaction: Transaction): Promise<Covered> {
    // An address that is bad for itself leaves the person's others: the gates pass over it.
    // What waited for somebody who was erased is over.
    const persons = suppressions.filter((one) => isOfThePerson(one) && one.address !== null);
    if (persons.length === 0) return { leadIds: [], addresses: [] };
    const shared = await this.sharedAddressLeads(workspaceId);
    const who = await this.holdersOfEach(workspaceId, persons, shared, transaction);
    if (!who) return this.coveredOneByOne(workspaceId, persons, transaction);
    const isShared = (one: { holders: Holder[] }) => one.holders.length > shared;
    const answered = who.filter(isShared).flatMap(({ leadIds }) => leadIds);
    const found = answered.length > 0 ? await this.leads.findMany(workspaceId, answered, transaction) : [];
    const people: Holder[] = [...who.filter((one) => !isShared(one)).flatMap((one) => one.holders), ...found.map(holderOf)];
    const forms = persons.flatMap(({ address }) => formsOf(address!));
    return {
      leadIds: [...new Set([...people.map(({ id }) => id), ...who.flatMap(({ leadIds }) => leadIds)])],
      addresses: [...new Set([...forms, ...people.flatMap(({ addresses }) => addresses)])],
    };
  }

  /** The leads that each of them covers, by its id: what `covered` says of each alone. */
  async leadsOfEach(
    workspaceId: WorkspaceId,
    suppressions: readonly Suppression[],
    transaction: Transaction,
  ): Promise<Map<string, string[]>> {
    const persons = suppressions.filter((one) => isOfThePerson(one) && one.address !== null);
    if (persons.length === 0) return new Map();
    const shared = await this.sharedAddressLeads(workspaceId);
    const who = await this.holdersOfEach(workspaceId, persons, shared, transaction);
    const each = new Map<string, string[]>();
    for (const [index, suppression] of persons.entries()) {
      const { leadIds, holders } = who?.[index] ?? {
        leadIds: (await this.covered(workspaceId, [suppression], transaction)).leadIds,
        holders: [],
      };
      const people = holders.length > shared ? [] : holders.map(({ id }) => id);
      each.set(suppression.id, [...new Set([...people, ...leadIds])]);
    }
    return each;
  }

  /**
   * Who holds the address of each, and the leads that each names itself.
   * @returns `null` where addresses with many holders may hide those of others
   */
  private async holdersOfEach(
    workspaceId: WorkspaceId,
    persons: readonly Suppression[],
    shared: number,
    transaction: Transaction,
  ): Promise<{ leadIds: string[]; holders: Holder[] }[] | null> {
    const forms = persons.flatMap(({ address }) => formsOf(address!));
    // With one holder more it is clear that an address is shared; among several, it may hide others' holders.
    const limit = persons.length * (shared + 1);
    const holders = await this.leads.holdersOf(workspaceId, forms, limit, transaction);
    if (holders.length === limit && persons.length > 1) return null;
    const ofIdentity = new Map<string, Holder[]>();
    for (const holder of holders) {
      for (const identity of new Set(holder.addresses.map(identityOf))) {
        ofIdentity.set(identity, [...(ofIdentity.get(identity) ?? []), holder]);
      }
    }
    return persons.map(({ address, leadIds }) => ({ leadIds, holders: ofIdentity.get(identityOf(address!)) ?? [] }));
  }

  private async coveredOneByOne(
    workspaceId: WorkspaceId,
    suppressions: readonly Suppression[],
    transaction: Transaction,
  ): Promise<Covered> {
    const covered: Covered = { leadIds: [], addresses: [] };
    for (const suppression of suppressions) {
      const { leadIds, addresses } = await this.covered(workspaceId, [suppression], transaction);
      covered.leadIds.push(...leadIds);
      covered.addresses.push(...addresses);
    }
    return { leadIds: [...new Set(covered.leadIds)], addresses: [...new Set(covered.addresses)] };
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
