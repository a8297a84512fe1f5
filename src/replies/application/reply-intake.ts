import { Injectable } from '@nestjs/common';
import { formsOf } from '#libs/contact-methods';
import type { ReplyEvent } from '../../channels';
import { Leads } from '../../leads';
import type { Line } from '../../lines';
import { Messages } from '../../messages';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { type Transaction, Transactions } from '../../platform/mongo';
import { readAddress } from '../domain/read-address';
import { Replies, ReplyReceived } from '../domain/reply';

/** Takes in what people answer. */
@Injectable()
export class ReplyIntake {
  constructor(
    private readonly leads: Leads,
    private readonly messages: Messages,
    private readonly replies: Replies,
    private readonly transactions: Transactions,
    private readonly domainEvents: DomainEvents,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Keeps a reply and stops what it stops. A reply that is known is passed over; one is never dropped for the
   * form of its address.
   * @returns whether it is a reply, and new
   */
  async take(line: Line, event: ReplyEvent): Promise<boolean> {
    const { workspaceId, channel } = line;
    const from = readAddress(event.from, line);
    // What a line writes to itself is no answer.
    if (from === line.phone || from === line.email) return false;
    const forms = formsOf(from);
    if (event.quotes !== null && (await this.messages.wasSaid(workspaceId, forms, event.quotes))) return false;
    const now = this.clock.now();
    const receivedAt = event.at > now ? now : event.at;
    return this.transactions.run(async (transaction) => {
      const { leadIds, addresses } = await this.whoAnswers(workspaceId, forms, event.inReplyTo, transaction);
      const reply = {
        id: this.ids.next(),
        workspaceId,
        lineId: line.id,
        channel,
        address: from,
        text: event.text,
        externalId: event.externalId,
        leadIds,
        receivedAt,
      };
      if (!(await this.replies.insert(reply, transaction))) return false;
      const answered = { leadIds, addresses: [...new Set([...forms, ...addresses])] };
      await this.domainEvents.publish(
        new ReplyReceived(workspaceId, answered, { at: receivedAt, countsAt: this.countsAt(event.at, now) }),
        transaction,
      );
      return true;
    });
  }

  /** Whoever holds the address, had a message handed over to it, or whose message it answers. */
  private async whoAnswers(
    workspaceId: WorkspaceId,
    forms: readonly string[],
    inReplyTo: string | null,
    transaction: Transaction,
  ): Promise<{ leadIds: string[]; addresses: string[] }> {
    const holders = await this.leads.findByAddress(workspaceId, forms, transaction);
    const writtenTo = await this.messages.leadsWrittenTo(workspaceId, forms, transaction);
    const answered = inReplyTo ? await this.messages.findByExternalId(workspaceId, inReplyTo, transaction) : null;
    const ids = [...holders.map(({ id }) => id), ...writtenTo, ...(answered?.leadId ? [answered.leadId] : [])];
    return { leadIds: [...new Set(ids)], addresses: answered?.address ? [answered.address] : [] };
  }

  /**
   * Our clock decides, not the sender's: what arrives for the first time now answers whatever was sent before
   * now. Only what is older than `REPLY_REPLAY_HOURS` may be a repeat from long ago, and counts at its own
   * time.
   */
  private countsAt(at: Date, now: Date): Date {
    return now.getTime() - at.getTime() <= this.config.REPLY_REPLAY_HOURS * 3_600_000 ? now : at;
  }
}
