import { NeverConnected } from '../domain/downloads';
import type { GuardedAnswer, GuardedHttp } from '../infrastructure/guarded-http';
import type { TwilioAccount } from './account';

export interface TwilioRequest {
  /** Behind that of the account, such as `/Messages.json`; empty for the account itself. */
  path: '.json' | '/Messages.json' | `/Messages/${string}/Media.json`;
  query?: Readonly<Record<string, string>>;
  /** Posts it; without it the call is a GET. */
  form?: readonly (readonly [name: string, value: string])[];
  /** By the auth token, also where the account has an API key. */
  byAuthToken?: true;
  /** For the whole exchange, in milliseconds. */
  within: number;
}

/** Speaks to Twilio's REST API. */
export class TwilioClient {
  constructor(private readonly guardedHttp: GuardedHttp) {}

  /** @throws NeverConnected, or any other error when the exchange broke off after the connection was open */
  call(account: TwilioAccount, { path, query = {}, form, byAuthToken, within }: TwilioRequest): Promise<GuardedAnswer> {
    const { accountSid, apiUrl } = account;
    const base = apiUrl.href.replace(/\/+$/, '');
    const url = new URL(`${base}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}${path}`);
    if (!['https:', 'http:'].includes(url.protocol)) throw new NeverConnected('the API URL is no web address');
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const [user, password] = byAuthToken ? [accountSid, account.authToken] : [account.user, account.password];
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const call = { url, headers: { authorization }, keepAlive: `${url.origin} ${accountSid}`, within };
    return this.guardedHttp.send(form ? { ...call, method: 'POST', fields: form } : { ...call, method: 'GET' });
  }
}
