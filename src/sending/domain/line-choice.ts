import type { CallFailure, ChannelName, SendOutcome } from '../../channels/domain';
import type { Line } from '../../lines/domain';
import type { Message } from '../../messages/domain';
import type { SendPolicy } from './send-context';

/** May the message go through the line? */
export const mayUse = (line: Line, message: Message, policy: SendPolicy, channel: ChannelName): boolean =>
  line.channel === channel &&
  (message.lineId === null || message.lineId === line.id) &&
  (message.lineIsFixed || policy.lineIds.length === 0 || policy.lineIds.includes(line.id));

/**
 * What an outcome says of the line: nobody knows more of an unknown one than that its device did not answer.
 */
export function failureOf(outcome: SendOutcome | { kind: 'not-started' }): CallFailure | null {
  if (outcome.kind === 'unknown') return { message: outcome.message, scope: 'device' };
  if (outcome.kind === 'refused' && outcome.scope) return { message: outcome.message, scope: outcome.scope };
  return null;
}
