/** A message as Twilio keeps it, as far as we look at it. */
export interface TwilioMessage {
  sid: string;
  /** Somebody wrote it to us; otherwise, whether it was sent by the API, as ours are. */
  direction: 'inbound' | 'outbound-api' | 'other';
  /** `null` while a Messaging Service has not chosen it. */
  from: string | null;
  to: string | null;
  messagingServiceSid: string | null;
  body: string;
  status: string;
  errorCode: number | null;
  /** `0` while a Messaging Service has not counted them. */
  segments: number;
  /** How many files it has. */
  media: number;
  createdAt: Date | null;
  updatedAt: Date | null;
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Messages are `SM…`, or `MM…` with files. */
export const isMessageSid = (value: unknown): value is string => typeof value === 'string' && /^[SM]M[0-9a-f]{32}$/i.test(value);

/** @returns `null` for anything that is no message */
export function messageOf(json: unknown): TwilioMessage | null {
  const { sid, direction, from, to, messaging_service_sid, body, status, error_code, ...more } = record(json);
  if (!isMessageSid(sid)) return null;
  return {
    sid,
    direction: direction === 'inbound' || direction === 'outbound-api' ? direction : 'other',
    from: textOf(from),
    to: textOf(to),
    messagingServiceSid: textOf(messaging_service_sid),
    body: textOf(body) ?? '',
    status: textOf(status) ?? '',
    errorCode: typeof error_code === 'number' ? error_code : null,
    segments: Number(more.num_segments) || 0,
    media: Number(more.num_media) || 0,
    createdAt: dateOf(more.date_created),
    updatedAt: dateOf(more.date_updated),
  };
}

function dateOf(value: unknown): Date | null {
  const date = new Date(textOf(value) ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A page of the list of messages, the newest first. */
export interface TwilioPage {
  messages: TwilioMessage[];
  /** The query of the next page; `null`: this is the last. */
  next: string | null;
}

/** @returns `null` for anything that is no such page */
export function pageOf(json: unknown): TwilioPage | null {
  const { messages, next_page_uri } = record(json);
  if (!Array.isArray(messages)) return null;
  const uri = textOf(next_page_uri);
  const next = uri === null ? null : uri.slice(uri.indexOf('?') + 1);
  return { messages: messages.flatMap((one) => messageOf(one) ?? []), next };
}

/** The number of an error, in Twilio's envelope of answers 4xx and 5xx. @returns `null`: it is no such */
export function errorNumberOf(json: unknown): number | null {
  const { code, message, status } = record(json);
  return typeof code === 'number' && typeof message === 'string' && typeof status === 'number' ? code : null;
}

/** Is it an answer of Twilio's API that refuses the request? */
export const isErrorEnvelope = (json: unknown): boolean => {
  const { message, status } = record(json);
  return typeof message === 'string' && typeof status === 'number';
};
