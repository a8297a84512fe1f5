import { Injectable } from '@nestjs/common';
import { type Principal, Workspaces } from '../../auth';
import { CampaignsService, type CampaignView } from '../../campaigns';
import { ImportsService } from '../../imports';
import { LeadsService } from '../../leads';
import { lineName, LinesService, type LineToday } from '../../lines';
import { DIRECT, gatheredReasons, type Message, Messages, type WaitingFor, WaitReasons } from '../../messages';
import { Clock } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import { InboxService, type InboxWork } from '../../replies';
import { WebhooksService } from '../../webhooks';
import { type Alert, type AlertFacts, alertsOf } from '../domain/alert';

/** Running campaigns that are looked at, newest first. */
const CAMPAIGNS_LOOKED_AT = 20;
const CAMPAIGNS_SHOWN = 5;
const LINES_SHOWN = 50;
/** Due messages that are asked what they wait for, over all campaigns. */
const SAMPLE_SIZE = 200;
/** Counting ends there. */
const COUNTED = 1_000;
/** Failures of so long ago are no news, in milliseconds. */
const RECENT_MS = 7 * 86_400_000;
const IMPORTS_LOOKED_AT = 50;

export interface CampaignsNow {
  running: number;
  shown: { view: CampaignView; finished: boolean }[];
}

/** Of the running campaigns that were looked at, and of direct messages. */
export interface Waiting {
  /** Not due yet: its wait, or the step before, is not over. */
  notDue: number;
  due: number;
  /** How many of the due ones were asked: all of them, or a sample. */
  asked: number;
  reasons: WaitingFor[];
}

/** What is left to do until the first campaign runs. */
export interface Checklist {
  hasLine: boolean;
  hasLead: boolean;
  /** The newest draft. */
  draft: { id: string; name: string } | null;
}

/** Parts that the caller may not read are `null`. */
export interface Overview {
  lines: { sentToday: number; count: number; shown: LineToday[] } | null;
  campaigns: CampaignsNow | null;
  waiting: Waiting | null;
  inbox: InboxWork | null;
  alerts: Alert[];
  /** `null` too once a campaign was launched. */
  checklist: Checklist | null;
}

/**
 * How a workspace is doing. What it costs does not grow with leads or messages: counts are those that are
 * kept, or end at a limit.
 */
