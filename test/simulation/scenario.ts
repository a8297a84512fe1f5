import { nextAllowed } from '#libs/send-window';
import { Workspaces } from '../../src/auth';
import { WorkspacesService } from '../../src/auth/application/workspaces.service';
import { CampaignLifecycle } from '../../src/campaigns/application/campaign-lifecycle';
import { CampaignsService, type StepFields } from '../../src/campaigns/application/campaigns.service';
import { EditsService } from '../../src/campaigns/application/edits.service';
import { EnrollmentService } from '../../src/campaigns/application/enrollment.service';
import type { InboundEvent, ReplyEvent } from '../../src/channels';
import { LeadsService, SaveLeadsService } from '../../src/leads';
import { LeadListsService } from '../../src/leads/application/lead-lists.service';
import { type Line, LinesService } from '../../src/lines';
import { Messages, MessagesService } from '../../src/messages';
import { DirectSendsService } from '../../src/messages/application/direct-sends.service';
import { workspaceId } from '../../src/platform/ids';
import { InboundService } from '../../src/replies';
import { ReviewsService } from '../../src/replies/application/reviews.service';
import { UnsubscribeLinks } from '../../src/suppressions';
import { SuppressionsService } from '../../src/suppressions/application/suppressions.service';
import { UnsubscribesService } from '../../src/suppressions/application/unsubscribes.service';
import { ANSWERS } from './answers';
import { type Word, WORDS } from './consent';
import type { Frequency } from './frequency';
import { Judge } from './judge';
import type { KnownCampaign, KnownLead, KnownStep } from './known';
import { type Arrival, Provider } from './provider';
import { Random } from './random';
import { VirtualTime } from './virtual-time';
import { Workers } from './workers';

export interface Size {
  seed: number;
  leads: number;
  campaigns: number;
  lines: number;
  days: number;
  workers: number;
  /** Caps of a line: all sends and first touches a day, first touches an hour. */
  caps: [number, number, number];
  /** The run ends after so much real time, however far it is. */
  realMs: number;
  /** Whether people and machines make trouble. */
  trouble: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/**
 * Ahead of the real time, so that nothing kept for weeks has passed away; clocks change on both halves of the
 * globe soon after.
 */
const BEGINNING = Date.UTC(2027, 8, 20, 5, 17);
const WORKSPACE = workspaceId('org_simulation');
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'UTC',
  'America/Los_Angeles',
  'Africa/Cairo',
];
const WINDOWS: [string | null, string | null, number[] | null][] = [
  ['09:00', '17:00', [1, 2, 3, 4, 5]],
  ['22:00', '02:30', null],
  ['01:30', '03:15', null],
  [null, null, null],
  ['08:15', '08:45', [0, 3, 6]],
  ['10:00', null, [1, 3, 5]],
];
/** Numbers by country, with the zone that a number alone tells. */
const COUNTRIES: [(index: number) => string, string | null][] = [
  [(index) => `+1${212 + Math.floor(index / 10_000)}555${digits(index, 4)}`, null],
  [(index) => `+49151${digits(index, 8)}`, 'Europe/Berlin'],
  [(index) => `+6421${digits(index, 7)}`, 'Pacific/Auckland'],
  [(index) => `+346${digits(index, 8)}`, 'Europe/Madrid'],
];
const digits = (index: number, length: number): string => String(index % 10 ** length).padStart(length, '0');

/** A year, or less, of a workspace: people, campaigns, and all that befalls them, drawn from one seed. */
export class Scenario {
  readonly begunAt = BEGINNING;
  readonly time = new VirtualTime(BEGINNING);
  readonly random: Random;
  readonly provider: Provider;
  readonly workers: Workers;
  readonly judge: Judge;
  /** How often one person may be written to. */
  readonly frequency: Frequency;
  readonly counts = {
    enrolled: 0,
    replies: 0,
    pauses: 0,
    edits: 0,
    leadChanges: 0,
    deletions: 0,
    cancels: 0,
    archived: 0,
    directs: 0,
    retries: 0,
  };
  readonly unfair: string[] = [];
  private readonly leads: KnownLead[] = [];
  private readonly campaigns: KnownCampaign[] = [];
  private readonly listOf = new Map<string, string>();
  private readonly listOfCampaign = new Map<string, string>();
  private readonly lines: Line[] = [];
  private readonly byAddress = new Map<string, Set<KnownLead>>();
  private readonly zoneOfNumber = new Map<string, string | null>();
  private readonly byId = new Map<string, KnownLead>();
  private readonly lastTurn = new Map<string, Map<string, number>>();
  private turns = 0;
  private serial = 0;

