import type { ChannelCode } from '../domain/channel-code';

/** Every code that the adapter puts on attempts and messages. */
export const CODES: readonly ChannelCode[] = [
  { code: 'NOT_ON_IMESSAGE', meaning: 'the bridge says that the address is not on iMessage' },
  { code: 'REJECTED', meaning: 'the bridge answered 400' },
  { code: 'NO_CONVERSATION', meaning: 'the bridge knows no such chat; it is opened by the next attempt' },
  { code: 'ADDRESS_NOT_ASKABLE', meaning: 'the bridge would change the address, and write to somebody else' },
  { code: 'FILE_WITHOUT_CONVERSATION', meaning: 'a file alone cannot open a conversation; a text has to come first' },
  { code: 'TOO_LARGE', meaning: 'the message is larger than the bridge, or what stands before it, takes' },
  { code: 'BRIDGE_NOT_FOUND', meaning: 'the bridge answered 404' },
  { code: 'BRIDGE_UNAUTHORIZED', meaning: "the bridge refused the line's password; the line is set aside" },
  { code: 'BRIDGE_UNREACHABLE', meaning: 'the connection never opened; the device is set aside' },
  { code: 'BRIDGE_NOT_REACHED', meaning: 'something before the bridge answered that it is away; the device is set aside' },
  { code: 'HELPER_AWAY', meaning: "the bridge's helper is away; the device is set aside" },
  { code: 'THROTTLED', meaning: 'too fast; the device rests for as long as was asked' },
  { code: 'IMESSAGE_ERROR_<n>', meaning: "the bridge's error number" },
];
