import type { Campaign } from './campaign';
import type { StatusCounts } from './report';

/** Nothing waits in a campaign any more. Published in the transaction that writes it down. */
export class CampaignFinished {
  constructor(
    readonly campaign: Campaign,
    /** Its messages by status. */
    readonly counts: StatusCounts,
    /** Leads that have replied. */
    readonly replies: number,
    readonly finishedAt: Date,
  ) {}
}
