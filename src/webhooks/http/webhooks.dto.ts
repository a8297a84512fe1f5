import { ArrayNotEmpty, ArrayUnique, IsArray, IsBoolean, IsIn } from 'class-validator';
import { ValidationFailed } from '../../platform/errors';
import { IsInstant, Optional, OptionalNullable, PagingQuery, Text, WholeNumber } from '../../platform/http';
import { hostIs } from '../../platform/targets';
import type { EndpointAnswer } from '../application/endpoint-calls';
import { type Delivery, DELIVERY_STATES, type DeliveryRange, type DeliveryState } from '../domain/delivery';
import { type Webhook, WEBHOOK_EVENTS, type WebhookEvent } from '../domain/webhook';

const MAX_URL = 2_000;
/** The default of a rotation, and the most that it may be: seven days. */
const OVERLAP_HOURS = 24;
const MAX_OVERLAP_HOURS = 168;

export class NewWebhookDto {
  /** Where the events go: https. */
  @Text(MAX_URL, 1) url: string;
  @Text(100, 1) name: string;
  @OptionalNullable() @Text(1_000) description?: string | null;
  @IsArray() @ArrayNotEmpty() @ArrayUnique() @IsIn(WEBHOOK_EVENTS, { each: true }) events: WebhookEvent[];
}

export class WebhookDto {
  @Optional() @Text(MAX_URL, 1) url?: string;
  @Optional() @Text(100, 1) name?: string;
  @OptionalNullable() @Text(1_000) description?: string | null;
  /** Replaces the list. */
  @Optional() @IsArray() @ArrayNotEmpty() @ArrayUnique() @IsIn(WEBHOOK_EVENTS, { each: true }) events?: WebhookEvent[];
  @Optional() @IsBoolean() isActive?: boolean;
}

export class RotationDto {
  /** For how long the earlier secret signs as well, in hours: 24 by default. */
  @Optional() @WholeNumber(0, MAX_OVERLAP_HOURS) overlapHours?: number;
}

export const overlapOf = ({ overlapHours }: RotationDto): number => overlapHours ?? OVERLAP_HOURS;

export class ListDeliveriesQuery extends PagingQuery {
  @Optional() @IsIn(DELIVERY_STATES) state?: DeliveryState;
  @Optional() @IsIn(WEBHOOK_EVENTS) event?: WebhookEvent;
}

export class ReplayDto {
  /** The first moment of the range; deliveries are found by when their event happened. */
  @IsInstant() from: string;
  /** The moment after its end: now by default. */
  @Optional() @IsInstant() to?: string;
  @Optional() @IsIn(DELIVERY_STATES) state?: DeliveryState;
  @Optional() @IsIn(WEBHOOK_EVENTS) event?: WebhookEvent;
}

/** @throws ValidationFailed */
export function rangeOf({ from, to, state, event }: ReplayDto, now: Date): DeliveryRange {
  const range = { from: new Date(from), to: to === undefined ? now : new Date(to), state, event };
  if (range.to <= range.from) throw new ValidationFailed([{ field: 'to', message: 'must be later than from' }]);
  return range;
}

/**
 * @param allowsPrivate private targets are, and with them http
 * @throws ValidationFailed
 */
export function readUrl(given: string, { allowsPrivate }: { allowsPrivate: boolean }): string {
  const refuse = (message: string) => new ValidationFailed([{ field: 'url', message }]);
  if (!URL.canParse(given)) throw refuse('must be a URL, such as https://example.com/hooks/tuco');
  const url = new URL(given);
  if (url.protocol !== 'https:' && !(allowsPrivate && url.protocol === 'http:')) throw refuse('must be an https URL');
  if (url.username || url.password) throw refuse('must not hold a user name or a password');
  if (hostIs(url) === 'private' && !allowsPrivate) throw refuse('must not be an address in a private range');
  return url.href;
}

export const toNewWebhookResponse = ({ webhook, secret }: { webhook: Webhook; secret: string }) => ({
  id: webhook.id,
  secret,
  url: webhook.url,
  events: webhook.events,
  name: webhook.name,
  createdAt: webhook.createdAt,
  warning: 'Store this secret now: it is not shown again.',
});

export const toWebhookResponse = (webhook: Webhook) => ({
  id: webhook.id,
  url: webhook.url,
  events: webhook.events,
  name: webhook.name,
  description: webhook.description,
  isActive: webhook.isActive,
  disabledReason: webhook.disabledReason,
  lastTriggeredAt: webhook.lastTriggeredAt,
  lastSuccessAt: webhook.lastSuccessAt,
  lastFailureAt: webhook.lastFailureAt,
  failureCount: webhook.failureCount,
  previousSecretExpiresAt: webhook.previous?.until ?? null,
  createdAt: webhook.createdAt,
  updatedAt: webhook.updatedAt,
});

/** @schema WebhookCheck */
export function toCheckResponse({ statusCode, error, response, durationMs }: EndpointAnswer) {
  if (error === null) return { success: true, message: 'The endpoint took the test.', statusCode, response, durationMs };
  const outcome = { success: false, message: 'The endpoint did not take the test.', statusCode, response, durationMs };
  return { ...outcome, error: 'WEBHOOK_NOT_REACHED', details: error };
}

export const toDeliveryResponse = (delivery: Delivery) => ({
  _id: delivery.id,
  webhookId: delivery.webhookId,
  eventId: delivery.eventId,
  event: delivery.event,
  state: delivery.state,
  attempts: delivery.attempts,
  nextAttemptAt: delivery.state === 'pending' ? delivery.dueAt : null,
  statusCode: delivery.last?.statusCode ?? null,
  error: delivery.last?.error ?? null,
  durationMs: delivery.last?.durationMs ?? null,
  response: delivery.last?.response ?? null,
  replayOf: delivery.replayOf,
  body: delivery.body,
  createdAt: delivery.createdAt,
  endedAt: delivery.endedAt,
});
