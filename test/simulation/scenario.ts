import { nextAllowed } from '#libs/send-window';
import { Workspaces } from '../../src/auth';
import { WorkspacesService } from '../../src/auth/application/workspaces.service';
import { LeadListsService } from '../../src/leads/application/lead-lists.service';
import { LinesService } from '../../src/lines';
import { Messages } from '../../src/messages';
import { ANSWERS } from './answers';
import { BEGINNING, DAY, HOUR, MINUTE, SECOND } from './calendar';
import { CampaignActs } from './campaign-acts';
import { ConsentActs } from './consent-acts';
import { Fairness } from './fairness';
import { MessageActs } from './message-acts';
import { People } from './people';
import type { Random } from './random';
import { NO_HARM, type Size, WORKSPACE, World } from './world';

/** A year, or less, of a workspace: people, campaigns, and all that befalls them, drawn from one seed. */
export class Scenario extends World {
  readonly begunAt = BEGINNING;
  private readonly people = new People(this);
  private readonly campaignActs = new CampaignActs(this);
  private readonly consentActs = new ConsentActs(this);
  private readonly messageActs = new MessageActs(this);
  private readonly fairness = new Fairness(this);
  private hourAwaited = 0;
  private calmed = false;

  constructor(size: Size) {
    super(size);
    this.provider.onUndone = (arrival) => this.judge.touches.undone(arrival);
    this.provider.onArrival = (arrival) => {
      this.judge.arrival(arrival);
      this.hourly();
    };
    this.workers.onReply = (event) => this.consentActs.said(event);
    this.workers.onUnknown = (attempt, leadId) => this.judge.touches.unknown(attempt, leadId);
    this.workers.onTurn = (...turn) => this.fairness.turnGiven(...turn);
    this.provider.onEvent = (lineId, event, after) =>
      this.time.at(this.time.ms + after, () => this.messageActs.inbound(lineId, event));
    this.provider.onSilentReply = (arrival) => this.messageActs.silentReply(arrival);
  }

  /** Makes the workspace with all that is in it, and enrols everybody. */
  async open(): Promise<void> {
    const { size, workers, random } = this;
    await workers.start(size.workers);
    // The product draws the pauses before retries; Nest, while it starts, the names of its modules.
    const hash = (at: number) => (Math.imul(at % 1_000_003, 2_654_435_761) >>> 0) / 2 ** 32;
    Math.random = () => hash(this.time.ms + size.seed);
    await workers.of(Workspaces).findOrCreate(WORKSPACE, 'Simulation', this.time.now());
    const { aDay: maxMessagesPerPersonPerDay, hoursBetween: minHoursBetweenCampaigns } = this.frequency;
    const often = { maxMessagesPerPersonPerDay, minHoursBetweenCampaigns };
    const answers = { helpText: ANSWERS.help, optOutConfirmation: ANSWERS.confirmation };
    await workers.of(WorkspacesService).change(WORKSPACE, { ...often, ...answers });
    for (let index = 0; index < size.lines; index += 1) await this.addLine(index);
    // Leads in a few lists; each campaign works on one of them, and two may share one.
    const lists = Math.max(1, Math.ceil(size.campaigns * 0.75));
    const ids: string[] = [];
    for (let index = 0; index < lists; index += 1)
      ids.push((await workers.of(LeadListsService).create(WORKSPACE, `List ${index}`, null)).id);
    for (let index = 0; index < size.leads; index += 5_000)
      await this.people.add(index, Math.min(size.leads, index + 5_000), ids);
    for (let index = 0; index < size.campaigns; index += 1) await this.campaignActs.add(index, ids[index % ids.length]!);
    await this.time.quiet();
    this.openings();
    if (size.trouble) this.planTroubles(random);
  }

  /** Lets time go on. @returns how far it came */
  async run(days: number, until: () => Promise<boolean> = () => Promise.resolve(false)): Promise<number> {
    const end = this.time.ms + days * DAY;
    const stopAt = Date.now() + this.size.realMs;
    const from = this.time.ms;
    while (
      this.time.ms < end &&
      this.judge.violations.length + this.unfair.length + this.time.errors.length < 20 &&
      Date.now() < stopAt
    ) {
      const pauseAt = Math.min(end, this.time.ms + 3 * HOUR);
      while ((await this.time.step(pauseAt)) && Date.now() < stopAt);
      if (await this.forgotten()) break;
      if (await until()) break;
    }
    return (this.time.ms - from) / DAY;
  }

  /** Does a message stand claimed, or as being sent, though all that could be waited for is long over? */
  private async forgotten(): Promise<boolean> {
    const long = { $gt: new Date(0), $lt: new Date(this.time.ms - HOUR) };
    const query = { status: { $in: ['pending', 'sending'] }, 'claim.until': long };
    const found = await this.workers.connection.collection('messages').findOne(query);
    if (found)
      this.unfair.push(`${this.time.now().toISOString()}: invariant 5: ${found._id.toHexString()} is ${found.status} for ever`);
    return found !== null;
  }

  /** Nobody and nothing makes trouble any more; what was paused goes on. */
  calm(): void {
    this.provider.troubles = {
      ...this.provider.troubles,
      refuse: 0,
      hangAfterSending: 0,
      hangBeforeSending: 0,
      lateError: 0,
      lostReply: 0,
    };
    this.workers.harm = NO_HARM;
    this.calmed = true;
    for (const campaign of this.campaigns) this.campaignActs.resume(campaign);
  }