@Injectable()
export class OverviewService {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly leads: LeadsService,
    private readonly lines: LinesService,
    private readonly messages: Messages,
    private readonly waitReasons: WaitReasons,
    private readonly inbox: InboxService,
    private readonly campaigns: CampaignsService,
    private readonly imports: ImportsService,
    private readonly webhooks: WebhooksService,
    private readonly clock: Clock,
  ) {}

  async of({ workspaceId, scopes }: Principal): Promise<Overview> {
    const mayRead = { messages: scopes.has('messages:read'), campaigns: scopes.has('campaigns:read') };
    const [lines, running, inbox, checklist] = await Promise.all([
      scopes.has('lines:read') ? this.lines.withUsage(workspaceId) : null,
      mayRead.campaigns ? this.running(workspaceId) : null,
      mayRead.messages ? this.inbox.work(workspaceId, COUNTED) : null,
      mayRead.campaigns && scopes.has('leads:read') ? this.checklist(workspaceId) : null,
    ]);
    const open = running?.shown.filter(({ finished }) => !finished).map(({ view }) => view) ?? [];
    return {
      lines: lines && linesToday(lines),
      campaigns: running && { ...running, shown: running.shown.slice(0, CAMPAIGNS_SHOWN) },
      waiting: mayRead.messages && mayRead.campaigns ? await this.waiting(workspaceId, open) : null,
      inbox,
      alerts: alertsOf(await this.facts({ workspaceId, scopes }, lines ?? [])),
      checklist: checklist && { ...checklist, hasLine: (lines?.length ?? 0) > 0 },
    };
  }

  private async running(workspaceId: WorkspaceId): Promise<CampaignsNow> {
    const page = await this.campaigns.list(workspaceId, { status: 'active' }, { page: 1, limit: CAMPAIGNS_LOOKED_AT });
    const shown = page.items.map((view) => ({ view, finished: this.campaigns.isFinished(view) }));
    // What is still to be sent is worth more than what is over.
    return { running: page.totalCount ?? shown.length, shown: shown.sort((a, b) => Number(a.finished) - Number(b.finished)) };
  }

  private async waiting(workspaceId: WorkspaceId, campaigns: readonly CampaignView[]): Promise<Waiting> {
    const due = campaigns.filter(({ counts }) => counts.queued > 0);
    const each = Math.ceil(SAMPLE_SIZE / (due.length + 1));
    const [direct, ...ofCampaigns] = await Promise.all(
      [DIRECT, ...due.map(({ campaign }) => campaign.id)].map((group) => this.messages.dueOf(workspaceId, group, each)),
    );
    const asked: Message[] = [direct!, ...ofCampaigns].flat();
    return {
      notDue: campaigns.reduce((sum, { counts }) => sum + counts.scheduled, 0),
      due: direct!.length + due.reduce((sum, { counts }) => sum + counts.queued, 0),
      asked: asked.length,
      reasons: gatheredReasons((await this.waitReasons.of(workspaceId, asked)).values()),
    };
  }

  private async checklist(workspaceId: WorkspaceId): Promise<Omit<Checklist, 'hasLine'> | null> {
    if (await this.campaigns.wasAnyLaunched(workspaceId)) return null;
    const [leads, drafts] = await Promise.all([
      this.leads.list(workspaceId, {}, { cursor: null, limit: 1 }),
      this.campaigns.list(workspaceId, { status: 'draft' }, { cursor: null, limit: 1 }),
    ]);
    const draft = drafts.items[0]?.campaign;
    return { hasLead: leads.items.length > 0, draft: draft ? { id: draft.id, name: draft.name } : null };
  }

  private async facts(
    { workspaceId, scopes }: Pick<Principal, 'workspaceId' | 'scopes'>,
    lines: readonly LineToday[],
  ): Promise<AlertFacts> {
    const since = this.clock.now().getTime() - RECENT_MS;
    const [workspace, webhooks, imports, unknown] = await Promise.all([
      this.workspaces.find(workspaceId),
      scopes.has('webhooks:manage') ? this.webhooks.list(workspaceId) : [],
      scopes.has('leads:read') ? this.imports.list(workspaceId, { cursor: null, limit: IMPORTS_LOOKED_AT }) : { items: [] },
      scopes.has('messages:read') ? this.messages.countFailed(workspaceId, 'OUTCOME_UNKNOWN', COUNTED) : 0,
    ]);
    return {
      readOnlyReason: workspace?.readOnlyReason ?? null,
      lines: lines.flatMap(({ line: { id, health, isActive, ...line } }) => {
        if (!isActive || health.status !== 'unhealthy') return [];
        const name = lineName(line) || line.phone || line.email || id;
        return [{ id, name, reason: health.reason, since: health.unhealthySince }];
      }),
      webhooks: webhooks.flatMap(({ id, name, disabledReason, failingSince }) =>
        disabledReason === 'gone' || disabledReason === 'failing'
          ? [{ id, name, reason: disabledReason, since: failingSince }]
          : [],
      ),
      imports: imports.items
        .filter(({ state, createdAt }) => state === 'failed' && createdAt.getTime() >= since)
        .map(({ id, reason, finishedAt, progress }) => ({ id, fileName: progress.fileName, reason, since: finishedAt })),
      unknownOutcomes: { count: unknown, isLowerBound: unknown >= COUNTED },
    };
  }
}

/** Lines that cannot send come first, then those that sent most. */
function linesToday(lines: readonly LineToday[]): NonNullable<Overview['lines']> {
  const isIll = ({ line }: LineToday) => Number(line.isActive && line.health.status === 'unhealthy');
  const sorted = [...lines].sort((a, b) => isIll(b) - isIll(a) || b.usage.totalMessagesCount - a.usage.totalMessagesCount);
  const sentToday = lines.reduce((sum, { usage }) => sum + usage.totalMessagesCount, 0);
  return { sentToday, count: lines.length, shown: sorted.slice(0, LINES_SHOWN) };
}
