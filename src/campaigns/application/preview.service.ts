import { Injectable } from '@nestjs/common';
import { nextAllowed } from '#libs/send-window';
import { Workspaces } from '../../auth';
import type { ChannelName } from '../../channels';
import { type Lead, Leads } from '../../leads';
import { type Line, lineName, Lines } from '../../lines';
import { templateValues } from '../../messages';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { UnsubscribeLinks } from '../../suppressions';
import { afterWait, type Campaign, Campaigns, liveSteps } from '../domain/campaign';
import { windowFor } from '../domain/lead-window';
import { EnrollmentChecks, type SkipReason } from './enrollment-checks';
import { type PreviewContent, PreviewContents } from './preview-contents';
import { ZoneGuessesService } from './zone-guesses.service';

interface PreviewStep {
  stepId: string;
  /** As it goes out on the step's own channel. */
  text: string;
  /** The earliest time: its wait over, inside the window. Limits and gaps may make it later. */
  plannedAt: Date;
  /** On the step's own channel, and on those to fall back on, in their order. */
  channels: PreviewContent[];
}

export interface Preview {
  campaign: Campaign;
  /** Of the lead, in the system that it comes from. */
  externalId: string | null;
  steps: PreviewStep[];
  /** Why the lead would be left out. */
  skipped: SkipReason | null;
}

/** What a lead would get, and when at the earliest, if it were enrolled now. Saves nothing. */
@Injectable()
export class PreviewService {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly leads: Leads,
    private readonly lines: Lines,
    private readonly workspaces: Workspaces,
    private readonly enrollmentChecks: EnrollmentChecks,
    private readonly previewContents: PreviewContents,
    private readonly unsubscribeLinks: UnsubscribeLinks,
    private readonly zoneGuesses: ZoneGuessesService,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async preview(workspaceId: WorkspaceId, campaignId: string, leadId: string): Promise<Preview> {
    const campaign = await this.campaigns.find(workspaceId, campaignId);
    if (!campaign) throw new NotFound('Campaign');
    const lead = await this.leads.find(workspaceId, leadId);
    if (!lead) throw new NotFound('Lead');
    const window = windowFor(campaign.settings, lead, await this.zoneGuesses.of(workspaceId, [campaign]));
    const contents = await this.contentsFor(campaign, lead);
    let from = this.clock.now();
    const steps = liveSteps(campaign).map((step, index) => {
      from = nextAllowed(afterWait(from, step.wait), window);
      const channels = contents[index]!;
      return { stepId: step.id, text: channels[0]!.text, plannedAt: from, channels };
    });
    const { skipped } = await this.enrollmentChecks.check(campaign, [lead]);
    return { campaign, externalId: lead.externalId, steps, skipped: skipped.get(leadId) ?? null };
  }

  private async contentsFor(campaign: Campaign, lead: Lead): Promise<PreviewContent[][]> {
    const { workspaceId } = campaign;
    const lines = (await this.lines.all(workspaceId)).filter((line) => line.isActive);
    const workspace = await this.workspaces.find(workspaceId);
    const { sample: unsubscribeUrl } = this.unsubscribeLinks;
    const values = (channel: ChannelName) => templateValues(lead, { lineName: nameOn(lines, campaign, channel), unsubscribeUrl });
    const footer = { unsubscribeUrl, postalAddress: workspace?.postalAddress ?? null };
    return this.previewContents.of(campaign, values, footer);
  }
}

/** Of a line that may send on the channel; none where there is no such line. */
function nameOn(lines: readonly Line[], { lineIds }: Campaign, channel: ChannelName): string {
  const onChannel = lines.filter((line) => line.channel === channel);
  const line = onChannel.find(({ id }) => lineIds.length === 0 || lineIds.includes(id));
  return line ? lineName(line) : '';
}
