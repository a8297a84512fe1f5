import { Injectable } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import type { InboundEvent } from '../../channels';
import type { Line } from '../../lines';
import { type Message, Messages } from '../../messages';
import { retryOnConflict, Transactions } from '../../platform/mongo';
import { OptOuts } from '../../suppressions';
import { readAddress } from '../domain/read-address';

type OptedOut = Extract<InboundEvent, { kind: 'opted-out' }>;

/** Takes in what a provider, or a program of the person's, tells of opt-outs and complaints. */
@Injectable()
export class ReportedOptOuts {
  constructor(
    private readonly messages: Messages,
    private readonly optOuts: OptOuts,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Suppresses whoever got the message. Where none of ours is named, it is the address that is, if anything
   * was sent there: reports can be written by anybody.
   */
  async take(line: Line, event: OptedOut): Promise<void> {
    const { workspaceId, channel } = line;
    const message = await this.messageOf(line, event);
    const attempt = message?.attempts.find(({ providerId }) => providerId === event.providerId) ?? message?.attempts.at(-1);
    // Of somebody who was erased, the message does not say the address any more.
    const address = attempt?.address || (event.address === null ? null : readAddress(event.address, line));
    if (address === null || address === line.email || address === line.phone) return;
    if (!message && (await this.messages.lastTo(workspaceId, formsOf(address))) === null) return;
    const { why: reason } = event;
    const note = message ? `About the message ${message.id}` : 'About no message that is known';
    const optOut = { workspaceId, address, channel, reason, leadId: message?.leadId ?? null, note };
    await retryOnConflict(this.transactions, (transaction) => this.optOuts.reported(optOut, transaction));
  }

  private async messageOf({ workspaceId }: Line, { externalId, providerId }: OptedOut): Promise<Message | null> {
    const byId = externalId === null ? null : await this.messages.findByExternalId(workspaceId, externalId);
    return byId ?? (providerId === null ? null : this.messages.findByProviderId(workspaceId, providerId));
  }
}
