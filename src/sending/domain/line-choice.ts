import type { CallTrouble, ChannelName, SendOutcome } from '../../channels/domain';
import type { Line } from '../../lines/domain';
import type { Message } from '../../messages/domain';
import type { SendPolicy } from './send-context';

/** May the message go through the line? */
export const mayUse = (line: Line, message: Message, policy: SendPolicy, channel: ChannelName): boolean =>
  line.channel === channel &&
  (message.lineId === null || message.lineId === line.id) &&
  (message.lineIsFixed || policy.lineIds.length === 0 || policy.lineIds.includes(line.id));

/** What an outcome says of the line: nobody knows more of an unknown one than that its device did not answer. */
export function troubleOf(outcome: SendOutcome | { kind: 'not-started' }): CallTrouble | null {
  if (outcome.kind === 'unknown') return { reason: outcome.words, trouble: 'device' };
  if (outcome.kind === 'refused' && outcome.trouble) return { reason: outcome.words, trouble: outcome.trouble };
  return null;
}
