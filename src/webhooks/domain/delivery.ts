import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';
import type { WebhookEvent } from './webhook';

/** `pending`: it is to be tried, or tried again. `failed`: it is not tried any more. */
export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What one attempt came to. */
export interface DeliveryResult {
  /** `null`: there was no answer. */
  statusCode: number | null;
  /** Why it counts as failed, as a sentence; `null` when it does not. */
  error: string | null;
  durationMs: number;
  /** The beginning of the answer's body, at most a KB. */
  response: string | null;
}

/** One event for one endpoint. */
export interface Delivery {
  id: string;
  workspaceId: WorkspaceId;
  webhookId: string;
  /** The id of the fact: the same in every repeat, and at every endpoint. */
  eventId: string;
  event: WebhookEvent;
  /** Exactly what is sent, as it was when the fact was saved. */
  body: string;
  state: DeliveryState;
  attempts: number;
  /** When it is tried next; while it is being tried, when another worker may. */
  dueAt: Date;
  /** The worker that tries it. */
  claim: string | null;
  last: DeliveryResult | null;
  /** The delivery that this one repeats, on somebody's wish. */
  replayOf: string | null;
  /** Whose data the body holds, by lead and by address: it goes when one of them is erased. */
  about: { leadIds: readonly string[]; addresses: readonly string[] };
  createdAt: Date;
  /** When it came to its end. */
  endedAt: Date | null;
}

type New = Pick<Delivery, 'id' | 'workspaceId' | 'webhookId' | 'eventId' | 'event' | 'body' | 'about' | 'createdAt'>;

/** One that has not been tried. */
export const newDelivery = (delivery: New, replayOf: string | null = null): Delivery => ({
  ...delivery,
  state: 'pending',
  attempts: 0,
  dueAt: delivery.createdAt,
  claim: null,
  last: null,
  replayOf,
  endedAt: null,
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Waits before the second attempt and those after it, in milliseconds. There is none after the last. */
const WAITS_MS = [
  5_000,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];
/** Each wait is longer by up to this part of it, so that what failed together does not come back together. */
const JITTER = 0.1;
/** No endpoint can ask for a longer pause. */
const MAX_PAUSE_MS = 24 * HOUR_MS;

/**
 * When a failed delivery is tried again.
 * @param attempts how often it was tried, 1 or more
 * @param random 0 to 1
 * @param pauseMs what the endpoint's `Retry-After` asks for, or 0
 * @returns `null` when it is not
 */
export function triedAgainAt(attempts: number, now: Date, { random, pauseMs }: { random: number; pauseMs: number }): Date | null {
  const wait = WAITS_MS[attempts - 1];
  if (wait === undefined) return null;
  return new Date(now.getTime() + Math.max(Math.round(wait * (1 + JITTER * random)), Math.min(pauseMs, MAX_PAUSE_MS)));
}

/** Which deliveries of an endpoint. */
export interface DeliveryFilter {
  state?: DeliveryState;
  event?: WebhookEvent;
}

/** From the first moment to before the second. */
export interface DeliveryRange extends DeliveryFilter {
  from: Date;
  to: Date;
}

/** Where deliveries are kept, for 30 days. */
export abstract class Deliveries {
  /** Those of an event that is there already are left alone. */
  abstract add(deliveries: readonly Delivery[], transaction?: Transaction): Promise<void>;
  /** The endpoints that have something to try now, in the order of their ids, from the one after that. */
  abstract endpointsWithWork(now: Date, limit: number, after: string | null): Promise<string[]>;
  /** When the next of all is due; `null` where none is pending. It may be too early where there are many. */
  abstract nextAt(): Promise<Date | null>;
  /** Takes what is due longest, for this worker alone until then. */
  abstract claim(webhookId: string, by: { token: string; until: Date; now: Date }, limit: number): Promise<Delivery[]>;
  /** Writes what became of one, unless another worker has taken it meanwhile. */
  abstract settle(delivery: Delivery, become: Partial<Delivery>): Promise<void>;
  /** Ends all that is pending for an endpoint, with the reason; they are found in the log. */
  abstract giveUp(webhookId: string, error: string, now: Date): Promise<void>;
  abstract deleteAll(webhookId: string): Promise<void>;
  abstract find(workspaceId: WorkspaceId, webhookId: string, id: string): Promise<Delivery | null>;
  /** Newest first. */
  abstract list(workspaceId: WorkspaceId, webhookId: string, filter: DeliveryFilter, page: PageRequest): Promise<Page<Delivery>>;
  /** Oldest first; replays are left out. */
  abstract inRange(workspaceId: WorkspaceId, webhookId: string, range: DeliveryRange, limit: number): Promise<Delivery[]>;
}
