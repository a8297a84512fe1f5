import { Injectable } from '@nestjs/common';
import { countryOfPhone } from '#libs/contact-methods';
import { placeOf } from '#libs/quiet-hours';
import { type Workspace, Workspaces } from '../../auth';
import { type Lead, Leads } from '../../leads';
import { Clock } from '../../platform/clock';
import { allowedFrom, restrictionsFor } from '../../sending';
import { type Campaign, channelsOf } from '../domain/campaign';
import { NoAllowedTime } from '../domain/campaigns.errors';
import { windowFor } from '../domain/lead-window';

/** So many leads of the list are looked at, the first that it has. */
const SAMPLE_SIZE = 1_000;
/** States whose law allows three messages about one subject in 24 hours (docs/consent.md). */
const THREE_A_DAY = ['US-FL', 'US-MD', 'US-OK'];
const LAWFUL_A_DAY = 3;

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
    const hours = workspace.quietHours === 'off' ? withoutQuietHours(leads) : this.withoutTime(campaign, workspace, leads);
    return [...hours, ...withoutDailyMaximum(workspace, leads)];
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

/** The law of some states has a number for a day, and nothing keeps to it unless the workspace says so. */
function withoutDailyMaximum({ maxMessagesPerPersonPerDay: max }: Workspace, leads: readonly Lead[]): LaunchWarning[] {
  if (max !== null && max <= LAWFUL_A_DAY) return [];
  const isLimited = ({ phone, customFields }: Lead) => {
    if (phone === null) return false;
    const { from, tollFree, jurisdictions } = placeOf({ phone, customFields });
    return from !== 'none' && !tollFree && jurisdictions.some((one) => THREE_A_DAY.includes(one));
  };
  if (!leads.some(isLimited)) return [];
  const message =
    'the list has people in Florida, Maryland or Oklahoma, whose laws allow three messages about one subject in 24 hours, ' +
    'and the workspace allows more (PATCH /workspace)';
  return [{ field: 'maxMessagesPerPersonPerDay', message }];
}