  constructor(readonly size: Size) {
    this.random = new Random(size.seed);
    const calm = {
      refuse: 0,
      hangAfterSending: 0,
      hangBeforeSending: 0,
      lateError: 0,
      receipt: 0.5,
      reply: 0.05,
      lostReply: 0,
      words: 0.3,
    };
    const troubles = {
      refuse: 0.02,
      hangAfterSending: 0.01,
      hangBeforeSending: 0.005,
      lateError: 0.005,
      receipt: 0.5,
      reply: 0.16,
      lostReply: 0.01,
      words: 0.6,
    };
    const noHarm = { jobDies: 0, jobSleeps: 0, tickDies: 0, late: 0, twice: 0 };
    const harm = { jobDies: 0.04, jobSleeps: 0.1, tickDies: 0.005, late: 0.03, twice: 0.03 };
    this.provider = new Provider(this.time, new Random(size.seed + 1), size.trouble ? troubles : calm);
    this.workers = new Workers(this.time, new Random(size.seed + 2), this.provider, size.trouble ? harm : noHarm);
    const moods = new Random(size.seed + 3);
    this.frequency = { aDay: moods.pick([null, 1, 2]), hoursBetween: moods.pick([0, 5, 30]) };
    this.judge = new Judge(
      () => `${this.time.now().toISOString()} step ${this.time.steps}`,
      (lineId) => this.provider.unreadableUntil(lineId),
      (address) => [...(this.byAddress.get(address) ?? [])],
      this.frequency,
    );
    this.provider.onUndone = (arrival) => this.judge.undone(arrival);
    this.provider.onArrival = (arrival) => {
      this.judge.arrival(arrival);
      this.hourly();
    };
    this.workers.onReply = (event) => this.said(event);
    this.workers.onUnknown = (attempt, leadId) => this.judge.unknown(attempt, leadId);
    this.workers.onTurn = (...turn) => this.turnGiven(...turn);
    this.provider.onEvent = (lineId, event, after) => this.time.at(this.time.ms + after, () => this.inbound(lineId, event));
    this.provider.onSilentReply = (arrival) => this.silentReply(arrival);
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
    for (let index = 0; index < size.leads; index += 5_000) await this.addLeads(index, Math.min(size.leads, index + 5_000), ids);
    for (let index = 0; index < size.campaigns; index += 1) await this.addCampaign(index, ids[index % ids.length]!);
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
    this.workers.harm = { jobDies: 0, jobSleeps: 0, tickDies: 0, late: 0, twice: 0 };
    this.calmed = true;
    for (const campaign of this.campaigns) this.resume(campaign);
  }

  private calmed = false;

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

  private async addLeads(from: number, to: number, lists: string[]): Promise<void> {
    const { random } = this;
    const rows = new Map<string, { row: Record<string, unknown>; known: KnownLead }[]>();
    for (let index = from; index < to; index += 1) {
      const [numberOf, zoneOfCountry] = random.pick(COUNTRIES);
      const phone = numberOf(index);
      this.zoneOfNumber.set(phone, zoneOfCountry);
      const email = `p${index}@example.com`;
      const own = random.chance(0.2) ? random.pick(ZONES) : null;
      const withEmail = random.chance(0.7);
      // Some are not on the channel with their phone, and some share a second address with somebody else.
      if (random.chance(0.1)) this.provider.absent.add(phone);
      const shared = random.chance(0.04) && index > from ? `shared${Math.floor(index / 3)}@example.com` : null;
      const who = `w${index}`;
      const addresses = [phone, ...(withEmail ? [email] : []), ...(shared ? [shared] : [])];
      const known: KnownLead = {
        who,
        id: '',
        zones: [{ since: 0, zone: own ?? zoneOfCountry }],
        addresses: new Set(addresses),
        enrolled: new Map(),
        stopped: new Map(),
        deleted: null,
        deleting: null,
        replied: [],
        silentlyReplied: new Map(),
        sharesAddress: shared !== null,
      };
      const row = {
        phone,
        email: withEmail ? email : null,
        altEmail1: shared,
        firstName: who,
        customFields: { who, ...(own && { timezone: own }) },
      };
      const list = lists[index % lists.length]!;
      this.listOf.set(who, list);
      rows.set(list, [...(rows.get(list) ?? []), { row, known }]);
    }
    for (const [listId, some] of rows) {
      const result = await this.workers.of(SaveLeadsService).save(WORKSPACE, { rows: some.map(({ row }) => row), listId });
      if (result.savedCount !== some.length) throw new Error(`Only ${result.savedCount} of ${some.length} leads were saved`);
      some.forEach(({ known }, index) => {
        known.id = result.leadIds[index]!;
        this.leads.push(known);
        this.byId.set(known.id, known);
        this.judge.leads.set(known.who, known);
        for (const address of known.addresses) this.hold(address, known);
      });
    }
  }

