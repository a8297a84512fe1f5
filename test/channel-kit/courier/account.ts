// An adapter in src/channels/courier imports them from '../domain/…'.
import type { ChannelLine, FieldSpec } from '../../../src/channels';

const DEFAULT_API_URL = 'https://api.courier.example';

/** What an account at Courier has. */
export const ACCOUNT_SCHEMA: readonly FieldSpec[] = [
  { name: 'keyId', type: 'string', required: true, max: 64, label: 'Key', help: 'As the page "API keys" shows it.' },
  {
    name: 'keySecret',
    type: 'string',
    secret: true,
    required: true,
    max: 64,
    label: 'Secret of the key',
    help: 'Shown once, when the key is made.',
  },
  {
    name: 'signingSecret',
    type: 'string',
    secret: true,
    required: true,
    max: 64,
    label: 'Signing secret',
    help: 'By which Courier signs its calls.',
  },
  { name: 'apiUrl', type: 'url', max: 200, label: 'API URL', help: 'Of another region.', default: DEFAULT_API_URL },
];

/** What a line has: its number. */
export const LINE_SCHEMA: readonly FieldSpec[] = [
  { name: 'phone', type: 'string', required: true, label: 'Phone number', help: 'A number of the account.' },
];

/** An account that can be called. */
export interface CourierAccount {
  apiUrl: string;
  authorization: string;
  /** Connections are shared by what has the same. */
  keepAlive: string;
}

/** The account of the line. @returns what it lacks, in words, where it cannot be called */
export function accountOf({ account: { id, settings, secrets } }: ChannelLine): CourierAccount | string {
  if (!settings.keyId || !secrets.keySecret) return 'the account has no key';
  const apiUrl = String(settings.apiUrl ?? DEFAULT_API_URL);
  if (!/^https?:/.test(apiUrl) || !URL.canParse(apiUrl)) return 'the API URL cannot be read';
  const login = Buffer.from(`${String(settings.keyId)}:${secrets.keySecret}`).toString('base64');
  return { apiUrl, authorization: `Basic ${login}`, keepAlive: `courier ${id}` };
}
