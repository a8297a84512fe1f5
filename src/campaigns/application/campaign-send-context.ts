import { Injectable } from '@nestjs/common';
import type { WindowSettings } from '#libs/send-window';
import type { Workspace } from '../../auth';
import { type Lead, Leads } from '../../leads';
import type { Line } from '../../lines';
import { type Content, type Message, TEXT_ALONE } from '../../messages';
import { Config } from '../../platform/config';
import type { WorkspaceId } from '../../platform/ids';
import { SendContext, type SendDecision, type SendPolicy, type TurnGroup } from '../../sending';
import { Campaigns, requiresNoReply, type Step, windowOf } from '../domain/campaign';
import { Enrollments } from '../domain/enrollment';
import { windowFor } from '../domain/lead-window';
import { AnsweredBeforeService } from './answered-before';
import { NO_GUESSES, ZoneGuessesService } from './zone-guesses.service';

/** What campaigns say to messages that want to be sent. */
@Injectable()
export class CampaignSendContext extends SendContext {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly enrollments: Enrollments,
    private readonly leads: Leads,
    private readonly answeredBefore: AnsweredBeforeService,
    private readonly zoneGuesses: ZoneGuessesService,
    private readonly config: Config,
  ) {
    super();
  }

  async groupsOn(workspaceId: WorkspaceId, lines: readonly Line[]): Promise<Map<string, TurnGroup[]>> {
    const campaigns = await this.campaigns.active(workspaceId);
    const groups = campaigns.map(({ id, settings, lineIds }) => {
      const group = {
        group: id,
        gapSeconds: settings.contactGapSeconds,
        window: windowOf(settings),
        windowPerMessage: settings.useLeadTimezone,
      };
      return { group, lineIds };
    });
    const on = (line: Line) => groups.filter(({ lineIds }) => lineIds.length === 0 || lineIds.includes(line.id));
    return new Map(lines.map((line) => [line.id, on(line).map(({ group }) => group)]));
  }

  async decide(message: Message, lead: Lead | null, workspace: Workspace | null): Promise<SendDecision> {
    const { workspaceId, campaignId } = message;
    if (!campaignId) return { kind: 'send', policy: this.direct(message) };
    // Who has answered is needed of most, and costs nothing beside the other two.
    const [campaign, enrollment, answeredBefore] = await Promise.all([
      this.campaigns.find(workspaceId, campaignId),
      this.enrollments.find(workspaceId, message.enrollmentId!),
      lead && this.answeredBefore.of({ id: campaignId, workspaceId }, lead),
    ]);
    if (!campaign || campaign.status === 'archived') return { kind: 'stop', reason: 'archived' };
    if (campaign.status !== 'active') return { kind: 'paused' };
    const step = campaign.steps.find(({ id }) => id === message.stepId);
    if (!step || step.removed) return { kind: 'stop', reason: 'step_removed' };
    if (!enrollment) return { kind: 'stop', reason: 'cancelled' };
    if (enrollment.repliedAt && requiresNoReply(campaign, step)) return { kind: 'stop', reason: 'replied' };
    const { settings } = campaign;
    // The one who has answered goes on as the step says; nobody else is begun at that address.
    const answered = !enrollment.repliedAt && settings.stopOnReply ? answeredBefore : null;
    if (answered?.isPerson) return { kind: 'stop', reason: 'answered_before' };
    return {
      kind: 'send',
      policy: {
        ...contentOf(step),
        window: windowFor(settings, lead, workspace ?? NO_GUESSES),
        gapSeconds: settings.contactGapSeconds,
        addresses: settings.addresses,
        excluded: answered?.addresses ?? [],
        fallback: settings.fallbackChannels.filter((channel) => channel !== (step.channel ?? campaign.channel)),
        lineIds: campaign.lineIds,
      },
    };
  }

  async windowsOf(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Map<string, WindowSettings>> {
    const ofCampaigns = messages.filter(({ campaignId }) => campaignId !== null);
    const campaignIds = [...new Set(ofCampaigns.flatMap(({ campaignId }) => campaignId ?? []))];
    const leadIds = ofCampaigns.flatMap(({ leadId }) => leadId ?? []);
    const [campaigns, leads] =
      campaignIds.length === 0
        ? [[], []]
        : await Promise.all([this.campaigns.findMany(workspaceId, campaignIds), this.leads.findMany(workspaceId, leadIds)]);
    const guesses = await this.zoneGuesses.of(workspaceId, campaigns);
    const campaignOf = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
    const leadOf = new Map(leads.map((lead) => [lead.id, lead]));
    return new Map(
      messages.map((message) => {
        const settings = campaignOf.get(message.campaignId ?? '')?.settings;
        const lead = leadOf.get(message.leadId ?? '') ?? null;
        return [message.id, settings ? windowFor(settings, lead, guesses) : (message.window ?? {})];
      }),
    );
  }

  async contentsOf(workspaceId: WorkspaceId, messages: readonly Message[]): Promise<Map<string, Content>> {
    const campaignIds = [...new Set(messages.flatMap(({ campaignId }) => campaignId ?? []))];
    const campaigns = campaignIds.length === 0 ? [] : await this.campaigns.findMany(workspaceId, campaignIds);
    const steps = new Map(campaigns.flatMap((campaign) => campaign.steps.map((step) => [step.id, contentOf(step)])));
    return new Map(
      messages.flatMap(({ id, stepId }): [string, Content][] => {
        const content = steps.get(stepId ?? '');
        return content === undefined ? [] : [[id, content]];
      }),
    );
  }

  private direct(message: Message): SendPolicy {
    return {
      template: message.template ?? '',
      ...(message.content ?? TEXT_ALONE),
      window: message.window ?? {},
      gapSeconds: this.config.CONTACT_GAP_SECONDS,
      addresses: 'all',
      excluded: [],
      fallback: message.fallback,
      lineIds: [],
    };
  }
}

const contentOf = ({ template, subject, html, byChannel }: Step): Content => ({ template, subject, html, byChannel });
