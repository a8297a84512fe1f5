import { Injectable } from '@nestjs/common';
import { DomainEvents } from '../../platform/events';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';
import type { Lead } from '../domain/lead';
import { Leads, LeadsSaved } from '../domain/leads.repository';

/** Saves leads that are new, and tells whoever wants to know. */
@Injectable()
export class NewLeads {
  constructor(
    private readonly leads: Leads,
    private readonly domainEvents: DomainEvents,
  ) {}

  /** @throws IdentityTaken when a lead of the list has the identity of one of them */
  async insert(workspaceId: WorkspaceId, listId: string, fresh: readonly Lead[], transaction: Transaction): Promise<void> {
    if (fresh.length === 0) return;
    await this.leads.insertMany(workspaceId, fresh, transaction);
    await this.domainEvents.publish(new LeadsSaved(workspaceId, listId, fresh), transaction);
  }
}
