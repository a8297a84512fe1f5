import { EVENT_TYPES, type EventType } from '../../feed/domain';
import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';

/** What an endpoint can subscribe to. */
export const WEBHOOK_EVENTS = EVENT_TYPES;
export type WebhookEvent = EventType;

/** Why an endpoint is off: its answer was 410, it has failed for five days, or somebody switched it off. */
export type DisabledReason = 'gone' | 'failing' | 'by_user';

/** What is known of an endpoint from its answers. */
export interface WebhookHealth {
  lastTriggeredAt: Date | null;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  /** Failures since the last success. */
  failureCount: number;
  /** The first failure since the last success. */
  failingSince: Date | null;
}

export const UNTRIED: WebhookHealth = {
  lastTriggeredAt: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  failureCount: 0,
  failingSince: null,
};

/** An endpoint of a tenant's, which is told of what happens. */
export interface Webhook extends WebhookHealth {
  id: string;
  workspaceId: WorkspaceId;
  url: string;
  name: string;
  description: string | null;
  events: readonly WebhookEvent[];
  isActive: boolean;
  disabledReason: DisabledReason | null;
  /** Sealed. */
  secret: string;
  /** Sealed: the secret before a rotation, which signs as well until then. */
  previous: { secret: string; until: Date } | null;
  createdAt: Date;
  updatedAt: Date;
}

/** An endpoint that fails for so long, in milliseconds, without a success, is switched off. */
export const FAILING_FOR_MS = 5 * 86_400_000;

/** Has it failed for so long that nobody can be there? */
export const isGivenUp = ({ failingSince }: WebhookHealth, now: Date): boolean =>
  failingSince !== null && now.getTime() - failingSince.getTime() >= FAILING_FOR_MS;

/** Where endpoints are kept. */
export abstract class Webhooks {
  abstract insert(webhook: Webhook): Promise<void>;
  abstract find(workspaceId: WorkspaceId, id: string): Promise<Webhook | null>;
  /** Of any workspace: for the workers. */
  abstract findById(id: string): Promise<Webhook | null>;
  /** Newest first. */
  abstract all(workspaceId: WorkspaceId, transaction?: Transaction): Promise<Webhook[]>;
  /** @returns false when it is gone */
  abstract change(workspaceId: WorkspaceId, id: string, changes: Partial<Webhook>): Promise<boolean>;
  /** Writes what an answer says about the endpoint, in one step with other workers' answers. */
  abstract answered(id: string, isSuccess: boolean, at: Date): Promise<WebhookHealth | null>;
  /** Switches it off, if it is on. @returns whether this call did it */
  abstract disable(id: string, reason: DisabledReason, now: Date, transaction: Transaction): Promise<boolean>;
  /** @returns false when it is gone already */
  abstract delete(workspaceId: WorkspaceId, id: string): Promise<boolean>;
}
