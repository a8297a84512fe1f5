import type { SentMessage, SoughtMessage } from '../domain/channel';
import { failureOf } from './errors';
import { messageOf } from './twilio.protocol';

/** Twilio keeps time to the second; its clock and ours may be a little apart. */
const CLOCK_TOLERANCE_MS = 10_000;
/** A trial account puts this before each text. */
const TRIAL = 'Sent from your Twilio trial account - ';

/** Which of the messages in Twilio's list can be the attempt. */
export function sentIn(list: readonly unknown[], { text, startedAt }: SoughtMessage): SentMessage[] {
  const since = startedAt.getTime() - CLOCK_TOLERANCE_MS;
  const content = text.trim();
  return list.flatMap((json) => {
    const message = messageOf(json);
    if (!message?.createdAt || message.createdAt.getTime() < since) return [];
    const body = message.body.startsWith(TRIAL) ? message.body.slice(TRIAL.length) : message.body;
    if (body.trim() !== content) return [];
    const { sid: externalId, createdAt: at, status, errorCode } = message;
    return [{ externalId, at, error: failureOf(status, errorCode) }];
  });
}
