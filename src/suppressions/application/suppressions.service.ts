import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addressesOf, LeadDetails } from '../../leads';
import { AuditedAct } from '../../platform/audit';
import { settledPage } from '../../platform/changes';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import { isPersonsWish, type NewSuppression, type Suppression } from '../domain/suppression';
import { ConfirmationNeeded } from '../domain/suppressions.errors';
import { type LiftedSuppression, type SuppressionFilter, Suppressions } from '../domain/suppressions.repository';
import { BackgroundTelling } from './background-telling';
import { SuppressionChecks } from './suppression-checks';
import { SuppressionWrites } from './suppression-writes';

/** So many at once are told about in their own transaction; more are told about in the background. */
const TOLD_AT_ONCE = 20;
const EXPORT_BATCH_SIZE = 500;

/** Lists who must not be written to, for the people who use the product. */
@Injectable()
export class SuppressionsService implements OnModuleInit {
  constructor(
    private readonly suppressions: Suppressions,
    private readonly suppressionWrites: SuppressionWrites,
    private readonly suppressionChecks: SuppressionChecks,
    private readonly leadDetails: LeadDetails,
    private readonly backgroundTelling: BackgroundTelling,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.leadDetails.register('suppressions', async (workspaceId, lead) => {
      const judge = await this.suppressionChecks.judge(workspaceId, { leads: [lead] });
      return judge.covering({ id: lead.id, addresses: addressesOf(lead) }).map(shownWithLead);
    });
  }

  /** Adds up to 10,000 as one. @returns how many are new, and how many were there */
  async add(
    workspaceId: WorkspaceId,
    suppressions: readonly NewSuppression[],
  ): Promise<{ saved: number; existing: number; created: Suppression[] }> {
    return retryOnConflict(this.transactions, async (transaction) => {
      const created = await this.addWithin(workspaceId, suppressions, transaction);
      return { saved: created.length, existing: suppressions.length - created.length, created };
    });
  }

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Suppression> {
    const suppression = await this.suppressions.find(workspaceId, id);
    if (!suppression) throw new NotFound('Suppression');
    return suppression;
  }

  /** @throws ChangesNotSettled */
  list(
    workspaceId: WorkspaceId,
    filter: SuppressionFilter,
    pageRequest: PageRequest,
  ): Promise<PageOfChanges<Suppression, LiftedSuppression>> {
    return settledPage(this.clock, () => this.suppressions.list(workspaceId, filter, pageRequest));
  }

  /** All of the filter that have an address or a domain to show, in pages, newest first. */
  async *export(workspaceId: WorkspaceId, filter: SuppressionFilter): AsyncIterable<readonly Suppression[]> {
    for (let cursor: string | null = null; ;) {
      const page: PageOfChanges<Suppression, LiftedSuppression> = await this.list(workspaceId, filter, {
        cursor,
        limit: EXPORT_BATCH_SIZE,
      });
      yield page.items.filter(({ erasedKey }) => erasedKey === null);
      if (!page.nextCursor) return;
      cursor = page.nextCursor;
    }
  }

  /** Ends a suppression, with those derived from it. @throws NotFound, ConfirmationNeeded */
  async lift(workspaceId: WorkspaceId, id: string, asked: { isConfirmed: boolean; by: string }): Promise<void> {
    await this.transactions.run(async (transaction) => {
      const suppression = await this.suppressions.find(workspaceId, id, transaction);
      if (!suppression) throw new NotFound('Suppression');
      if (isPersonsWish(suppression) && !asked.isConfirmed) throw new ConfirmationNeeded();
      const act = new AuditedAct(workspaceId, 'suppression.lifted', { kind: 'suppression', id });
      await this.domainEvents.publish(act, transaction);
      const lifting = { how: 'api', by: asked.by } as const;
      await this.suppressionWrites.lift(workspaceId, [suppression], lifting, transaction);
    });
  }

  private async addWithin(
    workspaceId: WorkspaceId,
    suppressions: readonly NewSuppression[],
    transaction: Transaction,
  ): Promise<Suppression[]> {
    if (suppressions.length <= TOLD_AT_ONCE) return this.suppressionWrites.add(suppressions, transaction);
    const created = await this.suppressionWrites.addQuietly(suppressions, transaction);
    await this.backgroundTelling.start(workspaceId, created, transaction);
    return created;
  }
}

const shownWithLead = ({ id, address, domain, channel, reason, createdAt }: Suppression) => ({
  _id: id,
  address,
  domain,
  channel,
  reason,
  createdAt,
});
