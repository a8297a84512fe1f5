import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import type { WorkspaceId } from '../../platform/ids';
import { type Webhook, type WebhookEvent, Webhooks } from '../domain/webhook';

/** A process knows of a change of endpoints after so long, in milliseconds. */
const SUBSCRIPTIONS_AGE_MS = 1_000;

/** Workspaces whose endpoints are remembered. */
const MAX_REMEMBERED = 10_000;

/**
 * Which endpoints want to know of what. It is asked with every message that is sent, and so remembered for a
 * second: whoever changes an endpoint waits for that long before it is said to be done.
 */
@Injectable()
export class Subscriptions {
  private readonly known = new Map<WorkspaceId, { at: number; webhooks: Promise<Webhook[]> }>();

  constructor(
    private readonly webhooks: Webhooks,
    private readonly clock: Clock,
  ) {}

  /** The ids of the active endpoints that subscribed to the event. */
  async to(workspaceId: WorkspaceId, event: WebhookEvent): Promise<string[]> {
    const active = (await this.of(workspaceId)).filter(({ isActive }) => isActive);
    return active.filter(({ events }) => events.includes(event)).map(({ id }) => id);
  }

  /** Resolves when every process knows of what was written before. */
  async untilKnown(): Promise<void> {
    await this.clock.sleep(SUBSCRIPTIONS_AGE_MS);
  }

  private of(workspaceId: WorkspaceId): Promise<Webhook[]> {
    const known = this.known.get(workspaceId);
    const now = performance.now();
    if (known && now - known.at < SUBSCRIPTIONS_AGE_MS) return known.webhooks;
    const webhooks = this.webhooks.all(workspaceId);
    webhooks.catch(() => this.known.delete(workspaceId));
    if (this.known.size >= MAX_REMEMBERED) this.known.clear();
    this.known.set(workspaceId, { at: now, webhooks });
    return webhooks;
  }
}
