import { Injectable } from '@nestjs/common';
import { Channels } from '../../channels';
import type { Lead, LeadContacts } from '../../leads';
import { addressesFor } from '../../messages';
import { Clock } from '../../platform/clock';
import type { Transaction } from '../../platform/mongo';
import { type Judge, SuppressionChecks } from '../../suppressions';
import { type Campaign, channelsOf } from '../domain/campaign';
import { AnsweredBeforeService } from './answered-before';

/** Why somebody is not enrolled: they must not be written to, cannot be, or have answered before. */
export type SkipReason = 'suppressed' | 'no_address' | 'answered_before';

/** Leads of a campaign's list, and why some of them are left out. */
export interface Checked<L extends LeadContacts> {
  wanted: L[];
  /** By lead id. */
  skipped: Map<string, SkipReason>;
}

/** Says who of the leads that are new to a campaign is left out. Whoever is, can be enrolled later. */
@Injectable()
export class EnrollmentChecks {
  constructor(
    private readonly suppressionChecks: SuppressionChecks,
    private readonly answeredBefore: AnsweredBeforeService,
    private readonly channels: Channels,
    private readonly clock: Clock,
  ) {}

  /** @param unsaved other leads that are about to be saved */
  async check<L extends LeadContacts>(
    campaign: Campaign,
    leads: readonly L[],
    transaction?: Transaction,
    unsaved: readonly Lead[] = [],
  ): Promise<Checked<L>> {
    if (leads.length === 0) return { wanted: [], skipped: new Map() };
    const judge = await this.suppressionChecks.judge(campaign.workspaceId, { leads, unsaved }, transaction);
    const answered = await this.answeredBefore.ofMany(campaign, leads, transaction);
    const skipped = new Map<string, SkipReason>();
    for (const lead of leads) {
      const why = this.unreachable(campaign, lead, judge) ?? (answered.get(lead.id)?.isPerson ? 'answered_before' : null);
      if (why) skipped.set(lead.id, why);
    }
    return { wanted: leads.filter(({ id }) => !skipped.has(id)), skipped };
  }

  /** No step of the campaign can reach the lead. Somebody under review is enrolled, and waits. */
  private unreachable(campaign: Campaign, lead: LeadContacts, judge: Judge): SkipReason | null {
    const { addresses } = campaign.settings;
    const choice = { addresses, ttlHours: 0, now: this.clock.now() };
    const reached = channelsOf(campaign).flatMap((channel) =>
      addressesFor(lead, { name: channel, reaches: this.channels.reachOf(channel) }, choice).map((address) => ({
        channel,
        address,
      })),
    );
    if (reached.length === 0) return 'no_address';
    const verdicts = reached.map((one) => judge.verdict({ ...one, leadId: lead.id }));
    return verdicts.every((verdict) => verdict !== null && verdict.kind !== 'review') ? 'suppressed' : null;
  }
}
