import { isAnswer, isLateAnswer } from '../../../../messages';
import type { Config } from '../../../../platform/config';
import { allowedFrom, allowedUntil, type Restrictions } from '../../../domain/allowed-moment';
import { endWith, type GateResult, requeue } from '../../../domain/gate';
import { type Recipient, restrictionsFor } from '../../../domain/restrictions';
import type { Send } from '../send';

const NO_ALLOWED_TIME = {
  status: 'failed',
  code: 'NO_ALLOWED_TIME',
  errorMessage: 'The send window and the quiet hours leave no time in the next 8 days',
} as const;

const TOO_LATE = { status: 'cancelled', reason: 'too_late' } as const;

interface Now {
  now: Date;
  config: Config;
}

/**
 * Whether the window of the message, and the quiet hours where the person is, are closed, or about to close.
 * @returns `null` where it may go now
 */
export function restricted(send: Send, recipient: Omit<Recipient, 'lead'>, at: Now): GateResult | null {
  const { now } = at;
  // An answer of the product's own goes out at any hour, but soon.
  if (isAnswer(send.message)) return isLateAnswer(send.message, now) ? endWith(send.message, TOO_LATE, now) : null;
  const allowed = allowedFrom(now, restrictionsOf(send, recipient, at));
  if (!allowed) return endWith(send.message, NO_ALLOWED_TIME, now);
  if (allowed.at <= now) return null;
  if (allowed.rule === null) return requeue(allowed.at);
  return requeue(allowed.at, { held: { reason: 'quiet_hours', detail: allowed.rule } });
}

/** Until when a hand-over that starts now may reach the provider. */
export function openUntil(send: Send, recipient: Omit<Recipient, 'lead'>, at: Now): Date {
  const restrictions = isAnswer(send.message) ? null : restrictionsOf(send, recipient, at);
  return allowedUntil(at.now, restrictions, at.config.PROVIDER_TIMEOUT_SECONDS * 1_000);
}

function restrictionsOf(send: Send, recipient: Omit<Recipient, 'lead'>, { config }: Now): Restrictions {
  const how = {
    window: send.know('policy').window,
    quietHours: send.know('workspace')?.quietHours ?? 'off',
    edgeSeconds: config.SEND_EDGE_SECONDS,
  };
  return restrictionsFor({ ...recipient, lead: send.know('lead') }, how);
}
