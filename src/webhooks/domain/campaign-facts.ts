import type { CampaignFinished } from '../../campaigns/domain';
import type { Fact } from './facts';

/** Of a campaign in which nothing waits any more. */
export const campaignFinishedFact = ({ campaign, counts, replies, finishedAt }: CampaignFinished): Fact => ({
  // Leads that are added later begin it anew, and it comes to another end.
  id: `evt_${campaign.id}_finished_${finishedAt.getTime()}`,
  event: 'campaign.finished',
  at: finishedAt,
  about: { leadIds: [], addresses: [] },
  of: {},
  fields: () => ({
    campaignId: campaign.id,
    campaign: {
      _id: campaign.id,
      name: campaign.name,
      listId: campaign.listId,
      status: campaign.status,
      launchedAt: campaign.launchedAt,
      finishedAt,
      messageCounts: counts,
      replies,
    },
  }),
});
