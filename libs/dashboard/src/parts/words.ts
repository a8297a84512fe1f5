import type { Schemas } from '../app/api';
import type { Tone } from './layout';

const numbers = new Intl.NumberFormat();
export const count = (value: number): string => numbers.format(value);

/** A number with its thing: "1 lead", "2 leads". */
export const many = (value: number, one: string, more = `${one}s`): string => `${count(value)} ${value === 1 ? one : more}`;

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** "240 kB" of a number of bytes. */
export function bytes(size: number): string {
  const step = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, size)) / 3));
  const unit = UNITS[step];
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, maximumSignificantDigits: 3 }).format(size / 1_000 ** step);
}

export const percent = (share: number): string =>
  new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(share);

export const statusTone: Record<Schemas['Message']['status'], Tone> = {
  scheduled: 'plain',
  queued: 'info',
  pending: 'info',
  sending: 'info',
  sent: 'good',
  delivered: 'good',
  fallback: 'warn',
  failed: 'bad',
  cancelled: 'plain',
};

export const campaignTone: Record<Schemas['Campaign']['status'], Tone> = {
  draft: 'plain',
  active: 'good',
  paused: 'warn',
  archived: 'plain',
};

export const availabilityTone = { available: 'good', unavailable: 'warn', error: 'bad' } as const;
export const healthTone = { healthy: 'good', unhealthy: 'bad', unknown: 'plain' } as const;
export const healthWords = { healthy: 'Healthy', unhealthy: 'Unhealthy', unknown: 'Not checked yet' } as const;

export const channelName = (channel: string): string =>
  ({ imessage: 'iMessage', sms: 'SMS', email: 'E-mail', phone: 'Phone', all: 'All channels' })[channel] ?? channel;

/** Names that are written in their own way. */
const NAMES: Readonly<Record<string, string>> = {
  api: 'API',
  csv: 'CSV',
  smtp: 'SMTP',
  bluebubbles: 'BlueBubbles',
  opt_out: 'Opted out',
  opt_in: 'Opted in',
  review: 'In review',
  manual: 'By hand',
};

/** `opted_out` as people write it. */
export const plainWords = (text: string): string => {
  const name = NAMES[text];
  if (name !== undefined) return name;
  const words = text.replaceAll(/[_-]/g, ' ');
  return (words.charAt(0).toUpperCase() + words.slice(1)).replace(/^Api\b/, 'API');
};

const CANCELLED: Readonly<Record<NonNullable<Schemas['Message']['reason']>, string>> = {
  cancelled: 'somebody cancelled it or took the person out',
  opted_out: 'the person opted out',
  replied: 'the person replied',
  lead_deleted: 'the lead was deleted',
  archived: 'the campaign was archived',
  step_removed: 'the step was removed',
  previous_step_failed: 'the step before failed',
  duplicate_recipient: 'the person had got it already',
  answered_before: 'the person had answered this campaign before',
  too_late: 'its time had passed',
};

/** What stands in the place of a text that is not made yet. */
export const noTextYet = ({ status, reason }: Schemas['Message']): string => {
  if (status !== 'cancelled') return 'The text is made when the message goes out.';
  return reason === null ? 'Cancelled before its text was made.' : `Cancelled: ${CANCELLED[reason]}.`;
};

/** Words of the API begin small; alone, they are a sentence. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Named {
  firstName?: string | null;
  lastName?: string | null;
  companyName?: string | null;
  phone?: string | null;
  email?: string | null;
}

/** What a lead or a line is called: its name, or else where it is reached. */
export const nameOf = ({ firstName, lastName, companyName, phone, email }: Named): string =>
  [firstName, lastName].filter(Boolean).join(' ') || companyName || phone || email || 'No name';
