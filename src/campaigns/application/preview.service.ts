import { Injectable } from '@nestjs/common';
import { nextAllowed } from '#libs/send-window';
import { renderTemplate } from '#libs/templates';
import { Leads } from '../../leads';
import { lineName, Lines } from '../../lines';
import { templateValues } from '../../messages';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import type { WorkspaceId } from '../../platform/ids';
import { UnsubscribeLinks } from '../../suppressions';
import { afterWait, type Campaign, Campaigns, liveSteps } from '../domain/campaign';
import { windowFor } from '../domain/lead-window';
import { EnrollmentChecks, type SkipReason } from './enrollment-checks';
import { ZoneGuessesService } from './zone-guesses.service';

interface PreviewStep {
  stepId: string;
  text: string;
  /** The earliest time: its wait over, inside the window. Limits and gaps may make it later. */
  plannedAt: Date;
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
    private readonly enrollmentChecks: EnrollmentChecks,
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
    const lines = (await this.lines.all(workspaceId)).filter((line) => line.isActive && line.channel === campaign.channel);
    const line = lines.find(({ id }) => campaign.lineIds.length === 0 || campaign.lineIds.includes(id));
    const own = { lineName: line ? lineName(line) : '', unsubscribeUrl: this.unsubscribeLinks.sample };
    const values = templateValues(lead, own);
    const window = windowFor(campaign.settings, lead, await this.zoneGuesses.of(workspaceId, [campaign]));
    let from = this.clock.now();
    const steps = liveSteps(campaign).map(({ id, template, wait }) => {
      from = nextAllowed(afterWait(from, wait), window);
      return { stepId: id, text: renderTemplate(template, values), plannedAt: from };
    });
    const { skipped } = await this.enrollmentChecks.check(campaign, [lead]);
    return { campaign, externalId: lead.externalId, steps, skipped: skipped.get(leadId) ?? null };
  }
}
