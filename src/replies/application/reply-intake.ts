import { Injectable } from '@nestjs/common';
import { countryOfPhone, formsOf } from '#libs/contact-methods';
import { Channels, type ReplyEvent } from '../../channels';
import { addressesOf, Leads } from '../../leads';
import { type Line, Lines } from '../../lines';
import { AnswersService, type Message, Messages } from '../../messages';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { retryOnConflict, type Transaction, Transactions } from '../../platform/mongo';
import { OptOuts } from '../../suppressions';
import { readAddress } from '../domain/read-address';
import { Replies, type Reply, ReplyReceived, ReplySaved } from '../domain/reply';
import { filesOf, namesOf } from '../domain/reply-file';

/** Takes in what people answer. */
@Injectable()
export class ReplyIntake {
  constructor(
    private readonly leads: Leads,
    private readonly messages: Messages,
    private readonly replies: Replies,
    private readonly optOuts: OptOuts,
    private readonly answersService: AnswersService,
    private readonly lines: Lines,
    private readonly channels: Channels,
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
    const last = await this.messages.lastTo(workspaceId, forms);
    const countries = await this.countriesOf(workspaceId);
    return retryOnConflict(this.transactions, async (transaction) => {
      const { leadIds, addresses, answered: message } = await this.whoAnswers(workspaceId, forms, event, transaction);
      if ((await this.replies.known(workspaceId, channel, [event.externalId])).has(event.externalId)) return false;
      const id = this.ids.next();
      const files = filesOf(event.media ?? [], () => this.ids.next(), this.channels.of(channel).fetchMedia !== undefined);
      const people = await this.leads.findMany(workspaceId, leadIds, transaction);
      const answers = message ?? last;
      const personId = answers?.leadId ?? null;
      const { kind, answer } = await this.optOuts.take(
        {
          id,
          workspaceId,
          address: from,
          channel,
          text: event.text,
          keyword: event.keyword ?? null,
          person: people.find((lead) => lead.id === personId) ?? null,
          addresses: people.flatMap((lead) => addressesOf(lead)),
          lastOutbound: last?.text ?? null,
          countries,
          isOutdated: await this.replies.hasLaterWord(workspaceId, forms, receivedAt, transaction),
        },
        transaction,
      );
      const reply: Reply = {
        id,
        workspaceId,
        lineId: line.id,
        channel,
        address: from,
        text: event.text.trim() === '' && files.length > 0 ? namesOf(files) : event.text,
        externalId: event.externalId,
        leadIds,
        kind,
        personId,
        answeredId: answers?.id ?? null,
        campaignId: answers?.campaignId ?? null,
        reviewedAs: null,
        files,
        receivedAt,
        updatedAt: now,
      };
      if (!(await this.replies.insert(reply, transaction))) return false;
      const answered = { line, address: from, leadId: personId ?? leadIds[0] ?? null, at: receivedAt };
      if (answer) await this.answersService.give(answer, answered, transaction);
      const who = { leadIds, addresses: [...new Set([...forms, ...addresses])] };
      await this.domainEvents.publish(
        new ReplyReceived(workspaceId, who, { at: receivedAt, countsAt: this.countsAt(event.at, now) }, kind),
        transaction,
      );
      await this.domainEvents.publish(new ReplySaved(reply), transaction);
      return true;
    });
  }

  /** The countries of the workspace's lines, whose languages people may answer in. */
  private async countriesOf(workspaceId: WorkspaceId): Promise<string[]> {
    const phones = (await this.lines.all(workspaceId)).flatMap(({ phone }) => phone ?? []);
    return [...new Set(phones.flatMap((phone) => countryOfPhone(phone) ?? []))];
  }

  /** Whoever holds the address, had a message handed over to it, or whose message it answers. */
  private async whoAnswers(
    workspaceId: WorkspaceId,
    forms: readonly string[],
    event: ReplyEvent,
    transaction: Transaction,
  ): Promise<{ leadIds: string[]; addresses: string[]; answered: Message | null }> {
    const holders = await this.leads.findByAddress(workspaceId, forms, transaction);
    const writtenTo = await this.messages.leadsWrittenTo(workspaceId, forms, transaction);
    const answered = await this.answeredBy(workspaceId, event, transaction);
    const ids = [...holders.map(({ id }) => id), ...writtenTo, ...(answered?.leadId ? [answered.leadId] : [])];
    return { leadIds: [...new Set(ids)], addresses: answered?.address ? [answered.address] : [], answered };
  }

  /** The message that a reply says it answers; else the latest one that it goes back to. */
  private async answeredBy(
    workspaceId: WorkspaceId,
    { inReplyTo, refersTo = [], providerId }: ReplyEvent,
    transaction: Transaction,
  ): Promise<Message | null> {
    const direct = inReplyTo ? await this.messages.findByExternalId(workspaceId, inReplyTo, transaction) : null;
    if (direct) return direct;
    const byAttempt = providerId ? await this.messages.findByProviderId(workspaceId, providerId) : null;
    if (byAttempt || refersTo.length === 0) return byAttempt;
    const known = await this.messages.findByExternalIds(workspaceId, refersTo);
    return refersTo.flatMap((id) => known.find(({ externalMessageId }) => externalMessageId === id) ?? [])[0] ?? null;
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
