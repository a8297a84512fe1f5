import { Injectable } from '@nestjs/common';
import { identityOf } from '#libs/contact-methods';
import { ContactsLeaving } from '../../leads';
import { Clock } from '../../platform/clock';
import { DomainEvents } from '../../platform/events';
import { Ids } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { isOfThePerson, type Suppression } from '../domain/suppression';
import { Suppressions } from '../domain/suppressions.repository';
import { SuppressionChecks } from './suppression-checks';

/**
 * An opt-out covers the person's other addresses through the lead that holds them. Before the lead goes, or
 * loses one, what was covered through it is written down, so that the person stays covered.
 */
@Injectable()
export class DerivedSuppressions {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly suppressionChecks: SuppressionChecks,
    private readonly ids: Ids,
    private readonly clock: Clock,
    domainEvents: DomainEvents,
  ) {
    domainEvents.on(ContactsLeaving, (event, transaction) => this.derive(event, transaction));
  }

  private async derive({ workspaceId, holders }: ContactsLeaving, transaction: Transaction): Promise<void> {
    const all = holders.flatMap(({ addresses }) => addresses);
    const listed = (await this.suppressions.among(workspaceId, all, transaction)).filter(isOfThePerson);
    if (listed.length === 0) return;
    const now = this.clock.now();
    const derived: Suppression[] = [];
    for (const suppression of listed) {
      const { leadIds } = await this.suppressionChecks.covered(workspaceId, [suppression], transaction);
      const identity = identityOf(suppression.address!);
      for (const { id, addresses } of holders) {
        const holdsIt = addresses.some((address) => identityOf(address) === identity);
        if (!holdsIt || !leadIds.includes(id)) continue;
        const others = addresses.filter((address) => identityOf(address) !== identity);
        derived.push(...others.map((address) => this.derivedOf(suppression, address, now)));
      }
    }
    await this.suppressions.add(derived, transaction);
  }

  private derivedOf(suppression: Suppression, address: string, now: Date): Suppression {
    const origins = suppression.isOwn ? [suppression.id] : suppression.via;
    return { ...suppression, id: this.ids.next(), address, erasedKey: null, via: origins, isOwn: false, createdAt: now };
  }
}
