import { Injectable } from '@nestjs/common';
import { Workspaces } from '../../auth';
import { Leads } from '../../leads';
import { Clock } from '../../platform/clock';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import type { NewSuppression } from '../domain/suppression';
import type { LinkHolder } from '../domain/unsubscribe-tokens';
import { SuppressionWrites } from './suppression-writes';
import { UnsubscribeLinks } from './unsubscribe-links';

/** Takes what people ask for by the link in a message. */
@Injectable()
export class UnsubscribesService {
  constructor(
    private readonly unsubscribeLinks: UnsubscribeLinks,
    private readonly suppressionWrites: SuppressionWrites,
    private readonly workspaces: Workspaces,
    private readonly leads: Leads,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Whose link it is; it writes nothing. @returns `null` when it is nobody's, or the workspace is gone */
  async holderOf(token: string): Promise<LinkHolder | null> {
    const holder = this.unsubscribeLinks.holderOf(token);
    return holder && (await this.workspaces.find(holder.workspaceId)) ? holder : null;
  }

  /**
   * Suppresses the address of the link, and cancels what waits for its owner, however often it is asked for:
   * also in a workspace that may only read, since it is the person who asks.
   * @returns whose link it is, or `null` when it is nobody's
   */
  async unsubscribe(token: string): Promise<LinkHolder | null> {
    const holder = await this.holderOf(token);
    if (holder) await retryOnConflict(this.transactions, (transaction) => this.suppress(holder, transaction));
    return holder;
  }

  private async suppress(
    { workspaceId, messageId, leadId, address, channel }: LinkHolder,
    transaction: Transaction,
  ): Promise<void> {
    const workspace = await this.workspaces.find(workspaceId);
    const lead = await this.leads.find(workspaceId, leadId, transaction);
    const suppression: NewSuppression = {
      workspaceId,
      address,
      domain: null,
      channel: workspace?.optOutScope === 'all' ? 'all' : channel,
      reason: 'unsubscribed',
      source: 'unsubscribe_link',
      text: null,
      replyId: null,
      byWord: false,
      leadIds: lead ? [lead.id] : [],
      reviewUntil: null,
      note: `By the link in the message ${messageId}`,
      createdAt: this.clock.now(),
      createdBy: null,
    };
    await this.suppressionWrites.add([suppression], transaction);
  }
}
