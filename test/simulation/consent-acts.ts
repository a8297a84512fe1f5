import type { ReplyEvent } from '../../src/channels';
import { ReviewsService } from '../../src/replies/application/reviews.service';
import { UnsubscribeLinks } from '../../src/suppressions';
import { SuppressionsService } from '../../src/suppressions/application/suppressions.service';
import { UnsubscribesService } from '../../src/suppressions/application/unsubscribes.service';
import { DAY, HOUR } from './calendar';
import { INTERESTED, type Word, WORDS } from './consent';
import type { KnownLead } from './known';
import { WORKSPACE, type World } from './world';

/** What people say of being written to, and tenants do about it. */
export class ConsentActs {
  constructor(private readonly world: World) {}

  /** A reply comes in, by whatever way. */
  said({ text, from, externalId, at }: ReplyEvent): (step: number) => void {
    this.world.judge.answers.heard(text, { address: from, externalId, at: at.getTime() });
    const said = { address: from, at: at.getTime(), now: this.world.time.ms, step: this.world.time.steps };
    if (text === INTERESTED) this.world.judge.consent.yes(said);
    if (!(text in WORDS)) return () => undefined;
    return this.world.judge.consent.word(text as Word, { ...said, externalId });
  }

  /** A tenant lists one of somebody's addresses, and lifts that later, or not. */
  list(lead: KnownLead): void {
    const { random, time } = this.world;
    const { consent } = this.world.judge;
    const address = random.pick([...lead.addresses]);
    const row = { address, domain: null, channel: 'phone', reason: 'manual', source: 'api', text: null, replyId: null } as const;
    const more = { byWord: false, leadIds: [], reviewUntil: null, note: null, createdAt: time.now(), createdBy: null };
    const lifts = random.chance(0.5) ? random.between(HOUR, 5 * DAY) : null;
    this.world.call(async () => {
      const suppressions = this.world.workers.of(SuppressionsService);
      const { created } = await suppressions.add(WORKSPACE, [{ workspaceId: WORKSPACE, ...row, ...more }]);
      const [one] = created;
      if (!one) return;
      consent.list(address, 'manual', time.steps, time.ms);
      consent.counts.lists += 1;
      if (lifts === null) return;
      time.at(time.ms + lifts, () =>
        this.world.call(async () => {
          consent.mayBeOver(address, 'manual');
          await suppressions.lift(WORKSPACE, one.id, { isConfirmed: true, by: 'simulation' });
          consent.isOver(address, 'manual');
          consent.counts.lifts += 1;
        }),
      );
    });
  }

  /** Somebody opens the link of a message that they got, and presses the button. */
  link(): void {
    const sent = this.world.random.pick([...this.world.judge.accepted.values(), null]);
    if (!sent) return;
    const { address } = sent;
    const lead = this.world.judge.leads.get(sent.text.split('|')[2] ?? '');
    if (!lead) return;
    const holder = { workspaceId: WORKSPACE, messageId: '0'.repeat(24), leadId: lead.id, address, channel: 'imessage' };
    this.world.call(async () => {
      const url = this.world.workers.of(UnsubscribeLinks).urlFor(holder);
      await this.world.workers.of(UnsubscribesService).unsubscribe(url.split('/').at(-1)!);
      this.world.judge.consent.list(address, 'link', this.world.time.steps, this.world.time.ms);
      this.world.judge.consent.counts.links += 1;
    });
  }

  /** A tenant decides on what is under review. */
  decide(): void {
    const { random, time } = this.world;
    const { consent } = this.world.judge;
    const as = random.pick(['opt_out', 'reply'] as const);
    this.world.call(async () => {
      const query = { workspaceId: WORKSPACE, kind: 'review', reviewedAs: null };
      const found = await this.world.workers.connection.collection('replies').findOne(query, { sort: { _id: -1 } });
      if (!found) return;
      const address = found.address as string;
      const decided = consent.decide(address, as, time.steps);
      await this.world.workers.of(ReviewsService).decide(WORKSPACE, found._id.toHexString(), as);
      const isAnother = (await this.world.workers.connection.collection('replies').countDocuments({ ...query, address })) > 0;
      decided(time.steps, time.ms, isAnother);
    });
  }
}
