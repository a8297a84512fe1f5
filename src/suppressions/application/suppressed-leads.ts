import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formsOf, identityOf } from '#libs/contact-methods';
import { Workspaces } from '../../auth';
import { LeadMarks, Leads } from '../../leads';
import type { WorkspaceId } from '../../platform/ids';
import { KeyedHashes } from '../../platform/keyed-hashes';
import type { Page } from '../../platform/paging';
import { type Holder, Judge } from '../domain/judge';
import type { Suppression } from '../domain/suppression';
import { Suppressions } from '../domain/suppressions.repository';

const BATCH_SIZE = 500;

/** Finds the leads of the filter `suppressed`: those that any suppression covers, as one lead shows them. */
@Injectable()
export class SuppressedLeads implements OnModuleInit {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly leads: Leads,
    private readonly workspaces: Workspaces,
    private readonly leadMarks: LeadMarks,
    private readonly keyedHashes: KeyedHashes,
  ) {}

  onModuleInit(): void {
    this.leadMarks.register('suppressed', (workspaceId, limit) => this.idsOf(workspaceId, limit));
  }

  /**
   * Goes through the suppressions, of which there are far fewer than leads as a rule.
   * @returns at most `limit` ids
   */
  async idsOf(workspaceId: WorkspaceId, limit: number): Promise<string[]> {
    const sharedAddressLeads = (await this.workspaces.find(workspaceId))?.sharedAddressLeads ?? 0;
    const ids = new Set<string>();
    const erased = new Map<string, Suppression[]>();
    const add = async (suppressions: readonly Suppression[]) => {
      for (const id of await this.coveredBy(workspaceId, suppressions, { sharedAddressLeads, limit })) ids.add(id);
    };
    for (let cursor: string | null = null; ;) {
      const page: Page<Suppression> = await this.suppressions.list(workspaceId, {}, { cursor, limit: BATCH_SIZE });
      await add(page.items.filter(({ erasedKey }) => erasedKey === null));
      for (const one of page.items) if (one.erasedKey) erased.set(one.erasedKey, [...(erased.get(one.erasedKey) ?? []), one]);
      if (ids.size >= limit) break;
      if (!page.nextCursor) {
        for await (const found of this.thereAgain(workspaceId, erased)) await add(found);
        break;
      }
      cursor = page.nextCursor;
    }
    return [...ids].slice(0, limit);
  }

  /**
   * Suppressions of people who were erased and are there again, with their addresses. Nobody can tell these
   * from the hash, so every lead is looked at; where nobody who was suppressed was erased, none.
   */
  private async *thereAgain(
    workspaceId: WorkspaceId,
    erased: ReadonlyMap<string, readonly Suppression[]>,
  ): AsyncGenerator<Suppression[]> {
    if (erased.size === 0) return;
    const hash = await this.keyedHashes.of(workspaceId);
    for (let after: string | null = null; ;) {
      const holders = await this.leads.holdersAfter(workspaceId, after, BATCH_SIZE);
      const identities = new Set(holders.flatMap(({ addresses }) => addresses.map(identityOf)));
      const found = [...identities].flatMap((address) =>
        (erased.get(hash(address)) ?? []).map((suppression) => ({ ...suppression, address })),
      );
      if (found.length > 0) yield found;
      if (holders.length < BATCH_SIZE) return;
      after = holders.at(-1)!.id;
    }
  }

  private async coveredBy(
    workspaceId: WorkspaceId,
    suppressions: readonly Suppression[],
    { sharedAddressLeads, limit }: { sharedAddressLeads: number; limit: number },
  ): Promise<string[]> {
    const listed = suppressions.flatMap(({ address }) => (address === null ? [] : formsOf(address)));
    const domains = suppressions.flatMap(({ domain }) => domain ?? []);
    const named = await this.leads.holdersOf(workspaceId, [...new Set(listed)], limit);
    const inDomains = await this.leads.holdersInDomains(workspaceId, domains, limit);
    const holderCounts = countsOf(named);
    const persons = new Judge({ suppressions, holders: named, holderCounts, addresses: [], sharedAddressLeads });
    // Whoever else holds another address of a listed person.
    const known = new Set(listed);
    const others = named
      .filter((holder) => persons.spreadsFrom(holder))
      .flatMap(({ addresses }) => addresses.flatMap(formsOf).filter((address) => !known.has(address)));
    const beside = await this.leads.holdersOf(workspaceId, [...new Set(others)], limit);
    return [...named, ...inDomains, ...beside].map(({ id }) => id);
  }
}

/** How many of the leads hold each address, by its identity. */
function countsOf(holders: readonly Holder[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { addresses } of holders) {
    for (const identity of new Set(addresses.map(identityOf))) counts.set(identity, (counts.get(identity) ?? 0) + 1);
  }
  return counts;
}
