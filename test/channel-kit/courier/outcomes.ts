import { type CallFailure, NeverConnected, type SendOutcome } from '../../../src/channels';
import { wordsOfBreak } from '../../../src/channels/domain/broken-calls';
import { retryAfterOf } from '../../../src/channels/domain/retry-after';
import type { GuardedAnswer } from '../../../src/channels/infrastructure/guarded-http';
import { errorOf } from './codes';

/** How long an account rests that was too fast and was not told for how long. */
const REST_MS = 10_000;

export const ofAccount = (message: string): CallFailure => ({ message, scope: 'device' });
export const ofLine = (message: string): CallFailure => ({ message, scope: 'line' });

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

export const notSetUp = (message: string): SendOutcome => ({
  kind: 'not-to-blame',
  code: 'COURIER_NOT_SET_UP',
  ...ofLine(message),
});

/** What became of a send, by the answer. */
export function outcomeOf({ status, json, headers }: GuardedAnswer): SendOutcome {
  const { id, error } = record(json);
  if (status === 201 && typeof id === 'string') return { kind: 'accepted', externalId: id, at: null };
  if (status === 401) {
    return { kind: 'not-to-blame', code: 'COURIER_UNAUTHORIZED', ...ofLine('Courier refuses the key') };
  }
  if (status === 429) {
    const rest = { scope: 'device', retryAfterMs: retryAfterOf(headers, REST_MS) } as const;
    return { kind: 'throttled', code: 'COURIER_TOO_FAST', message: 'Courier takes no more at the moment', ...rest };
  }
  // Anything else that is not a refusal in Courier's own form leaves it open whether it was sent.
  if (status < 400 || status >= 500 || typeof error !== 'string') {
    const words = `Courier answered ${status}`;
    return { kind: 'unknown', message: words, failure: ofAccount(words) };
  }
  const { code, meaning, words: message } = errorOf(error);
  switch (meaning) {
    case 'opted-out':
      return { kind: 'blocked', why: 'opted_out', code, message };
    case 'bad-address':
      return { kind: 'blocked', why: 'bad_address', code, message };
    case 'not-on-channel':
      return { kind: 'not-on-channel', code, message };
    case 'set-up':
      return { kind: 'not-to-blame', code, ...ofLine(message) };
    case 'passing':
      return { kind: 'refused', code, message };
    case 'final':
      return { kind: 'refused', code, message, final: true };
  }
}

/** What became of a send that got no answer. */
export function outcomeWithoutAnswer(error: unknown): SendOutcome {
  const failure = ofAccount(wordsOfBreak(error, 'Courier'));
  if (error instanceof NeverConnected) return { kind: 'not-to-blame', code: 'COURIER_NOT_REACHED', ...failure };
  return { kind: 'unknown', message: failure.message, failure };
}
