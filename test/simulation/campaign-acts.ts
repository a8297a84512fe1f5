import type { StepFields } from '../../src/campaigns/application/campaign-fields';
import { CampaignLifecycle } from '../../src/campaigns/application/campaign-lifecycle';
import { CampaignsService } from '../../src/campaigns/application/campaigns.service';
import { EditsService } from '../../src/campaigns/application/edits.service';
import { BEGINNING, DAY, HOUR, MINUTE, ZONES } from './calendar';
import type { KnownCampaign, KnownStep } from './known';
import { WORKSPACE, type World } from './world';

const WINDOWS: [string | null, string | null, number[] | null][] = [
  ['09:00', '17:00', [1, 2, 3, 4, 5]],
  ['22:00', '02:30', null],
  ['01:30', '03:15', null],
  [null, null, null],
  ['08:15', '08:45', [0, 3, 6]],
  ['10:00', null, [1, 3, 5]],
];

/** What a tenant does with campaigns. */
export class CampaignActs {
  private readonly stepIds = new Map<string, string>();

  constructor(private readonly world: World) {}

  async add(index: number, listId: string): Promise<void> {
    const { random, workers, lines } = this.world;
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
    this.world.campaigns.push(known);
    this.world.listOfCampaign.set(known.tag, listId);
    this.world.judge.campaigns.set(known.tag, known);
    // Campaigns begin one after the other.
    const at = BEGINNING + Math.floor((index / this.world.size.campaigns) * Math.min(12, this.world.size.days * 0.2) * DAY);
    this.world.time.at(at, () => this.world.call(() => this.launch(known, listId)));
  }

  private idOfStep(campaign: KnownCampaign, steps: readonly { id: string; template: string }[]): void {
    for (const { id, template } of steps) this.stepIds.set(`${campaign.tag}|${template.split('|')[1]}`, id);
  }

  private step(campaign: number): KnownStep {
    const { random } = this.world;
    const serial = this.world.nextSerial();
    const wait = random.pick<KnownStep['wait']>([
      { amount: random.between(10, 300), unit: 'minutes' },
      { amount: random.between(1, 50), unit: 'hours' },
      { amount: random.between(1, 4), unit: 'days' },
    ]);
    return { tag: `s${campaign}-${serial}`, wait, onlyIfNoReply: random.pick([null, null, null, true, false]) };
  }

  private async launch(known: KnownCampaign, listId: string): Promise<void> {
    // Who is enrolled is known once it is done; nobody is before.
    const at = this.world.time.ms;
    for (const lead of this.world.leads) {
      if (this.world.listOf.get(lead.who) !== listId || lead.deleted !== null) continue;
      lead.enrolled.set(known.tag, { step: this.world.time.steps, at });
      this.world.counts.enrolled += 1;
    }
    await this.world.workers.of(CampaignLifecycle).launch(WORKSPACE, known.id);
    known.statuses.push({ since: this.world.time.steps, status: 'active' });
  }

  pause(campaign: KnownCampaign): void {
    if (this.world.statusOf(campaign) !== 'active') return;
    const { random, time } = this.world;
    this.world.call(async () => {
      await this.world.workers.of(CampaignLifecycle).pause(WORKSPACE, campaign.id);
      campaign.statuses.push({ since: time.steps, status: 'paused' });
      this.world.counts.pauses += 1;
    });
    const pause = random.between(10 * MINUTE, 40 * HOUR);
    const edits = random.chance(0.5);
    if (edits) time.at(time.ms + Math.floor(pause / 2), () => this.edit(campaign));
    time.at(time.ms + pause, () => this.resume(campaign));
  }

  resume(campaign: KnownCampaign): void {
    if (this.world.statusOf(campaign) !== 'paused') return;
    this.world.call(async () => {
      // From the moment in which it is committed, somewhere in this step.
      campaign.statuses.push({ since: this.world.time.steps - 1, status: 'active' });
      await this.world.workers
        .of(CampaignLifecycle)
        .resume(WORKSPACE, campaign.id)
        .catch((error: Error & { kind?: string }) => {
          if (!error.kind) throw error;
          campaign.statuses.pop();
          this.world.time.at(this.world.time.ms + 10 * MINUTE, () => this.resume(campaign));
        });
    });
  }

  /** Other waits, a new step, one less. */
  private edit(campaign: KnownCampaign): void {
    if (this.world.statusOf(campaign) !== 'paused') return;
    const { random } = this.world;
    const steps = campaign.steps.map((step) => ({ ...step }));
    const kind = random.pick(['wait', 'add', 'insert', 'remove'] as const);
    const fresh = this.step(this.world.campaigns.indexOf(campaign));
    if (kind === 'wait') random.pick(steps).wait = fresh.wait;
    if (kind === 'add' && steps.length < 6) steps.push(fresh);
    if (kind === 'insert' && steps.length < 6) steps.splice(1, 0, fresh);
    if (kind === 'remove' && steps.length > 2) steps.splice(random.between(0, steps.length - 1), 1);
    this.world.call(async () => {
      if (await this.world.workers.of(EditsService).isRunning(WORKSPACE, campaign.id)) return;
      const changed = await this.world.workers.of(CampaignsService).change(WORKSPACE, campaign.id, {
        steps: steps.map((step) => {
          const id = this.stepIds.get(`${campaign.tag}|${step.tag}`);
          return { ...fields(campaign, step), ...(id && { _id: id }) };
        }),
      });
      campaign.steps = steps;
      this.idOfStep(campaign, changed.steps);
      this.world.counts.edits += 1;
    });
  }

  archive(campaign: KnownCampaign): void {
    this.world.call(async () => {
      await this.world.workers.of(CampaignLifecycle).archive(WORKSPACE, campaign.id);
      campaign.statuses.push({ since: this.world.time.steps, status: 'archived' });
      this.world.counts.archived += 1;
    });
  }
}

const fields = (campaign: KnownCampaign, { tag, wait, onlyIfNoReply }: KnownStep): StepFields => ({
  template: `${campaign.tag}|${tag}|{who}`,
  wait,
  onlyIfNoReply,
});
