import { utcDay } from '../../platform/clock';
import type { Message, MessageStatus } from './message';

/** What a message counts as: its step and status, and the UTC days of what became of it. */
export type Counted = Pick<Message, 'stepId' | 'status' | 'sentAt' | 'deliveredAt'>;

/** The counter subject of a campaign's messages. Its keys are those of `statusKey`. */
export const campaignSubject = (campaignId: string): string => `campaign:${campaignId}`;
/** The counter subject of what became of a campaign day by day. Its keys are those of `dayKey`. */
export const dailySubject = (campaignId: string): string => `daily:${campaignId}`;

/** `pending` and `sending` count as `queued`. */
export const statusKey = (stepId: string | null, status: MessageStatus): string =>
  `${stepId ?? '-'}:${status === 'pending' || status === 'sending' ? 'queued' : status}`;
export const dayKey = (at: Date, what: 'sent' | 'delivered' | 'replies'): string => `${utcDay(at)}:${what}`;

/**
 * A message that is sent or delivered counts on the day it was sent, and again on the day it was delivered.
 */
export function dayKeys({ status, sentAt, deliveredAt }: Counted): string[] {
  if (status !== 'sent' && status !== 'delivered') return [];
  const days = sentAt ? [dayKey(sentAt, 'sent')] : [];
  if (status === 'delivered' && deliveredAt) days.push(dayKey(deliveredAt, 'delivered'));
  return days;
}
