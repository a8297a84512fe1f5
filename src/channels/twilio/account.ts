import type { FieldSpec, SettingValue } from '../domain/account-fields';
import type { ChannelLine } from '../domain/channel';

const DEFAULT_API_URL = 'https://api.twilio.com';

const sid = (prefix: string, of: string) => ({
  pattern: { source: `${prefix}[0-9a-fA-F]{32}`, words: `must be ${prefix} and 32 hex digits, as Twilio's console shows ${of}` },
  max: 34,
});

/** What an account at Twilio has. */
export const ACCOUNT_SCHEMA: readonly FieldSpec[] = [
  {
    name: 'accountSid',
    type: 'string',
    required: true,
    label: 'Account SID',
    help: 'Of the account, or sub-account, that owns the numbers.',
    ...sid('AC', 'it'),
  },
  {
    name: 'authToken',
    type: 'string',
    secret: true,
    required: true,
    max: 64,
    label: 'Auth token',
    help: 'Twilio signs its calls with the primary one. It also sends, where no API key is given.',
  },
  {
    name: 'apiKeySid',
    type: 'string',
    label: 'API key SID',
    help: 'Of a standard or main key to send with, in place of the auth token.',
    ...sid('SK', 'that of a key'),
  },
  {
    name: 'apiKeySecret',
    type: 'string',
    secret: true,
    max: 64,
    label: 'API key secret',
    help: 'Twilio shows it once, when the key is made.',
  },
  {
    name: 'messagingServiceSid',
    type: 'string',
    label: 'Messaging Service SID',
    help: "A service whose sender pool holds the lines' numbers, as registered 10DLC campaigns need it.",
    ...sid('MG', 'that of a service'),
  },
  {
    name: 'apiUrl',
    type: 'url',
    max: 200,
    label: 'API URL',
    help: 'Of a region, such as https://api.dublin.ie1.twilio.com, or of a proxy of your own.',
    default: DEFAULT_API_URL,
  },
];

/** What a line has: its number. */
export const LINE_SCHEMA: readonly FieldSpec[] = [
  {
    name: 'phone',
    type: 'string',
    required: true,
    label: 'Phone number',
    help: 'A number of the account that can send texts; in the sender pool, where there is a Messaging Service.',
  },
];

/** An account that can be called. */
export interface TwilioAccount {
  accountSid: string;
  /** Who calls, and with which secret. */
  user: string;
  password: string;
  /** Also where calls go by an API key: it opens what a standard key may not read. */
  authToken: string;
  usesApiKey: boolean;
  messagingServiceSid: string | null;
  apiUrl: URL;
}

/** The account of the line. @returns what it lacks, in words, where it cannot be called */
export function accountOf({ account: { settings, secrets } }: ChannelLine): TwilioAccount | string {
  const [accountSid, apiKeySid] = [textOf(settings.accountSid), textOf(settings.apiKeySid)];
  const { authToken, apiKeySecret } = secrets;
  if (!accountSid) return 'the Twilio account has no account SID';
  if (!authToken) return 'the Twilio account has no auth token';
  if (apiKeySid && !apiKeySecret) return 'the Twilio account has an API key without its secret';
  const url = textOf(settings.apiUrl) ?? DEFAULT_API_URL;
  if (!URL.canParse(url)) return 'the API URL of the Twilio account cannot be read';
  return {
    accountSid,
    user: apiKeySid ?? accountSid,
    password: apiKeySid ? apiKeySecret! : authToken,
    authToken,
    usesApiKey: apiKeySid !== null,
    messagingServiceSid: textOf(settings.messagingServiceSid),
    apiUrl: new URL(url),
  };
}

const textOf = (value: SettingValue | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
