import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { NotFound } from '../../platform/errors';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { Secrets } from '../../platform/secrets';
import { Deliveries } from '../domain/delivery';
import { MAX_WEBHOOKS } from '../domain/limits';
import { SECRET_PREFIX } from '../domain/signatures';
import { UNTRIED, type Webhook, type WebhookEvent, Webhooks } from '../domain/webhook';
import { TooManyWebhooks } from '../domain/webhooks.errors';
import { type EndpointAnswer, EndpointCalls } from './endpoint-calls';
import { Subscriptions } from './subscriptions';

/** What a caller sets. */
export interface WebhookFields {
  url: string;
  name: string;
  description: string | null;
  events: readonly WebhookEvent[];
}

const HOUR_MS = 3_600_000;

/** A workspace's endpoints. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly endpointCalls: EndpointCalls,
    private readonly subscriptions: Subscriptions,
    private readonly secrets: Secrets,
    private readonly ids: Ids,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  list(workspaceId: WorkspaceId): Promise<Webhook[]> {
    return this.webhooks.all(workspaceId);
  }

  /** @throws NotFound */
  async get(workspaceId: WorkspaceId, id: string): Promise<Webhook> {
    const webhook = await this.webhooks.find(workspaceId, id);
    if (!webhook) throw new NotFound('Webhook');
    return webhook;
  }

  /**
   * Whatever happens after it has returned is told.
   * @returns the secret, which nobody sees again
   * @throws TooManyWebhooks
   */
  async create(workspaceId: WorkspaceId, fields: WebhookFields): Promise<{ webhook: Webhook; secret: string }> {
    if ((await this.webhooks.all(workspaceId)).length >= MAX_WEBHOOKS) throw new TooManyWebhooks();
    const now = this.clock.now();
    const secret = newSecret();
    const webhook: Webhook = {
      ...UNTRIED,
      ...fields,
      id: this.ids.next(),
      workspaceId,
      isActive: true,
      disabledReason: null,
      secret: this.secrets.seal(secret),
      previous: null,
      createdAt: now,
      updatedAt: now,
    };
    await this.webhooks.insert(webhook);
    await this.subscriptions.untilKnown();
    return { webhook, secret };
  }

  /** Changes what is given. To switch one on again forgets its failures. @throws NotFound */
  async change(workspaceId: WorkspaceId, id: string, fields: Partial<WebhookFields> & { isActive?: boolean }): Promise<void> {
    const webhook = await this.get(workspaceId, id);
    const now = this.clock.now();
    const { isActive } = fields;
    const switched: Partial<Webhook> =
      isActive === undefined || isActive === webhook.isActive
        ? {}
        : isActive
          ? { disabledReason: null, failureCount: 0, failingSince: null }
          : { disabledReason: 'by_user' };
    if (!(await this.webhooks.change(workspaceId, id, { ...fields, ...switched, updatedAt: now }))) throw new NotFound('Webhook');
    await this.subscriptions.untilKnown();
  }

  /** With its deliveries. @throws NotFound */
  async delete(workspaceId: WorkspaceId, id: string): Promise<void> {
    if (!(await this.webhooks.delete(workspaceId, id))) throw new NotFound('Webhook');
    await this.subscriptions.untilKnown();
    await this.deliveries.deleteAll(id);
  }

  /**
   * Gives it a new secret. The one before signs as well for a while, beside the new one, so that the receiver
   * can be changed in between.
   * @param overlapHours 0 to 168
   * @throws NotFound
   */
  async rotate(
    workspaceId: WorkspaceId,
    id: string,
    overlapHours: number,
  ): Promise<{ secret: string; previousUntil: Date | null }> {
    const webhook = await this.get(workspaceId, id);
    const now = this.clock.now();
    const secret = newSecret();
    const until = overlapHours > 0 ? new Date(now.getTime() + overlapHours * HOUR_MS) : null;
    const changes = {
      secret: this.secrets.seal(secret),
      previous: until && { secret: webhook.secret, until },
      updatedAt: now,
    };
    if (!(await this.webhooks.change(workspaceId, id, changes))) throw new NotFound('Webhook');
    return { secret, previousUntil: until };
  }

  /** Sends a signed trial, which is kept nowhere and says nothing about the endpoint. @throws NotFound */
  async check(workspaceId: WorkspaceId, id: string): Promise<EndpointAnswer> {
    const webhook = await this.get(workspaceId, id);
    const eventId = `evt_${this.ids.next()}_test`;
    const [event = 'message.sent'] = webhook.events;
    const data = { test: true, message: 'This is a test of your webhook.' };
    const body = JSON.stringify({ id: eventId, event, timestamp: this.clock.now().toISOString(), workspaceId, data });
    return this.endpointCalls.call(webhook, { id: eventId, event, body });
  }
}

/** 32 random bytes, as Standard Webhooks writes a symmetric key. */
const newSecret = (): string => SECRET_PREFIX + randomBytes(32).toString('base64');
