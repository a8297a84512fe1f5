/** A message as Twilio keeps it, as far as we look at it. */
export interface TwilioMessage {
  sid: string;
  /** `null` while a Messaging Service has not chosen it. */
  from: string | null;
  messagingServiceSid: string | null;
  body: string;
  status: string;
  errorCode: number | null;
  /** `0` while a Messaging Service has not counted them. */
  segments: number;
  createdAt: Date | null;
}

export const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Messages are `SM…`, or `MM…` with files. */
export const isMessageSid = (value: unknown): value is string => typeof value === 'string' && /^[SM]M[0-9a-f]{32}$/i.test(value);

/** @returns `null` for anything that is no message */
export function messageOf(json: unknown): TwilioMessage | null {
  const { sid, from, messaging_service_sid, body, status, error_code, num_segments, date_created } = record(json);
  if (!isMessageSid(sid)) return null;
  const createdAt = new Date(textOf(date_created) ?? Number.NaN);
  return {
    sid,
    from: textOf(from),
    messagingServiceSid: textOf(messaging_service_sid),
    body: textOf(body) ?? '',
    status: textOf(status) ?? '',
    errorCode: typeof error_code === 'number' ? error_code : null,
    segments: Number(num_segments) || 0,
    createdAt: Number.isNaN(createdAt.getTime()) ? null : createdAt,
  };
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
