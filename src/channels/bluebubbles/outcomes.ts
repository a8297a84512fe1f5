import { wordsOfBreak } from '../domain/broken-calls';
import { type CallFailure, type FailureScope, outcomeOfError, type SendOutcome } from '../domain/channel';
import { NeverConnected } from '../domain/downloads';
import { retryAfterOf } from '../domain/retry-after';
import type { GuardedAnswer } from '../infrastructure/guarded-http';
import {
  type BridgeMessage,
  envelopeOf,
  errorOf,
  errorTextOf,
  isFromBridge,
  messageOf,
  record,
  text,
} from './bluebubbles.protocol';
import { proofOfPage } from './pages';
import { meaningOf } from './proofs';
import { wordsOf } from './provider-words';

/**
 * What an answer says of a send. Two answers need a further look, by which they become an outcome: a row that
 * was refused at once is told without its guid and code (`row`), and a helper that was silent may be dead
 * (`helper`).
 */
export type Verdict = SendOutcome | { kind: 'look'; at: 'row' | 'helper'; message: string };

const CANNOT_BE_UNDERSTOOD = 'the answer of the bridge cannot be understood';

/** What became of a send, by the bridge's answer. @param secrets what must not stand in the words */
export function verdictOf(answer: GuardedAnswer, secrets: readonly string[] = []): Verdict {
  const { status, json } = answer;
  const envelope = envelopeOf(json);
  const words = wordsOf(answer, secrets);
  const data = record(envelope?.data);
  const message = sentMessageOf(data);
  if (message && message.error !== 0) return outcomeOfError(errorOf(message.error), words, message.guid);
  if (status === 200 && (envelope?.status === undefined || envelope.status === 200)) {
    if (!message) return { kind: 'unknown', message: CANNOT_BE_UNDERSTOOD, failure: ofDevice(CANNOT_BE_UNDERSTOOD) };
    return { kind: 'accepted', externalId: message.guid, at: message.dateCreated, conversation: conversationOf(data, message) };
  }
  if (!isFromBridge(json)) return ofPage(answer);
  return ofEnvelope(status, errorTextOf(envelope) ?? '', words);
}

/** `data` of a text or file is the message; of an opened chat it is the chat, with the message inside. */
function sentMessageOf(data: Record<string, unknown> | null): BridgeMessage | null {
  if (!data) return null;
  if (Array.isArray(data.messages)) return messageOf(data.messages[0]);
  // A chat has a guid too; no message has participants.
  return 'participants' in data ? null : messageOf(data);
}

/** What the chat is called by the bridge itself. */
const conversationOf = (data: Record<string, unknown> | null, message: BridgeMessage): string | null =>
  data && Array.isArray(data.messages) ? text(data.guid) : message.chat;

function ofEnvelope(status: number, error: string, words: string): Verdict {
  const meaning = meaningOf(error);
  if (meaning === 'no-conversation') return { kind: 'refused', code: 'NO_CONVERSATION', message: words, opensChat: true };
  if (meaning === 'helper-away') return { kind: 'not-to-blame', code: 'HELPER_AWAY', ...ofDevice(words) };
  if (meaning === 'not-on-channel') return { kind: 'not-on-channel', code: 'NOT_ON_IMESSAGE', message: words };
  if (meaning === 'bad-message') return { kind: 'refused', code: 'REJECTED', message: words, final: true };
  if (meaning === 'refused-row') return { kind: 'look', at: 'row', message: words };
  if (meaning === 'silent-helper') return { kind: 'look', at: 'helper', message: words };
  if (meaning === 'may-be-sent') return { kind: 'unknown', message: words };
  if (status === 401 || status === 403) {
    return { kind: 'not-to-blame', code: 'BRIDGE_UNAUTHORIZED', message: words, scope: 'line' };
  }
  if (status === 400 || status === 413) return { kind: 'refused', code: 'REJECTED', message: words };
  if (status === 404) return { kind: 'refused', code: 'BRIDGE_NOT_FOUND', message: words };
  return { kind: 'unknown', message: words };
}

/** Something in front of the bridge has answered. */
function ofPage(answer: GuardedAnswer): SendOutcome {
  const message = `the answer ${answer.status} is not one of the bridge's`;
  const proof = proofOfPage(answer);
  if (proof === 'too-large') return { kind: 'refused', code: 'TOO_LARGE', message: 'the message is too large', final: true };
  if (proof === 'throttled') {
    return {
      kind: 'throttled',
      code: 'THROTTLED',
      message,
      scope: 'device',
      retryAfterMs: retryAfterOf(answer.headers, DEFAULT_RETRY_AFTER_MS),
    };
  }
  if (proof === 'not-reached') return { kind: 'not-to-blame', code: 'BRIDGE_NOT_REACHED', ...ofDevice(message) };
  return { kind: 'unknown', message, failure: ofDevice(message) };
}

const DEFAULT_RETRY_AFTER_MS = 60_000;

/** What became of a send that got no answer. */
export function outcomeWithoutAnswer(error: unknown): SendOutcome {
  const message = brokenOff(error);
  if (error instanceof NeverConnected) return { kind: 'not-to-blame', code: 'BRIDGE_UNREACHABLE', ...ofDevice(message) };
  return { kind: 'unknown', message, failure: ofDevice(message) };
}

export const ofDevice = (message: string): CallFailure => ({ message, scope: 'device' });

/** Whose failure an unexpected answer is: a refused password is the line's, anything else the device's. */
export const scopeOf = ({ status, json }: GuardedAnswer): FailureScope =>
  (status === 401 || status === 403) && isFromBridge(json) ? 'line' : 'device';

/** Why an exchange broke off, without anything of the URL. */
export const brokenOff = (error: unknown): string => wordsOfBreak(error, 'the bridge');