  private hold(address: string, lead: KnownLead): void {
    const holders = this.byAddress.get(address) ?? new Set();
    this.byAddress.set(address, holders.add(lead));
  }

  private async addCampaign(index: number, listId: string): Promise<void> {
    const { random, workers, lines } = this;
    const [start, end, days] = WINDOWS[index % WINDOWS.length]!;
    const known: KnownCampaign = {
      id: '',
      tag: `c${index}`,
      steps: Array.from({ length: random.between(2, 4) }, () => this.step(index)),
      zone: ZONES[index % ZONES.length]!,
      start,
      end,
      days,
      useLeadTimezone: index % 4 === 0,
      gapSeconds: random.pick([60, 60, 0, 240, 17]),
      stopOnReply: random.chance(0.75),
      lineIds: random.chance(0.3) && lines.length > 1 ? lines.filter(() => random.chance(0.6)).map(({ id }) => id) : [],
      statuses: [],
    };
    known.steps[0]!.wait = { amount: random.between(0, 5), unit: 'minutes' };
    const campaign = await workers.of(CampaignsService).create(WORKSPACE, {
      name: known.tag,
      listId,
      lineIds: known.lineIds,
      steps: known.steps.map((step) => fields(known, step)),
      settings: {
        timezone: known.zone,
        sendWindowStart: start,
        sendWindowEnd: end,
        allowedDaysOfWeek: days,
        useLeadTimezone: known.useLeadTimezone,
        contactGapSeconds: known.gapSeconds,
        stopOnReply: known.stopOnReply,
      },
    });
    known.id = campaign.id;
    this.idOfStep(known, campaign.steps);
    this.campaigns.push(known);
    this.listOfCampaign.set(known.tag, listId);
    this.judge.campaigns.set(known.tag, known);
    // Campaigns begin one after the other.
    const at = BEGINNING + Math.floor((index / this.size.campaigns) * Math.min(12, this.size.days * 0.2) * DAY);
    this.time.at(at, () => this.call(() => this.launch(known, listId)));
  }

  private readonly stepIds = new Map<string, string>();

  private idOfStep(campaign: KnownCampaign, steps: readonly { id: string; template: string }[]): void {
    for (const { id, template } of steps) this.stepIds.set(`${campaign.tag}|${template.split('|')[1]}`, id);
  }

  private step(campaign: number): KnownStep {
    const { random } = this;
    this.serial += 1;
    const wait = random.pick<KnownStep['wait']>([
      { amount: random.between(10, 300), unit: 'minutes' },
      { amount: random.between(1, 50), unit: 'hours' },
      { amount: random.between(1, 4), unit: 'days' },
    ]);
    return { tag: `s${campaign}-${this.serial}`, wait, onlyIfNoReply: random.pick([null, null, null, true, false]) };
  }

  private async launch(known: KnownCampaign, listId: string): Promise<void> {
    // Who is enrolled is known once it is done; nobody is before.
    const at = this.time.ms;
    for (const lead of this.leads) {
      if (this.listOf.get(lead.who) !== listId || lead.deleted !== null) continue;
      lead.enrolled.set(known.tag, { step: this.time.steps, at });
      this.counts.enrolled += 1;
    }
    await this.workers.of(CampaignLifecycle).launch(WORKSPACE, known.id);
    known.statuses.push({ since: this.time.steps, status: 'active' });
  }

