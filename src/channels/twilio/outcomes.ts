import { wordsOfBreak } from '../domain/broken-calls';
import type { CallFailure, SendOutcome } from '../domain/channel';
import { NeverConnected } from '../domain/downloads';
import { retryAfterOf } from '../domain/retry-after';
import type { GuardedAnswer } from '../infrastructure/guarded-http';
import { codeOf, deliveryErrorOf, TWILIO_ERRORS, wordsOf } from './errors';
import { errorNumberOf, isErrorEnvelope, messageOf } from './twilio.protocol';

const TOO_MANY = 20429;
/** How long a number rests whose queue is full, where Twilio does not say for how long. */
const REST_MS = 60_000;
/** The same after 20429, which is over as soon as other requests have been answered. */
const SHORT_REST_MS = 1_000;
/** What has been sent, by its status, and was not delivered. */
const NOT_SENT = new Set(['failed', 'undelivered', 'canceled']);

export const ofAccount = (message: string): CallFailure => ({ message, scope: 'device' });
export const ofLine = (message: string): CallFailure => ({ message, scope: 'line' });

/** What became of a send, by Twilio's answer. */
export function outcomeOf(answer: GuardedAnswer): SendOutcome {
  const { status, json } = answer;
  if (status === 200 || status === 201) return ofMessage(json);
  if (status === 429) return throttled(answer, errorNumberOf(json) ?? TOO_MANY);
  // What has gone wrong at Twilio, or in front of it, may have gone wrong behind the message.
  if (status >= 500 || status < 400 || status === 408) {
    const words = `Twilio answered ${status}`;
    return { kind: 'unknown', message: words, failure: ofAccount(words) };
  }
  const number = errorNumberOf(json);
  if (number !== null) return ofError(answer, number);
  if (isErrorEnvelope(json))
    return { kind: 'refused', code: 'TWILIO_REFUSED', message: `Twilio answered ${status}`, final: true };
  if (status === 413) return { kind: 'refused', code: 'TOO_LARGE', message: 'the message is too large', final: true };
  // Whoever answers 4xx in other words stands in front of Twilio, and has passed nothing on.
  return { kind: 'not-to-blame', code: 'TWILIO_NOT_REACHED', ...ofAccount(`the answer ${status} is not one of Twilio's`) };
}

function ofMessage(json: unknown): SendOutcome {
  const message = messageOf(json);
  if (!message) {
    const words = 'the answer of Twilio cannot be understood';
    return { kind: 'unknown', message: words, failure: ofAccount(words) };
  }
  const { sid, status, errorCode, createdAt, segments } = message;
  if (NOT_SENT.has(status)) {
    const error = errorCode === null ? null : deliveryErrorOf(errorCode);
    const words = errorCode === null ? `Twilio took the message, and says that it ${status}` : wordsOf(errorCode);
    if (!error) return { kind: 'unknown', message: words };
    if (error.blocked) return { kind: 'blocked', why: error.blocked, code: error.code, message: words };
    return { kind: error.notOnChannel ? 'not-on-channel' : 'refused', code: error.code, message: words, externalId: sid };
  }
  return { kind: 'accepted', externalId: sid, at: createdAt, ...(segments > 0 && { segments }) };
}

/** Twilio refuses the request, so it has not taken the message. */
function ofError(answer: GuardedAnswer, number: number): SendOutcome {
  const [code, message] = [codeOf(number), wordsOf(number)];
  switch (TWILIO_ERRORS.get(number)?.meaning) {
    case 'opted-out':
      return { kind: 'blocked', why: 'opted_out', code, message };
    case 'bad-address':
      return { kind: 'blocked', why: 'bad_address', code, message };
    case 'not-on-channel':
      return { kind: 'not-on-channel', code, message };
    case 'passing':
      return { kind: 'refused', code, message };
    case 'too-fast':
      return throttled(answer, number);
    case 'set-up':
      return { kind: 'not-to-blame', code, ...ofLine(message) };
    case 'unknown':
      return { kind: 'unknown', message };
    default:
      // An error that is new: who may not call at all is not the message's fault.
      if (answer.status === 401 || answer.status === 403) return { kind: 'not-to-blame', code, ...ofLine(message) };
      return { kind: 'refused', code, message, final: true };
  }
}

/**
 * The number of the line is what has sent too much, or its request was one too many of those that the account
 * had under way at that moment (20429, https://www.twilio.com/docs/api/errors/20429). Those of its other
 * numbers are being answered, so they go on.
 */
const throttled = ({ headers }: GuardedAnswer, number: number): SendOutcome => ({
  kind: 'throttled',
  code: codeOf(number),
  message: wordsOf(number),
  scope: 'line',
  retryAfterMs: retryAfterOf(headers, number === TOO_MANY ? SHORT_REST_MS : REST_MS),
});

/** What became of a send that got no answer. */
export function outcomeWithoutAnswer(error: unknown): SendOutcome {
  const failure = ofAccount(wordsOfBreak(error, 'Twilio'));
  if (error instanceof NeverConnected) return { kind: 'not-to-blame', code: 'TWILIO_UNREACHABLE', ...failure };
  return { kind: 'unknown', message: failure.message, failure };
}
