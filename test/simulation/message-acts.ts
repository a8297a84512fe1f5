import type { InboundEvent } from '../../src/channels';
import { LinesService } from '../../src/lines';
import { MessagesService } from '../../src/messages';
import { DirectSendsService } from '../../src/messages/application/direct-sends.service';
import { InboundService } from '../../src/replies';
import type { Arrival } from './arrival';
import { DAY, MINUTE } from './calendar';
import type { KnownLead } from './known';
import { WORKSPACE, type World } from './world';

/** What a tenant does with messages, and a provider tells of them. */
export class MessageActs {
  constructor(private readonly world: World) {}

  inbound(lineId: string, event: InboundEvent): void {
    const known = this.world.lines.find(({ id }) => id === lineId)!;
    const url = this.world.workers.of(LinesService).inboundUrl(known)!;
    this.world.call(async () => {
      const secret = url.split('/').at(-1)!;
      const inbound = this.world.workers.of(InboundService);
      const { working } = inbound as unknown as { working: ReadonlySet<Promise<void>> };
      const place = await inbound.placeOf('imessage', secret);
      const others = new Set(working);
      await inbound.receive(place, {
        method: 'POST',
        url,
        headers: {},
        rawBody: Buffer.alloc(0),
        json: event,
        form: [],
        query: [],
      });
      // Not for the others: they may be waiting for time to go on.
      await Promise.all([...working].filter((work) => !others.has(work)));
      if (event.kind !== 'reply') return;
      this.world.counts.replies += 1;
      for (const lead of this.reachedAt(event.from)) {
        lead.hasAnswered = true;
        lead.replied.push(this.world.time.steps);
      }
    });
  }

  /** Who holds the address, or was written to at it. */
  private reachedAt(address: string): KnownLead[] {
    return this.world.holdersOf(address).filter(({ deleted }) => deleted === null);
  }

  /**
   * A reply that only the chat tells of stops what goes on from the send that it answers, once that chat is
   * looked at.
   */
  silentReply(answered: Arrival): void {
    const [campaign, , who] = answered.text.split('|') as [string, string, string];
    for (const lead of this.reachedAt(answered.address)) lead.hasAnswered = true;
    if (this.world.judge.latest(campaign, who) !== answered || answered.undone) return;
    const { steps: step, ms: at } = this.world.time;
    this.world.judge.leads.get(who)!.silentlyReplied.set(campaign, { step, at, lineId: answered.lineId });
  }

  cancelFor(lead: KnownLead): void {
    if (lead.deleted !== null) return;
    this.world.call(async () => {
      const { messageIds } = await this.world.workers.of(MessagesService).cancelFor(WORKSPACE, { leadId: lead.id });
      this.world.counts.cancels += messageIds.length;
    });
  }

  direct(lead: KnownLead): void {
    if (lead.deleted !== null) return;
    const serial = this.world.nextSerial();
    const message = `direct|d${serial}|${lead.who}`;
    const scheduledAt = this.world.random.chance(0.3)
      ? new Date(this.world.time.ms + this.world.random.between(MINUTE, 3 * DAY))
      : undefined;
    this.world.call(async () => {
      const allows = [...lead.addresses].every((address) => this.world.judge.consent.allows(address));
      const sent = { message, channel: 'imessage', leadId: lead.id, scheduledAt };
      await this.world.workers
        .of(DirectSendsService)
        .send(WORKSPACE, sent)
        .catch((error: Error & { code?: string }) => {
          if (error.code === 'RECIPIENT_SUPPRESSED' && allows)
            this.world.unfair.push(`${this.world.time.now().toISOString()}: ${lead.who} is held`);
          throw error;
        });
      this.world.counts.directs += 1;
    });
  }

  /** A tenant tries again what failed, where it is known not to have arrived. */
  retrySomething(): void {
    this.world.call(async () => {
      const failed = await this.world.workers.connection
        .collection('messages')
        .findOne({ workspaceId: WORKSPACE, status: 'failed', code: { $nin: ['OUTCOME_UNKNOWN'] } }, { sort: { _id: -1 } });
      if (!failed || failed.code === '22') return;
      await this.world.workers.of(MessagesService).retry(WORKSPACE, failed._id.toHexString());
      this.world.counts.retries += 1;
    });
  }
}