  /** A call of a tenant. One that is refused is none of the simulation's business. */
  private call(work: () => Promise<unknown>): void {
    this.workers.call('call', () =>
      work().catch((error: Error & { kind?: string }) => {
        if (!error.kind) throw error;
      }),
    );
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

  private hourAwaited = 0;

  /** Lines that have spent an hour have another. */
  private hourly(): void {
    const next = (Math.floor(this.time.ms / HOUR) + 1) * HOUR;
    if (next === this.hourAwaited) return;
    this.hourAwaited = next;
    this.workers.tickAt(next);
  }

  private inbound(lineId: string, event: InboundEvent): void {
    const known = this.lines.find(({ id }) => id === lineId)!;
    const url = this.workers.of(LinesService).inboundUrl(known)!;
    this.call(async () => {
      const secret = url.split('/').at(-1)!;
      const inbound = this.workers.of(InboundService);
      const { working } = inbound as unknown as { working: ReadonlySet<Promise<void>> };
      const line = await inbound.lineOf('imessage', secret);
      const others = new Set(working);
      await inbound.receive(line, event);
      // Not for the others: they may be waiting for time to go on.
      await Promise.all([...working].filter((work) => !others.has(work)));
      if (event.kind !== 'reply') return;
      this.counts.replies += 1;
      for (const lead of this.reachedAt(event.from)) lead.replied.push(this.time.steps);
    });
  }

  /** Who holds the address, or was written to at it. */
  private reachedAt(address: string): KnownLead[] {
    return [...(this.byAddress.get(address) ?? [])].filter(({ deleted }) => deleted === null);
  }

  /**
   * A reply that only the chat tells of stops what goes on from the send that it answers, once that chat is
   * looked at.
   */
  private silentReply(answered: Arrival): void {
    const [campaign, , who] = answered.text.split('|') as [string, string, string];
    if (this.judge.latest(campaign, who) !== answered || answered.undone) return;
    this.judge.leads.get(who)!.silentlyReplied.set(campaign, this.time.steps);
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
    often(per(size.campaigns * 4), () => this.pause(random.pick(this.campaigns)));
    often(per(size.leads * 0.1), () => this.changeLead(random.pick(this.leads)));
    often(per(size.leads * 0.04), () => this.deleteLead(random.pick(this.leads)));
    often(per(size.leads * 0.03), () => this.cancelFor(random.pick(this.leads)));
    often(per(Math.min(300, size.leads * 0.2)), () => this.direct(random.pick(this.leads)));
    often(per(size.leads * 0.02), () => this.retrySomething());
    often(per(size.leads * 0.05), () => this.list(random.pick(this.leads)));
    often(per(size.leads * 0.03), () => this.link());
    often(per(size.leads * 0.06), () => this.decide());
    if (size.campaigns > 3) time.at(time.ms + size.days * DAY * 0.7, () => this.archive(this.campaigns[1]!));
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

  private statusOf = (campaign: KnownCampaign) => campaign.statuses.at(-1)?.status;

  private pause(campaign: KnownCampaign): void {
    if (this.statusOf(campaign) !== 'active') return;
    const { random, time } = this;
    this.call(async () => {
      await this.workers.of(CampaignLifecycle).pause(WORKSPACE, campaign.id);
      campaign.statuses.push({ since: time.steps, status: 'paused' });
      this.counts.pauses += 1;
    });
    const pause = random.between(10 * MINUTE, 40 * HOUR);
    const edits = random.chance(0.5);
    if (edits) time.at(time.ms + Math.floor(pause / 2), () => this.edit(campaign));
    time.at(time.ms + pause, () => this.resume(campaign));
  }

  private resume(campaign: KnownCampaign): void {
    if (this.statusOf(campaign) !== 'paused') return;
    this.call(async () => {
      // From the moment in which it is committed, somewhere in this step.
      campaign.statuses.push({ since: this.time.steps - 1, status: 'active' });
      await this.workers
        .of(CampaignLifecycle)
        .resume(WORKSPACE, campaign.id)
        .catch((error: Error & { kind?: string }) => {
          if (!error.kind) throw error;
          campaign.statuses.pop();
          this.time.at(this.time.ms + 10 * MINUTE, () => this.resume(campaign));
        });
    });
  }

  /** Other waits, a new step, one less. */
  private edit(campaign: KnownCampaign): void {
    if (this.statusOf(campaign) !== 'paused') return;
    const { random } = this;
    const steps = campaign.steps.map((step) => ({ ...step }));
    const kind = random.pick(['wait', 'add', 'insert', 'remove'] as const);
    const fresh = this.step(this.campaigns.indexOf(campaign));
    if (kind === 'wait') random.pick(steps).wait = fresh.wait;
    if (kind === 'add' && steps.length < 6) steps.push(fresh);
    if (kind === 'insert' && steps.length < 6) steps.splice(1, 0, fresh);
    if (kind === 'remove' && steps.length > 2) steps.splice(random.between(0, steps.length - 1), 1);
    this.call(async () => {
      if (await this.workers.of(EditsService).isRunning(WORKSPACE, campaign.id)) return;
      const changed = await this.workers.of(CampaignsService).change(WORKSPACE, campaign.id, {
        steps: steps.map((step) => {
          const id = this.stepIds.get(`${campaign.tag}|${step.tag}`);
          return { ...fields(campaign, step), ...(id && { _id: id }) };
        }),
      });
      campaign.steps = steps;
      this.idOfStep(campaign, changed.steps);
      this.counts.edits += 1;
    });
  }

  private changeLead(lead: KnownLead): void {
    if (lead.deleted !== null) return;
    const { random } = this;
    const zone = random.pick(ZONES);
    const newEmail = random.chance(0.3) ? `${lead.who}.${(this.serial += 1)}@example.com` : null;
    this.call(async () => {
      const change = { fields: { customFields: { timezone: zone }, ...(newEmail && { altEmail2: newEmail }) } };
      await this.workers.of(LeadsService).change(WORKSPACE, lead.id, change);
      lead.zones.push({ since: this.time.steps, zone });
      if (newEmail) {
        lead.addresses.add(newEmail);
        this.hold(newEmail, lead);
      }
      this.counts.leadChanges += 1;
    });
  }

  private deleteLead(lead: KnownLead): void {
    if (lead.deleted !== null) return;
    this.call(async () => {
      lead.deleting ??= this.time.steps;
      await this.workers.of(LeadsService).delete(WORKSPACE, [lead.id]);
      lead.deleted = this.time.steps;
      this.counts.deletions += 1;
    });
    if (this.random.chance(0.7)) this.time.at(this.time.ms + this.random.between(MINUTE, 2 * DAY), () => this.importAgain(lead));
  }

  private cancelFor(lead: KnownLead): void {
    if (lead.deleted !== null) return;
    this.call(async () => {
      const { messageIds } = await this.workers.of(MessagesService).cancelFor(WORKSPACE, { leadId: lead.id });
      this.counts.cancels += messageIds.length;
      this.cancelledFor.push({ who: lead.who, at: this.time.ms });
    });
  }

  /** A reply comes in, by whatever way. */
  private said({ text, from, externalId, at }: ReplyEvent): (step: number) => void {
    this.judge.answers.heard(text, { address: from, externalId, at: at.getTime() });
    if (!(text in WORDS)) return () => undefined;
    return this.judge.consent.word(text as Word, {
      address: from,
      externalId,
      at: at.getTime(),
      now: this.time.ms,
      step: this.time.steps,
    });
  }

  /** A tenant lists one of somebody's addresses, and lifts that later, or not. */
  private list(lead: KnownLead): void {
    const { random, time } = this;
    const { consent } = this.judge;
    const address = random.pick([...lead.addresses]);
    const row = { address, domain: null, channel: 'phone', reason: 'manual', source: 'api', text: null, replyId: null } as const;
    const more = { byWord: false, leadIds: [], reviewUntil: null, note: null, createdAt: time.now(), createdBy: null };
    const lifts = random.chance(0.5) ? random.between(HOUR, 5 * DAY) : null;
    this.call(async () => {
      const suppressions = this.workers.of(SuppressionsService);
      const { created } = await suppressions.add(WORKSPACE, [{ workspaceId: WORKSPACE, ...row, ...more }]);
      const [one] = created;
      if (!one) return;
      consent.list(address, 'manual', time.steps, time.ms);
      consent.counts.lists += 1;
      if (lifts === null) return;
      time.at(time.ms + lifts, () =>
        this.call(async () => {
          consent.mayBeOver(address, 'manual');
          await suppressions.lift(WORKSPACE, one.id, { isConfirmed: true, by: 'simulation' });
          consent.isOver(address, 'manual');
          consent.counts.lifts += 1;
        }),
      );
    });
  }

  /** Somebody opens the link of a message that they got, and presses the button. */
  private link(): void {
    const sent = this.random.pick([...this.judge.accepted.values(), null]);
    if (!sent) return;
    const { address } = sent;
    const lead = this.judge.leads.get(sent.text.split('|')[2] ?? '');
    if (!lead) return;
    const holder = { workspaceId: WORKSPACE, messageId: '0'.repeat(24), leadId: lead.id, address, channel: 'imessage' };
    this.call(async () => {
      const url = this.workers.of(UnsubscribeLinks).urlFor(holder);
      await this.workers.of(UnsubscribesService).unsubscribe(url.split('/').at(-1)!);
      this.judge.consent.list(address, 'link', this.time.steps, this.time.ms);
      this.judge.consent.counts.links += 1;
    });
  }

  /** A tenant decides on what is under review. */
  private decide(): void {
    const { random, time } = this;
    const { consent } = this.judge;
    const as = random.pick(['opt_out', 'reply'] as const);
    this.call(async () => {
      const query = { workspaceId: WORKSPACE, kind: 'review', reviewedAs: null };
      const found = await this.workers.connection.collection('replies').findOne(query, { sort: { _id: -1 } });
      if (!found) return;
      const address = found.address as string;
      const decided = consent.decide(address, as, time.steps);
      await this.workers.of(ReviewsService).decide(WORKSPACE, found._id.toHexString(), as);
      const isAnother = (await this.workers.connection.collection('replies').countDocuments({ ...query, address })) > 0;
      decided(time.steps, time.ms, isAnother);
    });
  }

  /** Somebody who was deleted is there again, as if never known, and is put into a campaign. */
  private importAgain(lead: KnownLead): void {
    const [phone] = [...lead.addresses];
    const campaign = this.random.pick(this.campaigns);
    this.serial += 1;
    const who = `${lead.who}r${this.serial}`;
    const known: KnownLead = {
      ...lead,
      who,
      id: '',
      zones: [{ since: 0, zone: this.zoneOfNumber.get(phone!)! }],
      addresses: new Set([phone!]),
      enrolled: new Map(),
      stopped: new Map(),
      deleted: null,
      deleting: null,
      replied: [],
      silentlyReplied: new Map(),
      sharesAddress: true,
    };
    this.judge.leads.set(who, known);
    this.listOf.set(who, this.listOfCampaign.get(campaign.tag)!);
    this.leads.push(known);
    this.call(async () => {
      const at = this.time.ms;
      const row = { phone, firstName: who, customFields: { who } };
      known.enrolled.set(campaign.tag, { step: this.time.steps, at });
      const { leadId } = await this.workers.of(EnrollmentService).enroll(WORKSPACE, campaign.id, { lead: row });
      if (this.byId.has(leadId)) {
        this.leads.splice(this.leads.indexOf(known), 1);
        return;
      }
      known.id = leadId;
      this.byId.set(leadId, known);
      this.hold(phone!, known);
      this.judge.consent.counts.reborn += 1;
    });
  }

  readonly cancelledFor: { who: string; at: number }[] = [];

  private direct(lead: KnownLead): void {
    if (lead.deleted !== null) return;
    this.serial += 1;
    const message = `direct|d${this.serial}|${lead.who}`;
    const scheduledAt = this.random.chance(0.3) ? new Date(this.time.ms + this.random.between(MINUTE, 3 * DAY)) : undefined;
    this.call(async () => {
      const allows = [...lead.addresses].every((address) => this.judge.consent.allows(address));
      const sent = { message, channel: 'imessage', leadId: lead.id, scheduledAt };
      await this.workers
        .of(DirectSendsService)
        .send(WORKSPACE, sent)
        .catch((error: Error & { code?: string }) => {
          if (error.code === 'RECIPIENT_SUPPRESSED' && allows)
            this.unfair.push(`${this.time.now().toISOString()}: ${lead.who} is held`);
          throw error;
        });
      this.counts.directs += 1;
    });
  }

  /** A tenant tries again what failed, where it is known not to have arrived. */
  private retrySomething(): void {
    this.call(async () => {
      const failed = await this.workers.connection
        .collection('messages')
        .findOne({ workspaceId: WORKSPACE, status: 'failed', code: { $nin: ['OUTCOME_UNKNOWN'] } }, { sort: { _id: -1 } });
      if (!failed || failed.code === '22') return;
      await this.workers.of(MessagesService).retry(WORKSPACE, failed._id.toHexString());
      this.counts.retries += 1;
    });
  }

  private archive(campaign: KnownCampaign): void {
    this.call(async () => {
      await this.workers.of(CampaignLifecycle).archive(WORKSPACE, campaign.id);
      campaign.statuses.push({ since: this.time.steps, status: 'archived' });
      this.counts.archived += 1;
    });
  }

  /**
   * Now and then: nobody was passed over who had something to send on that line and had waited longer for a
   * turn.
   */
  private async turnGiven(lineId: string, group: string, at: Date, messageId: string): Promise<void> {
    this.turns += 1;
    const served = this.lastTurn.get(lineId) ?? new Map<string, number>();
    this.lastTurn.set(lineId, served);
    if (this.turns % (this.size.leads > 2_000 ? 50 : 2) === 0) await this.fairness(lineId, group, at, messageId, served);
    served.set(group, this.turns);
  }

  private async fairness(lineId: string, group: string, at: Date, messageId: string, served: Map<string, number>): Promise<void> {
    const messages = this.workers.connection.collection('messages');
    const { ObjectId } = await import('bson');
    const usage = this.workers.connection.collection<{ _id: string; reservations: { firstTouch: boolean }[] }>('lineUsage');
    const day = await usage.findOne({ _id: `${lineId}:${this.time.now().toISOString().slice(0, 10)}` });
    const reserved = day?.reservations.filter(({ firstTouch }) => firstTouch).length ?? 0;
    const mine = {
      status: 'queued',
      ready: true,
      turnOn: null,
      lineId: {
        $in: this.judge.mayTouch(lineId, this.time.ms, reserved) ? [new ObjectId(lineId), null] : [new ObjectId(lineId)],
      },
    };
    const waiting: { _id: string; oldest: Date }[] = [];
    for (const _id of ['direct', ...this.campaigns.map(({ id }) => id)]) {
      const oldest = await messages.findOne({ workspaceId: WORKSPACE, group: _id, ...mine }, { sort: { dueAt: 1 } });
      if (oldest) waiting.push({ _id, oldest: oldest.dueAt as Date });
    }
    for (const { _id, oldest } of waiting) {
      const campaign = this.campaigns.find(({ id }) => id === _id);
      if (_id === group) {
        const chosen = await messages.findOne({ _id: new ObjectId(messageId) });
        if (campaign && !campaign.useLeadTimezone && chosen && oldest < chosen.dueAt)
          this.unfair.push(`${this.time.now().toISOString()}: ${group} has an older message for line ${lineId}`);
        continue;
      }
      if (!campaign || campaign.useLeadTimezone || this.statusOf(campaign) !== 'active') continue;
      if (campaign.lineIds.length > 0 && !campaign.lineIds.includes(lineId)) continue;
      const window = {
        timezone: campaign.zone,
        sendWindowStart: campaign.start,
        sendWindowEnd: campaign.end,
        allowedDaysOfWeek: campaign.days,
      };
      // Open now and long enough for any gap.
      const open = [this.time.ms, at.getTime(), at.getTime() + 10 * MINUTE].every(
        (moment) => nextAllowed(new Date(moment), window).getTime() === moment,
      );
      if (open && (served.get(_id) ?? 0) < (served.get(group) ?? 0))
        this.unfair.push(`${this.time.now().toISOString()}: line ${lineId} went to ${group}, though ${_id} had waited longer`);
    }
  }
}

const fields = (campaign: KnownCampaign, { tag, wait, onlyIfNoReply }: KnownStep): StepFields => ({
  template: `${campaign.tag}|${tag}|{who}`,
  wait,
  onlyIfNoReply,
});
