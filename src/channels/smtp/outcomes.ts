import type { CallFailure, SendOutcome } from '../domain/channel';
import { NeverConnected } from '../domain/downloads';
import { meaningOf, type ReplyMeaning } from './replies';
import { SmtpFailure } from './smtp-failure';

export const ofAccount = (message: string): CallFailure => ({ message, scope: 'device' });
export const ofLine = (message: string): CallFailure => ({ message, scope: 'line' });

/**
 * What became of a mail that was not taken, or of which nobody knows.
 * @param rest for how many milliseconds an account rests that was too fast
 */
export function outcomeOfFailure(error: unknown, rest: () => number): SendOutcome {
  if (error instanceof NeverConnected) {
    return { kind: 'not-to-blame', code: 'SMTP_UNREACHABLE', ...ofAccount(error.message) };
  }
  if (!(error instanceof SmtpFailure)) return { kind: 'unknown', message: 'the exchange with the mail server broke off' };
  const { stage, reply, message } = error;
  if (reply !== null && !reply.startsWith('2')) return ofReply(meaningOf(stage, reply), rest);
  // The mail, or a part of it, has gone, and nobody has said whether it was taken.
  if (stage === 'message') return { kind: 'unknown', message, failure: ofAccount(message) };
  if (stage === 'login') return { kind: 'not-to-blame', code: 'SMTP_NO_LOGIN', ...ofLine(message) };
  return { kind: 'not-to-blame', code: 'SMTP_UNREACHABLE', ...ofAccount(message) };
}

function ofReply({ meaning, code, words: message }: ReplyMeaning, rest: () => number): SendOutcome {
  switch (meaning) {
    case 'bad-address':
      return { kind: 'blocked', why: 'bad_address', code, message };
    case 'not-on-channel':
      return { kind: 'not-on-channel', code, message };
    case 'final':
      return { kind: 'refused', code, message, final: true };
    case 'passing':
      return { kind: 'refused', code, message };
    case 'too-fast':
      return { kind: 'throttled', code, message, scope: 'device', retryAfterMs: rest() };
    case 'set-up':
      return { kind: 'not-to-blame', code, ...ofLine(message) };
  }
}

/** What a failed question about the account's health says. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof NeverConnected) return ofAccount(error.message);
  if (!(error instanceof SmtpFailure)) return ofAccount('the exchange with the mail server broke off');
  const { stage, reply, message } = error;
  if (reply === null || reply.startsWith('2')) return stage === 'login' ? ofLine(message) : ofAccount(message);
  const { meaning, words } = meaningOf(stage, reply);
  return meaning === 'too-fast' ? ofAccount(words) : ofLine(words);
}
