import type { CallFailure, ChannelName, SendOutcome } from '../../channels/domain';
import type { Line } from '../../lines/domain';
import type { Message } from '../../messages/domain';
import type { SendPolicy } from './send-context';

/** May the message go through the line? */
export const mayUse = (line: Line, message: Message, policy: SendPolicy, channel: ChannelName): boolean =>
  line.channel === channel &&
  (message.lineId === null || message.lineId === line.id) &&
  (message.lineIsFixed || policy.lineIds.length === 0 || policy.lineIds.includes(line.id));

/** What an outcome says of the line or its device; `null`: nothing against them. */
export function failureOf(outcome: SendOutcome): CallFailure | null {
  if (outcome.kind === 'unknown') return outcome.failure ?? null;
  if (outcome.kind === 'not-to-blame' || outcome.kind === 'throttled') {
    return { message: outcome.message, scope: outcome.scope };
  }
  return null;
}
