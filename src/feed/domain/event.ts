import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';

/** What is told of a workspace, in the feed and by webhooks. The first five are those of the public API. */
export const EVENT_TYPES = [
  'message.sent',
  'message.failed',
  'message.fallback',
  'message.reply',
  'message.opened',
  'message.delivered',
  'message.cancelled',
  'reply.needs_review',
  'contact.opted_out',
  'contact.opted_in',
  'lead.created',
  'lead.updated',
  'lead.deleted',
  'line.health_changed',
  'campaign.finished',
  'import.finished',
  'availability.finished',
  'webhook.disabled',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** An event as it is written down, in the transaction of its fact. */
export interface NewEvent {
  /** The same whenever the same thing is told. */
  id: string;
  type: EventType;
  /** Exactly what a webhook is sent. */
  body: string;
  /** Whose data the body holds, by lead and by address: it is blanked when one of them is erased. */
  about: { leadIds: readonly string[]; addresses: readonly string[] };
  createdAt: Date;
}

/** An event that stands in the feed. */
export interface FeedEvent extends Pick<NewEvent, 'id' | 'type' | 'body' | 'createdAt'> {
  /** Counted from 1 in each workspace, without a gap. */
  place: number;
}

/** What is read of the feed. */
export interface FeedRequest {
  /** The place behind which to read; `null` for the oldest event that is kept. */
  after: number | null;
  /** Without it: all. */
  types?: readonly EventType[];
  limit: number;
}

export interface FeedPage {
  events: FeedEvent[];
  /** The place behind which to go on. */
  next: number;
  /** There was more behind it when it was read. */
  hasMore: boolean;
}

/**
 * The events of workspaces. They are written without a place, each in the transaction of its fact, and get
 * one after it has committed, one transaction of placing after the other: what has been read up to a place
 * is complete. See docs/adr/0027.
 */
export abstract class Feed {
  /** Those that are there already are left alone. */
  abstract add(workspaceId: WorkspaceId, events: readonly NewEvent[], transaction: Transaction): Promise<void>;
  /** Is there an event without a place? */
  abstract hasUnplaced(workspaceId: WorkspaceId): Promise<boolean>;
  /** Gives the oldest events without one their places. @returns how many, and the last place there is */
  abstract place(workspaceId: WorkspaceId, limit: number, transaction: Transaction): Promise<{ count: number; last: number }>;
  /** The next workspace, in the order of their ids, that has an event without a place. */
  abstract nextUnplaced(after: WorkspaceId | null): Promise<WorkspaceId | null>;
  /** The last place of each workspace; of those without events, nothing. */
  abstract lastPlaces(workspaceIds: readonly WorkspaceId[]): Promise<Map<WorkspaceId, number>>;
  /** Where a reading begins. @param after `null` for the oldest event there is @throws as `read` */
  abstract startOf(workspaceId: WorkspaceId, after: number | null): Promise<number>;
  /** The last events, oldest first; of types, those among the last places. */
  abstract latest(workspaceId: WorkspaceId, request: Omit<FeedRequest, 'after'>): Promise<FeedPage>;
  /** @throws CursorExpired when what came behind the place is not kept any more */
  abstract read(workspaceId: WorkspaceId, request: FeedRequest): Promise<FeedPage>;
}
