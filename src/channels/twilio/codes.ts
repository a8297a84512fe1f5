import type { ChannelCode } from '../domain/channel-code';
import { codeOf, TWILIO_ERRORS } from './errors';

/** Every code that the adapter puts on attempts and messages. */
export const CODES: readonly ChannelCode[] = [
  ...[...TWILIO_ERRORS].map(([number, { words }]) => ({ code: codeOf(number), meaning: words })),
  { code: 'TWILIO_<n>', meaning: "another error of Twilio's, by its number" },
  { code: 'TWILIO_NOT_SET_UP', meaning: 'the account or the line lacks what Twilio needs; the line is set aside' },
  { code: 'TWILIO_UNREACHABLE', meaning: 'the connection never opened; the device is set aside' },
  { code: 'TWILIO_NOT_REACHED', meaning: 'something before Twilio answered in its place; the device is set aside' },
  { code: 'TWILIO_REFUSED', meaning: 'Twilio refused the text without saying by which number' },
  { code: 'TWILIO_FAILED', meaning: 'the text was not sent, and Twilio does not say why' },
  { code: 'TWILIO_UNDELIVERED', meaning: 'the text was sent and did not arrive, and Twilio does not say why' },
  { code: 'TWILIO_CANCELED', meaning: 'the text was cancelled at Twilio' },
  { code: 'TOO_LARGE', meaning: 'the message is larger than Twilio, or what stands before it, takes' },
  { code: 'ATTACHMENT_TOO_LARGE', meaning: 'a file is larger than Twilio takes; nothing was sent' },
];
