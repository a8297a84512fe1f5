import type { ChannelCode } from '../domain/channel-code';

/** Every code that the adapter puts on attempts and messages. */
export const CODES: readonly ChannelCode[] = [
  { code: 'SMTP_NOT_SET_UP', meaning: 'the account or the line lacks what a mail needs; the line is set aside' },
  { code: 'SMTP_UNREACHABLE', meaning: 'the mail server was not there before anything was sent; the device is set aside' },
  { code: 'SMTP_NO_LOGIN', meaning: 'the mail server offers no login, or broke off there; the line is set aside' },
  { code: 'SMTP_NO_ADDRESS', meaning: 'what should get the mail is not one plain e-mail address' },
  { code: 'TOO_LARGE', meaning: 'the mail is larger than 25 MB' },
  { code: 'SMTP_<n>', meaning: "the mail server's code: the enhanced one where it gives one, such as SMTP_5_7_1" },
  { code: 'BOUNCE_<n>', meaning: 'the mail came back, with that code in the report' },
  { code: 'BOUNCE', meaning: 'the mail came back, in a report without a code' },
];
