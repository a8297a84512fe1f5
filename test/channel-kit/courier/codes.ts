import type { ChannelCode, DeliveryError } from '../../../src/channels';

/** What an error of Courier's is to us: the same kinds as those of an outcome. */
type Meaning = 'bad-address' | 'opted-out' | 'not-on-channel' | 'final' | 'passing' | 'set-up';

/** Courier's errors, by the names that its answers and reports give them. */
const ERRORS: Readonly<Record<string, { meaning: Meaning; words: string }>> = {
  invalid_number: { meaning: 'bad-address', words: 'the number is not valid' },
  landline: { meaning: 'bad-address', words: 'the number is a landline' },
  unsubscribed: { meaning: 'opted-out', words: 'the person has opted out at Courier' },
  no_route: { meaning: 'not-on-channel', words: 'the number cannot be reached from the number of the line' },
  too_long: { meaning: 'final', words: 'the text is longer than 1,000 characters' },
  carrier_rejected: { meaning: 'final', words: 'the carrier refused the message' },
  unreachable: { meaning: 'passing', words: 'the phone could not be reached' },
  unknown_sender: { meaning: 'set-up', words: 'the number of the line is not one of the account' },
};

const NEW: { meaning: Meaning; words: string } = { meaning: 'final', words: 'Courier refused the message' };

/** Whatever else Courier may say refuses the message for good, and blames nothing else. */
export const errorOf = (name: string): { code: string; meaning: Meaning; words: string } => {
  const isKnown = Object.hasOwn(ERRORS, name);
  return { ...(isKnown ? ERRORS[name]! : NEW), code: isKnown ? codeOf(name) : 'COURIER_REFUSED' };
};

const codeOf = (name: string): string => `COURIER_${name.toUpperCase()}`;

/** What is said against a message that Courier took. */
export function deliveryErrorOf(name: string): DeliveryError {
  const { code, meaning } = errorOf(name);
  if (meaning === 'opted-out') return { notOnChannel: false, code, blocked: 'opted_out' };
  if (meaning === 'bad-address') return { notOnChannel: true, code, blocked: 'bad_address' };
  return { notOnChannel: meaning === 'not-on-channel', code };
}

/** Every code that the adapter puts on attempts and messages. */
export const CODES: readonly ChannelCode[] = [
  ...Object.entries(ERRORS).map(([name, { words }]) => ({ code: codeOf(name), meaning: words })),
  { code: 'COURIER_REFUSED', meaning: 'Courier refused the message, in words that are new' },
  { code: 'COURIER_TOO_FAST', meaning: 'Courier takes no more at the moment; the account waits as long as it asks' },
  { code: 'COURIER_NOT_SET_UP', meaning: 'the account or the line lacks what Courier needs' },
  { code: 'COURIER_UNAUTHORIZED', meaning: 'Courier refuses the key' },
  { code: 'COURIER_NOT_REACHED', meaning: 'the connection never opened' },
];
