import { Injectable } from '@nestjs/common';
import { NeverConnected, Posts } from '../../channels';
import { Clock } from '../../platform/clock';
import { Secrets } from '../../platform/secrets';
import type { DeliveryResult } from '../domain/delivery';
import { signatureHeaders } from '../domain/signatures';
import type { Webhook } from '../domain/webhook';

/** An endpoint has so long to answer, in milliseconds. */
export const ANSWER_WITHIN_MS = 15_000;

/** What is sent to an endpoint. */
export interface EndpointCall {
  id: string;
  event: string;
  body: string;
  isReplay?: boolean;
}

export interface EndpointAnswer extends DeliveryResult {
  /** What `Retry-After` asks for, in milliseconds; 0 without it. */
  pauseMs: number;
}

/** Calls an endpoint once, signed with its secrets of this moment. */
@Injectable()
export class EndpointCalls {
  constructor(
    private readonly posts: Posts,
    private readonly secrets: Secrets,
    private readonly clock: Clock,
  ) {}

  async call({ url, secret, previous }: Webhook, { id, event, body, isReplay }: EndpointCall): Promise<EndpointAnswer> {
    const at = this.clock.now();
    const sealed = [secret, ...(previous && previous.until > at ? [previous.secret] : [])];
    const secrets = sealed.map((one) => this.secrets.open(one));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Tuco-Webhooks/1.0',
      ...signatureHeaders({ id, event, body, at, secrets }),
      ...(isReplay && { 'x-tuco-replay': 'true' }),
    };
    const begun = performance.now();
    const durationMs = () => Math.round(performance.now() - begun);
    try {
      const answer = await this.posts.post(new URL(url), { headers, body, within: ANSWER_WITHIN_MS });
      const isSuccess = answer.status >= 200 && answer.status < 300;
      return {
        statusCode: answer.status,
        error: isSuccess ? null : errorOfStatus(answer.status),
        durationMs: durationMs(),
        response: answer.beginning,
        pauseMs: pauseOf(answer.headers['retry-after'], at),
      };
    } catch (error) {
      return { statusCode: null, error: errorOf(error as Error), durationMs: durationMs(), response: null, pauseMs: 0 };
    }
  }
}

function errorOfStatus(status: number): string {
  if (status >= 300 && status < 400) return `The endpoint answered ${status}: redirects are not followed.`;
  return `The endpoint answered ${status}.`;
}

/** In words that hold nothing of what an error may carry. */
function errorOf(error: Error): string {
  if (error instanceof NeverConnected) return `No connection: ${error.message}.`;
  if (error.name === 'TimeoutError' || /timeout/i.test(error.name)) {
    return `The endpoint did not answer within ${ANSWER_WITHIN_MS / 1_000} seconds.`;
  }
  return 'The connection broke off before the endpoint answered.';
}

/** `Retry-After` in seconds, or as a date (RFC 9110, 10.2.3). */
function pauseOf(value: string | undefined, now: Date): number {
  if (value === undefined) return 0;
  const pause = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now.getTime();
  return Number.isFinite(pause) && pause > 0 ? pause : 0;
}
