import { type Campaign, type CampaignStatus, changedAt } from './campaign';
import { WrongCampaignStatus } from './campaigns.errors';

/** From which statuses to which each step of a campaign's life leads. Only an active one sends. */
export const CAMPAIGN_TRANSITIONS = {
  launch: { from: ['draft', 'active', 'paused'], to: 'active', otherwise: 'it cannot be launched again' },
  pause: { from: ['active'], to: 'paused', otherwise: 'only an active campaign can be paused' },
  resume: { from: ['paused'], to: 'active', otherwise: 'only a paused campaign can be resumed' },
  archive: { from: ['draft', 'active', 'paused'], to: 'archived', otherwise: 'it is archived already' },
} as const satisfies Record<string, { from: readonly CampaignStatus[]; to: CampaignStatus; otherwise: string }>;

export type CampaignTransition = keyof typeof CAMPAIGN_TRANSITIONS;

/** @throws WrongCampaignStatus from a status that the table does not name */
export function changeStatus(name: CampaignTransition, campaign: Campaign, now: Date): Campaign {
  const { from, to, otherwise } = CAMPAIGN_TRANSITIONS[name];
  if (!(from as readonly string[]).includes(campaign.status)) throw new WrongCampaignStatus(campaign.status, otherwise);
  const updatedAt = changedAt(campaign, now);
  const launchedAt = name === 'launch' ? (campaign.launchedAt ?? updatedAt) : campaign.launchedAt;
  return { ...campaign, status: to, launchedAt, updatedAt };
}
