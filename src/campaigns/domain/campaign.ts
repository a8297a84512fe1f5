import type { WindowSettings } from '#libs/send-window';
import type { ChannelName } from '../../channels/domain';
import type { Content } from '../../messages/domain';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';

export const CAMPAIGN_STATUSES = ['draft', 'active', 'paused', 'archived'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

export const WAIT_UNITS = ['seconds', 'minutes', 'hours', 'days'] as const;
export interface Wait {
  amount: number;
  unit: (typeof WAIT_UNITS)[number];
}

export interface Step extends Content {
  id: string;
  /** Counted from the actual send of the step before; of the first step, from enrolling. */
  wait: Wait;
  /** `null`: as the campaign's `stopOnReply`. */
  onlyIfNoReply: boolean | null;
  /** `null`: the campaign's. */
  channel: ChannelName | null;
  /** A tombstone: it was removed while leads stood at it, and keeps its pageRequest. */
  removed: boolean;
}

export interface CampaignSettings {
  timezone: string | null;
  sendWindowStart: string | null;
  sendWindowEnd: string | null;
  /** 0 = Sunday; `null`: every day. */
  allowedDaysOfWeek: number[] | null;
  useLeadTimezone: boolean;
  contactGapSeconds: number;
  stopOnReply: boolean;
  addresses: 'all' | 'primary';
  /** The channels to go on with where the step's own reaches nobody, in this order. */
  fallbackChannels: ChannelName[];
  /**
   * After a step of which nobody knows whether it was sent: wait for somebody to say, or go on all the same.
   */
  afterUnknown: 'hold' | 'continue';
}

export interface Campaign {
  id: string;
  workspaceId: WorkspaceId;
  name: string;
  listId: string;
  lineIds: string[];
  channel: ChannelName;
  /** In order, tombstones included. */
  steps: Step[];
  settings: CampaignSettings;
  status: CampaignStatus;
  /** Raised by every edit of the steps; edits are applied to what waits before the campaign goes on. */
  edition: number;
  launchedAt: Date | null;
  /** Since when nothing waits in it; `null` while something does. Written by `finish` and `goOn` alone. */
  finishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const UNIT_MS: Record<Wait['unit'], number> = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** When a wait that began at `from` is over. A day is 24 hours. */
export const afterWait = (from: Date, { amount, unit }: Wait): Date => new Date(from.getTime() + amount * UNIT_MS[unit]);

/** Every write gets a time of its own, by which a second writer notices the first. */
export const changedAt = (before: Campaign, now: Date): Date => new Date(Math.max(now.getTime(), before.updatedAt.getTime() + 1));

/** The steps that are not removed. */
export const liveSteps = (campaign: Campaign): Step[] => campaign.steps.filter((step) => !step.removed);

/** Every channel that a message of the campaign may go by: of its steps, and those to fall back on. */
export const channelsOf = (campaign: Campaign): ChannelName[] => {
  const { channel, settings } = campaign;
  const ofSteps = liveSteps(campaign).map((step) => step.channel ?? channel);
  return [...new Set([channel, ...ofSteps, ...settings.fallbackChannels])];
};

export const windowOf = ({ timezone, sendWindowStart, sendWindowEnd, allowedDaysOfWeek }: CampaignSettings): WindowSettings => ({
  ...(timezone !== null && { timezone }),
  ...(sendWindowStart !== null && { sendWindowStart }),
  ...(sendWindowEnd !== null && { sendWindowEnd }),
  ...(allowedDaysOfWeek !== null && { allowedDaysOfWeek }),
});

/** Does a reply keep this step from being sent? */
export const requiresNoReply = (campaign: Campaign, step: Step): boolean => step.onlyIfNoReply ?? campaign.settings.stopOnReply;

export abstract class Campaigns {
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Campaign | null>;
  abstract findMany(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Campaign[]>;
  abstract list(workspaceId: WorkspaceId, filter: { status?: CampaignStatus }, pageRequest: PageRequest): Promise<Page<Campaign>>;
  /** As this process has read them within the last seconds, or as they are now. Outside transactions. */
  abstract lately(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Campaign[]>;
  /** Of those that are active, what their messages take turns by; oldest first. */
  abstract active(workspaceId: WorkspaceId): Promise<Pick<Campaign, 'id' | 'settings' | 'lineIds'>[]>;
  /** Also one that was deleted since. */
  abstract wasAnyLaunched(workspaceId: WorkspaceId): Promise<boolean>;
  /** A campaign that is not archived and works on the list. */
  abstract usingList(workspaceId: WorkspaceId, listId: string): Promise<Campaign | null>;
  abstract insert(campaign: Campaign, transaction: Transaction): Promise<void>;
  /** Writes the campaign if nobody changed it since `before` was read. @returns whether it did */
  abstract save(campaign: Campaign, before: Campaign, transaction: Transaction): Promise<boolean>;
  /** Writes down that nothing waits in it any more. @returns false when that is known, or it is archived */
  abstract finish(campaign: Campaign, at: Date, transaction: Transaction): Promise<boolean>;
  /** More was planned in it. */
  abstract goOn(campaign: Campaign, transaction?: Transaction): Promise<void>;
  /** Launched campaigns of all workspaces that have not come to their end, by id, after that one. */
  abstract unfinished(after: string | null, limit: number): Promise<Campaign[]>;
  /** Hides the campaign from everything. */
  abstract hide(workspaceId: WorkspaceId, id: string, now: Date, transaction: Transaction): Promise<void>;
}
