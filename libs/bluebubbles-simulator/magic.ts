/** What the simulator does with an address. */
export type Magic = 'ordinary' | 'no-imessage' | 'times-out' | 'fails' | 'fails-once';

/** `error` of a message to somebody who is not on iMessage. */
export const NOT_ON_IMESSAGE = 22;
/** `error` of a message to an address that fails for good. */
export const FAILS_FOR_GOOD = 25;
/** `error` of a message that would work on another try. */
export const FAILS_FOR_NOW = 4;

/**
 * Magic addresses, as payment providers have them: the last two digits of a phone, or the two digits right
 * before the @ of an e-mail address, say what happens: 10–29 no iMessage, 97 times out after sending, 98
 * fails for good, 99 fails once for each text.
 */
export function magicOf(address: string): Magic {
  const digits = address.includes('@') ? /(\d{2})@/.exec(address)?.[1] : address.replace(/\D/g, '').slice(-2);
  const number = digits?.length === 2 ? Number(digits) : -1;
  if (number >= 10 && number <= 29) return 'no-imessage';
  if (number === 97) return 'times-out';
  if (number === 98) return 'fails';
  if (number === 99) return 'fails-once';
  return 'ordinary';
}
