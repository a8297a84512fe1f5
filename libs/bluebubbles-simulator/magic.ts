/** What the simulator does with an address. */
export type Magic = 'ordinary' | 'no-imessage' | 'no-handle' | 'times-out' | 'fails' | 'fails-once' | 'fails-late';

/** `error` of a message to somebody who is not on iMessage. */
export const NOT_ON_IMESSAGE = 22;
/** `error` of a message to an address that fails for good. */
export const FAILS_FOR_GOOD = 25;
/** `error` of a message that would work on another try. */
export const FAILS_FOR_NOW = 4;

/** Four digits, since two would take addresses away that tests use as ordinary ones. */
const FAILS_LATE = /9095$/;

/**
 * Magic addresses, as payment providers have them: the last digits of a phone, or those right before the @ of
 * an e-mail address, say what happens. 10–19 no iMessage, found out by sending; 20–29 no iMessage, found out
 * before; 97 goes out without an answer, 98 fails for good, 99 fails once for each text, 9095 fails silently
 * after it was accepted.
 */
export function magicOf(address: string): Magic {
  const digits = address.includes('@') ? (/(\d{2,})@/.exec(address)?.[1] ?? '') : address.replace(/\D/g, '');
  if (FAILS_LATE.test(digits)) return 'fails-late';
  const number = digits.length >= 2 ? Number(digits.slice(-2)) : -1;
  if (number >= 10 && number <= 19) return 'no-imessage';
  if (number >= 20 && number <= 29) return 'no-handle';
  if (number === 97) return 'times-out';
  if (number === 98) return 'fails';
  if (number === 99) return 'fails-once';
  return 'ordinary';
}

/** Whether somebody can be reached by iMessage. */
export const isOnIMessage = (address: string): boolean => !['no-imessage', 'no-handle'].includes(magicOf(address));
