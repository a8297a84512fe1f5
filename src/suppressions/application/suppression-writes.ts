import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import { RecipientAllowed, RecipientsSuppressed } from '../domain/events';
import type { NewSuppression, Suppression } from '../domain/suppression';
import { type Lifting, Suppressions } from '../domain/suppressions.repository';
import { SuppressionChecks } from './suppression-checks';

/** Writes suppressions in a transaction of the caller's, and tells who has to act on them there. */
@Injectable()
export class SuppressionWrites {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly suppressionChecks: SuppressionChecks,
    private readonly domainEvents: DomainEvents,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /**
   * Adds those that are not there yet. What waits for the people is cancelled in the same transaction.
   * @returns those that are new
   * @throws SuppressionWritten when another call adds the same at the same moment: the caller retries
   */
  async add(suppressions: readonly NewSuppression[], transaction: Transaction): Promise<Suppression[]> {
    const fresh = await this.addQuietly(suppressions, transaction);
    await this.tell(fresh, transaction);
    return fresh;
  }

  /** The same, for many: what waits for the people is cancelled later (`tell`). Nothing is sent to them. */
  async addQuietly(suppressions: readonly NewSuppression[], transaction: Transaction): Promise<Suppression[]> {
    const own = { erasedKey: null, via: [], isOwn: true, updatedAt: this.clock.now() };
    const all = suppressions.map((one): Suppression => ({ ...one, ...own, id: this.ids.next() }));
    const ids = new Set(await this.suppressions.add(all, transaction));
    return all.filter(({ id }) => ids.has(id));
  }

  /**
   * Reviews are about to end as opt-outs: so does what was derived from them, since the lead that had both
   * addresses may be gone. @throws SuppressionWritten as above
   */
  async becomeOptOuts(reviews: readonly Suppression[], transaction: Transaction): Promise<void> {
    for (const review of reviews) {
      const origin = await this.become(review, {}, transaction);
      const derived = await this.suppressions.derivedFrom(review.workspaceId, [review.id], transaction);
      for (const one of derived) await this.become(one, { via: [origin.id], isOwn: false }, transaction);
    }
  }

  private async become(review: Suppression, more: Partial<Suppression>, transaction: Transaction): Promise<Suppression> {
    const decided = { id: this.ids.next(), reason: 'opted_out', source: 'review', reviewUntil: null } as const;
    const optOut: Suppression = { ...review, ...decided, ...more, createdAt: this.clock.now() };
    const isNew = (await this.suppressions.add([optOut], transaction)).length > 0;
    if (isNew) await this.tell([optOut], transaction);
    return (await this.suppressions.same(optOut, transaction)) ?? optOut;
  }

  /** Tells whoever has messages for the people whom suppressions of a workspace cover. */
  async tell(suppressions: readonly Suppression[], transaction: Transaction): Promise<void> {
    const byChannel = new Map<string, Suppression[]>();
    for (const one of suppressions) {
      // Whom a review is about may still be written to, once somebody has said so.
      if (one.reason !== 'review') byChannel.set(one.channel, [...(byChannel.get(one.channel) ?? []), one]);
    }
    for (const alike of byChannel.values()) {
      const { workspaceId } = alike[0]!;
      const who = await this.suppressionChecks.covered(workspaceId, alike, transaction);
      await this.domainEvents.publish(new RecipientsSuppressed(workspaceId, alike, who), transaction);
    }
  }

  /** Ends suppressions, with those that were derived from them. */
  async lift(
    workspaceId: WorkspaceId,
    suppressions: readonly Suppression[],
    lifting: Lifting,
    transaction: Transaction,
  ): Promise<void> {
    await this.suppressions.lift(suppressions, lifting, transaction);
    for (const suppression of suppressions) {
      const { leadIds } = await this.suppressionChecks.covered(workspaceId, [suppression], transaction);
      await this.domainEvents.publish(new RecipientAllowed(workspaceId, suppression, leadIds), transaction);
    }
  }
}
