import { Injectable } from '@nestjs/common';
import { countryOfPhone } from '#libs/contact-methods';
import { type Workspace, Workspaces } from '../../auth';
import { type Lead, Leads } from '../../leads';
import { Clock } from '../../platform/clock';
import { allowedFrom, restrictionsFor } from '../../sending';
import { type Campaign, channelsOf } from '../domain/campaign';
import { NoAllowedTime } from '../domain/campaigns.errors';
import { windowFor } from '../domain/lead-window';

/** So many leads of the list are looked at, the first that it has. */
const SAMPLE_SIZE = 1_000;

/** What somebody who launches a campaign should know. */
export interface LaunchWarning {
  field: string;
  message: string;
}

/** Looks at the first leads of a list before a campaign goes out to it. */
@Injectable()
export class LaunchChecks {
  constructor(
    private readonly leads: Leads,
    private readonly workspaces: Workspaces,
    private readonly clock: Clock,
  ) {}

  /** @throws NoAllowedTime when window and quiet hours leave no time for anybody who was looked at */
  async check(campaign: Campaign): Promise<LaunchWarning[]> {
    const { workspaceId, listId } = campaign;
    if (channelsOf(campaign).every((channel) => channel === 'email')) return [];
    const workspace = await this.workspaces.find(workspaceId);
    const ids = await this.leads.memberIds(workspaceId, listId, null, SAMPLE_SIZE);
    const leads = await this.leads.findMany(workspaceId, ids);
    if (!workspace || leads.length === 0) return [];
    return workspace.quietHours === 'off' ? withoutQuietHours(leads) : this.withoutTime(campaign, workspace, leads);
  }

  private withoutTime(campaign: Campaign, workspace: Workspace, leads: readonly Lead[]): LaunchWarning[] {
    const { quietHours } = workspace;
    const now = this.clock.now();
    const hasTime = (lead: Lead) => {
      const recipient = { channel: campaign.channel, address: null, lead };
      const how = { window: windowFor(campaign.settings, lead, workspace), quietHours, edgeSeconds: 0 };
      return allowedFrom(now, restrictionsFor(recipient, how)) !== null;
    };
    const none = leads.filter((lead) => !hasTime(lead)).length;
    if (none === leads.length) throw new NoAllowedTime();
    if (none === 0) return [];
    const who = `${none.toLocaleString('en-US')} of the first ${leads.length.toLocaleString('en-US')} leads`;
    const message = `the window and the quiet hours leave no time in the next 8 days for ${who}; their messages will fail`;
    return [{ field: 'settings.sendWindowStart', message }];
  }
}

/** The law has hours for the United States, and nothing keeps to them unless the workspace says so. */
function withoutQuietHours(leads: readonly Lead[]): LaunchWarning[] {
  const american = leads.some(({ phone }) => phone !== null && countryOfPhone(phone) === 'US');
  if (!american) return [];
  const message = 'the list has numbers in the United States, and the workspace keeps no quiet hours (PATCH /workspace)';
  return [{ field: 'quietHours', message }];
}
