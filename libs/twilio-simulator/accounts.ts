/** A key of an account. Standard ones may not read `/Accounts`. */
export interface ApiKey {
  sid: string;
  secret: string;
  kind?: 'main' | 'standard';
}

/** A Messaging Service: senders that share what is set for them. */
export interface Service {
  sid: string;
  /** Its sender pool, of the account's numbers. */
  numbers: string[];
  /** Twilio tells by `OptOutType` what it has made of a text. */
  advancedOptOut?: boolean;
  /** With Advanced Opt-Out: words of the customer's own that opt out. */
  optOutWords?: string[];
}

export interface AccountOptions {
  /** `AC` and 32 hex digits. */
  accountSid: string;
  authToken: string;
  apiKeys?: ApiKey[];
  numbers: string[];
  services?: Service[];
  /** Where texts to its numbers are posted to; `null`: nowhere. */
  inboundUrl?: string | null;
  status?: 'active' | 'suspended' | 'closed';
}

/** An account as it is by now. */
export type Account = Required<AccountOptions>;

export const accountOf = (options: AccountOptions): Account => ({
  apiKeys: [],
  services: [],
  inboundUrl: null,
  status: 'active',
  ...options,
});

/** Who calls; `null`: nobody that the account knows. */
export type Caller = 'account' | 'main' | 'standard';

/** Basic authentication: the account with its token, or one of its keys. */
export function callerOf({ accountSid, authToken, apiKeys }: Account, authorization: string | undefined): Caller | null {
  const given = /^Basic\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (given === undefined) return null;
  const [user, ...rest] = Buffer.from(given, 'base64').toString('utf8').split(':');
  const password = rest.join(':');
  if (user === accountSid && password === authToken) return 'account';
  const key = apiKeys.find(({ sid, secret }) => sid === user && secret === password);
  return key ? (key.kind ?? 'standard') : null;
}

/** An account as the API shows it. */
export const accountBody = ({ accountSid, status }: Account): object => ({
  sid: accountSid,
  friendly_name: 'Simulated',
  status,
  type: 'Full',
  owner_account_sid: accountSid,
  uri: `/2010-04-01/Accounts/${accountSid}.json`,
});
