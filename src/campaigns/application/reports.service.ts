import { Injectable } from '@nestjs/common';
import { dailyLimitOf, isUsable, LineCapacity, Lines } from '../../lines';
import { dailySubject, gatheredReasons, Messages, type WaitingFor, WaitReasons } from '../../messages';
import { Clock, utcDay } from '../../platform/clock';
import { Counts } from '../../platform/counters';
import type { WorkspaceId } from '../../platform/ids';
import { type Campaign, windowOf } from '../domain/campaign';
import { expectedEnd, type LineShare } from '../domain/expected-end';
import {
  dailySeries,
  noCounts,
  OPT_OUTS_KEY,
  optOutsAfterStep,
  repliesSubject,
  repliesToStep,
  replyRate,
  type ReportDay,
  type StatusCounts,
} from '../domain/report';
import { CampaignSendContext } from './campaign-send-context';
import { CampaignsService, type CampaignView } from './campaigns.service';

/** Due messages that are asked what they wait for. The next to go are among them. */
const SAMPLE_SIZE = 200;
const DAY_MS = 86_400_000;

interface StepReport {
  stepId: string;
  stepIndex: number;
  removed: boolean;
  counts: StatusCounts;
  replies: number;
  replyRate: number;
  /** People who opted out when this was the last step that they had got. */
  optOuts: number;
  firstSentAt: Date | null;
  lastSentAt: Date | null;
}

export interface CampaignReport {
  view: CampaignView;
  finished: boolean;
  replyRate: number;
  optOuts: number;
  /** Leads of the list that were left out when it was last enrolled, since they must not be written to. */
  suppressed: number;
  firstSentAt: Date | null;
  lastSentAt: Date | null;
  steps: StepReport[];
  daily: ReportDay[];
  waiting: {
    /** Not due yet: its wait, or the step before, is not over. */
    notDue: number;
    due: number;
    /** How many of the due ones were looked at: all of them, or a sample. */
    asked: number;
    reasons: WaitingFor[];
  };
  /** Enrollments that wait behind a step of which nobody knows whether it was sent. */
  heldUnknown: number;
  expectedLastAt: Date | null;
}

/**
 * What became of a campaign so far. Counts are kept as deltas with every change, so a report costs the same
 * at any size.
 */
@Injectable()
export class ReportsService {
  constructor(
    private readonly campaigns: CampaignsService,
    private readonly messages: Messages,
    private readonly waitReasons: WaitReasons,
    private readonly campaignSendContext: CampaignSendContext,
    private readonly lines: Lines,
    private readonly lineCapacity: LineCapacity,
    private readonly counts: Counts,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async report(workspaceId: WorkspaceId, id: string): Promise<CampaignReport> {
    const view = await this.campaigns.view(workspaceId, id);
    const [counted, steps, waiting, shares] = await Promise.all([
      this.counts.read(workspaceId, [dailySubject(id), repliesSubject(id)]),
      Promise.all(view.campaign.steps.map((step, index) => this.step(view, step, index))),
      this.waiting(workspaceId, view),
      this.shares(view.campaign),
    ]);
    const replies = counted.get(repliesSubject(id))!;
    const sendsNow = view.campaign.status === 'active';
    return {
      view,
      finished: this.campaigns.isFinished(view),
      replyRate: replyRate(view.replies, view.counts),
      optOuts: replies.get(OPT_OUTS_KEY) ?? 0,
      suppressed: view.enrolling?.progress.suppressed ?? 0,
      firstSentAt: earliest(steps.map(({ firstSentAt }) => firstSentAt)),
      lastSentAt: latest(steps.map(({ lastSentAt }) => lastSentAt)),
      steps: steps.map((step) => {
        const own = replies.get(repliesToStep(step.stepId)) ?? 0;
        const optOuts = replies.get(optOutsAfterStep(step.stepId)) ?? 0;
        return { ...step, replies: own, replyRate: replyRate(own, step.counts), optOuts };
      }),
      daily: dailySeries(counted.get(dailySubject(id))!),
      waiting,
      heldUnknown: view.held.enrollments,
      expectedLastAt: sendsNow
        ? expectedEnd(view.campaign, view.byStep, shares, { window: windowOf(view.campaign.settings), now: this.clock.now() })
        : null,
    };
  }

  private async step({ campaign, byStep }: CampaignView, { id, removed }: Campaign['steps'][number], stepIndex: number) {
    const counts = byStep.get(id) ?? noCounts();
    const span =
      counts.sent + counts.delivered > 0 ? await this.messages.sentBetween(campaign.workspaceId, campaign.id, id) : null;
    return { stepId: id, stepIndex, removed, counts, firstSentAt: span?.first ?? null, lastSentAt: span?.last ?? null };
  }

  private async waiting(workspaceId: WorkspaceId, { campaign, counts }: CampaignView): Promise<CampaignReport['waiting']> {
    const due = counts.queued > 0 ? await this.messages.dueOf(workspaceId, campaign.id, SAMPLE_SIZE) : [];
    const reasons = gatheredReasons((await this.waitReasons.of(workspaceId, due)).values());
    return { notDue: counts.scheduled, due: counts.queued, asked: due.length, reasons };
  }

  /** What each line that may be used leaves to the campaign. */
  private async shares(campaign: Campaign): Promise<LineShare[]> {
    const now = this.clock.now();
    const lines = (await this.lines.all(campaign.workspaceId)).filter(
      (line) =>
        line.channel === campaign.channel &&
        isUsable(line) &&
        (campaign.lineIds.length === 0 || campaign.lineIds.includes(line.id)),
    );
    const ids = lines.map(({ id }) => id);
    const usage = await this.lineCapacity.usage(campaign.workspaceId, ids, utcDay(now));
    const groups = await this.campaignSendContext.groupsOn(campaign.workspaceId, lines);
    return lines.map((line) => {
      const sharing = Math.max(1, groups.get(line.id)!.length);
      const limitIn = (days: number) => dailyLimitOf(line, new Date(now.getTime() + days * DAY_MS));
      const left = limitIn(0) - usage.get(line.id)!.totalMessagesCount;
      return { today: Math.max(0, left) / sharing, perDay: (day) => limitIn(day) / sharing };
    });
  }
}

const instants = (times: readonly (Date | null)[]) => times.flatMap((time) => time?.getTime() ?? []);
const earliest = (times: readonly (Date | null)[]): Date | null =>
  instants(times).length > 0 ? new Date(Math.min(...instants(times))) : null;
const latest = (times: readonly (Date | null)[]): Date | null =>
  instants(times).length > 0 ? new Date(Math.max(...instants(times))) : null;
