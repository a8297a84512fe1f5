import type { DeliveryError } from '../domain/channel';

/**
 * What an error of Twilio's is to us.
 * - `opted-out`: the person has stopped our sender, or our service, at Twilio
 * - `bad-address`: no text will ever reach the number
 * - `not-on-channel`: this sender cannot reach the number; another address or channel may
 * - `final`: the message is to blame, and would be refused again
 * - `passing`: it may work later
 * - `too-fast`: the sender has sent too much, or its account has too many requests under way
 * - `set-up`: the account, its service or the number is not as it has to be
 * - `unknown`: Twilio cannot tell whether the message arrived
 */
type Meaning = 'opted-out' | 'bad-address' | 'not-on-channel' | 'final' | 'passing' | 'too-fast' | 'set-up' | 'unknown';

export interface TwilioError {
  meaning: Meaning;
  /** For people; Twilio's own words may hold numbers and URLs. */
  words: string;
}

const of = (meaning: Meaning, words: string): TwilioError => ({ meaning, words });

/**
 * The errors that mean something to us, by Twilio's number. Each has a page of its own,
 * https://www.twilio.com/docs/api/errors/NUMBER. Twilio adds to them and changes their meaning from time to
 * time (https://www.twilio.com/en-us/changelog/updates-to-the-error-code-dictionary-to-clarify-number-validatio):
 * what is not here is final for its message, and blames nothing else.
 */
export const TWILIO_ERRORS: ReadonlyMap<number, TwilioError> = new Map([
  [10001, of('set-up', 'the account is not active')],
  [14107, of('passing', 'too many messages went between the two numbers in a short time')],
  [20003, of('set-up', 'Twilio refuses the credentials, or the account is suspended')],
  [20404, of('set-up', 'Twilio knows no such account')],
  [20429, of('too-fast', 'the account has too many requests under way')],
  [21211, of('bad-address', 'the number is not valid')],
  [21265, of('bad-address', 'the number is a short code')],
  [21266, of('final', 'the message would go to its own sender')],
  [21408, of('not-on-channel', 'the account may not send to the country of the number')],
  [21606, of('set-up', 'the number of the line cannot send texts from this account')],
  [21608, of('set-up', 'a trial account sends to verified numbers alone')],
  [21609, of('set-up', 'Twilio does not take the URL that it is to report to: look at PUBLIC_URL')],
  [21610, of('opted-out', 'the person has opted out at Twilio')],
  [21611, of('too-fast', "the queue of the line's number is full")],
  [21612, of('not-on-channel', 'the number cannot be reached from the number of the line')],
  [21614, of('bad-address', 'the number is not a mobile one')],
  [21617, of('final', 'the text is longer than 1,600 characters')],
  [21620, of('final', 'a URL of a file cannot be used')],
  [21623, of('final', 'the message has too many files')],
  [21635, of('bad-address', 'the number is a landline')],
  [21659, of('set-up', "the number of the line is not one of Twilio's")],
  [21701, of('set-up', 'there is no such Messaging Service')],
  [21703, of('set-up', 'the Messaging Service has no number')],
  [21704, of('set-up', 'the Messaging Service has no sender')],
  [21712, of('set-up', 'the number of the line is not in the Messaging Service')],
  [30001, of('too-fast', 'the queue of the sender was full for too long')],
  [30002, of('set-up', 'the account was suspended before the message was sent')],
  [30003, of('passing', 'the phone cannot be reached: it may be turned off')],
  [30004, of('not-on-channel', 'the message was blocked by the destination')],
  [30005, of('bad-address', 'the number is not in service')],
  [30006, of('bad-address', 'the number is a landline, or its carrier cannot be reached')],
  [30007, of('final', 'the message was filtered as unwanted, by Twilio or the carrier')],
  [30008, of('passing', 'the carrier did not say why the message was not delivered')],
  [30017, of('passing', "the carrier's network is congested")],
  [30019, of('final', 'the message is larger than the carrier takes')],
  [30022, of('too-fast', 'the rate of the 10DLC campaign is exceeded')],
  [30023, of('too-fast', "the day's messages of the 10DLC brand are used up")],
  [30024, of('set-up', 'the number of the line is not set up at the carrier yet')],
  [30027, of('too-fast', "the day's messages to T-Mobile are used up")],
  [30032, of('set-up', 'the toll-free number of the line is not verified')],
  [30033, of('set-up', 'the 10DLC campaign is suspended')],
  [30034, of('set-up', 'the number of the line is not registered for 10DLC')],
  [30035, of('passing', 'the number of the line is being set up for its 10DLC campaign')],
  [30036, of('passing', 'the message was not sent in time, and was given up')],
  [30410, of('unknown', 'the carrier did not answer Twilio, and the message may have arrived')],
  [30450, of('passing', 'the number is blocked for a while, against fraud')],
]);

/** As it stands on attempts. */
export const codeOf = (error: number): string => `TWILIO_${error}`;

export const wordsOf = (error: number): string => TWILIO_ERRORS.get(error)?.words ?? `Twilio says error ${error}`;

/**
 * Why a message that Twilio took was not sent after all.
 * @returns `null` where that is not known: what Twilio cannot tell is no proof
 */
export function deliveryErrorOf(error: number): DeliveryError | null {
  const code = codeOf(error);
  switch (TWILIO_ERRORS.get(error)?.meaning) {
    case 'unknown':
      return null;
    case 'opted-out':
      return { notOnChannel: false, code, blocked: 'opted_out' };
    case 'bad-address':
      return { notOnChannel: true, code, blocked: 'bad_address' };
    case 'not-on-channel':
      return { notOnChannel: true, code };
    case 'passing':
      return { notOnChannel: false, code, mayPass: true };
    default:
      return { notOnChannel: false, code };
  }
}

const FAILED = new Set(['failed', 'undelivered', 'canceled']);

/**
 * What the status of a message says against it.
 * @returns `null` where it says nothing, or where what went wrong is no proof
 */
export function failureOf(status: string, error: number | null): DeliveryError | null {
  if (!FAILED.has(status)) return null;
  return error === null ? { notOnChannel: false, code: `TWILIO_${status.toUpperCase()}` } : deliveryErrorOf(error);
}
