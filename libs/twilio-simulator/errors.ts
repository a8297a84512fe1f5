/** An error that Twilio answers with. */
export interface ApiError {
  /** Twilio's number of it. */
  code: number;
  /** The HTTP status. */
  status: number;
  message: string;
  /** In seconds. */
  retryAfter?: number;
}

/**
 * What a number at the end of a recipient's number does at once. Statuses and words are those of Twilio's
 * pages about the errors and of answers seen in public; `%` stands for the recipient.
 */
const REFUSALS: ReadonlyMap<number, { status?: number; message: string }> = new Map([
  [21211, { message: "Invalid 'To' Phone Number: %" }],
  [21265, { message: "'To' number cannot be a Short Code: %" }],
  [
    21408,
    { status: 403, message: "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: %" },
  ],
  [
    21606,
    { message: "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination" },
  ],
  [21608, { message: 'The number % is unverified. Trial accounts cannot send messages to unverified numbers' }],
  [21610, { message: 'Attempt to send to unsubscribed recipient' }],
  [21611, { status: 429, message: "This 'From' number has exceeded the maximum number of queued messages" }],
  [21612, { message: "Message cannot be sent with the current combination of 'To' (%) and/or 'From' parameters" }],
  [21614, { message: "'To' number is not a valid mobile number: %" }],
  [21635, { message: "'To' number cannot be a landline: %" }],
]);

/** Errors that come after a message was accepted, and the status that it ends with. */
const LATE: ReadonlyMap<number, 'undelivered' | 'failed'> = new Map([
  [30001, 'failed'],
  [30002, 'failed'],
  [30003, 'undelivered'],
  [30004, 'undelivered'],
  [30005, 'undelivered'],
  [30006, 'undelivered'],
  [30007, 'undelivered'],
  [30008, 'undelivered'],
  [30017, 'undelivered'],
  [30019, 'undelivered'],
  [30022, 'undelivered'],
  [30023, 'undelivered'],
  [30024, 'undelivered'],
  [30027, 'undelivered'],
  [30032, 'undelivered'],
  [30033, 'undelivered'],
  [30034, 'undelivered'],
  [30035, 'undelivered'],
  [30036, 'failed'],
  [30410, 'failed'],
  [30450, 'failed'],
]);

/** Twilio's own magic numbers for test credentials (https://www.twilio.com/docs/iam/test-credentials). */
const TEST_RECIPIENTS: Readonly<Record<string, number>> = {
  '+15005550001': 21211,
  '+15005550002': 21612,
  '+15005550003': 21408,
  '+15005550004': 21610,
  '+15005550009': 21614,
};

/** What becomes of messages to a number, by its last five digits: an error of that number. */
export type Magic = { kind: 'refused'; error: ApiError } | { kind: 'late'; code: number; status: 'undelivered' | 'failed' };

/** @returns `null` for a number at which messages arrive */
export function magicOf(to: string): Magic | null {
  const code = TEST_RECIPIENTS[to] ?? Number(to.slice(-5));
  const refusal = REFUSALS.get(code);
  if (refusal) {
    const { status = 400, message } = refusal;
    return { kind: 'refused', error: { code, status, message: message.replace('%', to) } };
  }
  const status = LATE.get(code);
  return status ? { kind: 'late', code, status } : null;
}

export const UNSUBSCRIBED: ApiError = { code: 21610, ...REFUSALS.get(21610)!, status: 400 };
export const QUEUE_FULL: ApiError = { code: 21611, status: 429, message: REFUSALS.get(21611)!.message };

/** The body of an answer that refuses a request. */
export const errorBody = ({ code, message, status }: ApiError): object => ({
  code,
  message,
  more_info: `https://www.twilio.com/docs/errors/${code}`,
  status,
});
