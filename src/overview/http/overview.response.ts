import type { LineToday } from '../../lines';
import type { Overview } from '../application/overview.service';

/** @schema OverviewLine */
function toLineResponse({ line, usage, limitToday }: LineToday) {
  const { status, reason, unhealthySince } = line.health;
  return {
    _id: line.id,
    firstName: line.firstName,
    lastName: line.lastName,
    phone: line.phone,
    email: line.email,
    channel: line.channel,
    isActive: line.isActive,
    healthCheck: { status, reason, unhealthySince },
    totalMessagesCount: usage.totalMessagesCount,
    dailyTotalMessagesLimit: line.dailyTotalMessagesLimit,
    /** By that limit and the ramp of the line. */
    dailyLimitToday: limitToday,
    newConversationsCount: usage.newConversationsCount,
    dailyNewConversationsLimit: line.dailyNewConversationsLimit,
  };
}

/**
 * How a workspace is doing. `lines` (`lines:read`) has what was sent on the current UTC day; those that
 * cannot send come first. `campaigns` (`campaigns:read`) has the newest running ones. `waiting`
 * (`campaigns:read` and `messages:read`) is of the 20 newest running campaigns and of direct messages. Counts
 * of `inbox` (`messages:read`) end at 1,000. `checklist` (`campaigns:read` and `leads:read`) is `null` once a
 * campaign was launched.
 * @schema Overview
 */
export function toOverviewResponse({ lines, campaigns, waiting, inbox, alerts, checklist }: Overview) {
  return {
    lines: lines && { sentToday: lines.sentToday, count: lines.count, lines: lines.shown.map(toLineResponse) },
    campaigns: campaigns && {
      running: campaigns.running,
      campaigns: campaigns.shown.map(({ view: { campaign, counts, replies }, finished }) => ({
        _id: campaign.id,
        name: campaign.name,
        channel: campaign.channel,
        launchedAt: campaign.launchedAt,
        finished,
        messageCounts: counts,
        replies,
      })),
    },
    waiting,
    inbox,
    alerts,
    checklist: checklist && {
      hasLine: checklist.hasLine,
      hasLead: checklist.hasLead,
      draft: checklist.draft && { _id: checklist.draft.id, name: checklist.draft.name },
    },
  };
}
