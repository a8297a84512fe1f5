import type { FailureScope, SendOutcome } from '../domain/channel';
import { NeverConnected } from '../domain/downloads';
import type { GuardedAnswer } from '../infrastructure/guarded-http';
import { envelopeOf, errorTextOf, messageOf, NOT_ON_IMESSAGE } from './bluebubbles.protocol';

/** The code kept for an answer by which the bridge proved that it did not send. */
const REFUSALS: Record<number, string> = {
  400: 'REJECTED',
  401: 'BRIDGE_UNAUTHORIZED',
  403: 'BRIDGE_FORBIDDEN',
  404: 'BRIDGE_NOT_FOUND',
};
const CHAT_MISSING = /chat.*(not exist|not found)|no chat/i;

/**
 * What became of a send, by the bridge's answer. "Proven refusals" are those of the sending rules: 400 (but
 * "already queued"), 401, 403, 404, and an error that carries the message.
 */
export function outcomeOf({ status, json }: GuardedAnswer): SendOutcome {
  const envelope = envelopeOf(json);
  const detail = errorTextOf(envelope, status);
  const message = messageOf(envelope?.data);
  if (message && message.error !== 0) return unsent(message.error, detail);
  if (status === 200 && (envelope?.status === undefined || envelope.status === 200)) {
    if (message) return { kind: 'accepted', externalId: message.guid, at: message.dateCreated };
    const opened = messageOf((envelope?.data as { messages?: unknown[] } | null | undefined)?.messages?.[0]);
    // The chat was opened, and the message in it has an error of its own.
    if (opened && opened.error !== 0) return unsent(opened.error, detail);
    if (opened) return { kind: 'accepted', externalId: opened.guid, at: opened.dateCreated };
    return { kind: 'unknown', message: 'the answer of the bridge cannot be understood' };
  }
  const refusal = REFUSALS[status];
  if (!refusal || /already queued/i.test(detail)) return { kind: 'unknown', message: detail };
  const scope = scopeOf(status);
  return {
    kind: 'refused',
    code: refusal,
    message: detail,
    ...(scope && { scope }),
    opensChat: status !== 401 && CHAT_MISSING.test(detail),
  };
}

/** What became of a send that got no answer. */
export function outcomeWithoutAnswer(error: unknown): SendOutcome {
  if (error instanceof NeverConnected) {
    return { kind: 'refused', code: 'BRIDGE_UNREACHABLE', message: error.message, scope: 'device' };
  }
  return { kind: 'unknown', message: brokenOff(error) };
}

/** Whose scope an answer other than the expected is: a refused password is the line's, a 5xx the device's. */
export const scopeOf = (status: number): FailureScope | undefined =>
  status === 401 || status === 403 ? 'line' : status >= 500 ? 'device' : undefined;

/** Why an exchange broke off, without anything of the URL. */
export function brokenOff(error: unknown): string {
  if (error instanceof NeverConnected) return error.message;
  const { name, code } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return 'the bridge did not answer in time';
  return 'the connection to the bridge broke off';
}

function unsent(error: number, detail: string): SendOutcome {
  if (error === NOT_ON_IMESSAGE) return { kind: 'not-on-channel', code: 'NOT_ON_IMESSAGE', message: detail };
  return { kind: 'refused', code: `IMESSAGE_ERROR_${error}`, message: detail };
}