  /** Whatever is under way comes to its end. */
  async wakeUp(): Promise<void> {
    const end = this.time.ms + HOUR;
    while (await this.time.step(end));
  }

  private async addLine(index: number): Promise<void> {
    const [daily, firstTouchDaily, firstTouchHourly] = this.size.caps;
    const line = await this.workers.of(LinesService).create(WORKSPACE, {
      firstName: `Line ${index}`,
      phone: `+120255501${String(10 + index)}`,
      channel: 'imessage',
      // Every third line shares the device of the one before it.
      deviceId: `mac-${index - (index % 3 === 2 ? 1 : 0)}`,
      bridgeUrl: 'http://127.0.0.1:1',
      bridgePassword: 'x',
      dailyTotalMessagesLimit: daily,
      dailyNewConversationsLimit: firstTouchDaily,
      hourlyNewConversationsLimit: firstTouchHourly,
    });
    this.lines.push(line);
    this.provider.deviceOf.set(line.id, line.deviceId);
    this.judge.lines.set(line.id, { id: line.id, daily, firstTouchDaily, firstTouchHourly });
  }

  /** Ticks at the times at which a window may open or a cap begins anew. */
  private openings(): void {
    const midnight = () => {
      this.workers.tickAt(this.time.ms);
      this.time.at((Math.floor(this.time.ms / DAY) + 1) * DAY, midnight);
    };
    midnight();
    for (const campaign of this.campaigns) {
      const window = {
        timezone: campaign.zone,
        sendWindowStart: campaign.start,
        sendWindowEnd: campaign.end,
        allowedDaysOfWeek: campaign.days,
      };
      const next = () => {
        this.workers.tickAt(this.time.ms);
        const closed = this.time.ms + 30 * MINUTE;
        const opens = nextAllowed(new Date(closed), window).getTime();
        this.time.at(opens > closed ? opens : this.time.ms + 6 * HOUR, next);
      };
      next();
    }
  }

  /** Lines that have spent an hour have another. */
  private hourly(): void {
    const next = (Math.floor(this.time.ms / HOUR) + 1) * HOUR;
    if (next === this.hourAwaited) return;
    this.hourAwaited = next;
    this.workers.tickAt(next);
  }

  private planTroubles(random: Random): void {
    const { time, workers, provider, size, lines } = this;
    const often = (everyMs: number, what: () => void) => {
      const again = () => {
        if (this.calmed) return;
        what();
        time.at(time.ms + Math.floor(everyMs * (0.5 + random.next())), again);
      };
      time.at(time.ms + Math.floor(everyMs * random.next()), again);
    };
    const per = (n: number) => (size.days * DAY) / Math.max(1, n);
    often(Math.min(2 * DAY, per(30)), () => (workers.onceAJobWaits = () => this.flush()));
    often(DAY, () => time.killWorker(random.between(0, size.workers - 1)));
    often(DAY, () => {
      const line = random.pick(lines);
      const until = time.ms + random.pick([20 * SECOND, 5 * MINUTE, HOUR, 8 * HOUR, 30 * HOUR]);
      provider.goAway(line.id, until);
      workers.tickAt(until);
    });
    often(2 * DAY, () => provider.goDeaf(random.pick(lines).id, time.ms + random.pick([10 * MINUTE, 3 * HOUR, 20 * HOUR])));
    // In the middle of everything, one Mac after the other is upgraded.
    lines.forEach(({ id }, index) =>
      time.at(time.ms + size.days * DAY * (0.05 + 0.25 * (index / lines.length)), () => provider.upgrade(id)),
    );
    often(per(size.campaigns * 4), () => this.campaignActs.pause(random.pick(this.campaigns)));
    often(per(size.leads * 0.1), () => this.people.change(random.pick(this.leads)));
    often(per(size.leads * 0.04), () => this.people.delete(random.pick(this.leads)));
    often(per(size.leads * 0.03), () => this.messageActs.cancelFor(random.pick(this.leads)));
    often(per(Math.min(300, size.leads * 0.2)), () => this.messageActs.direct(random.pick(this.leads)));
    often(per(size.leads * 0.02), () => this.messageActs.retrySomething());
    often(per(size.leads * 0.05), () => this.consentActs.list(random.pick(this.leads)));
    often(per(size.leads * 0.03), () => this.consentActs.link());
    often(per(size.leads * 0.06), () => this.consentActs.decide());
    if (size.campaigns > 3) time.at(time.ms + size.days * DAY * 0.7, () => this.campaignActs.archive(this.campaigns[1]!));
  }

  /** What was to run is to run again within a minute. */
  private flush(): void {
    for (const { data, at } of this.workers.flush()) {
      const { messageId, moves } = data;
      if (!messageId) continue;
      this.time.at(Math.max(this.time.ms, at) + MINUTE, () =>
        this.call(async () => {
          const message = await this.workers.of(Messages).findForJob(messageId);
          if (message?.status === 'queued' && message.revision === moves && message.turnLineId && !this.workers.holds(messageId))
            this.unfair.push(`${this.time.now().toISOString()}: invariant 6: the job of ${messageId} did not come back`);
        }),
      );
    }
  }
}
