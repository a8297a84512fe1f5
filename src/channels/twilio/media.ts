import { wordsOfBreak } from '../domain/broken-calls';
import { DownloadRefused } from '../domain/downloads';
import type { MediaLimits, MediaOutcome } from '../domain/inbound-media';
import type { GuardedHttp } from '../infrastructure/guarded-http';
import type { TwilioAccount } from './account';
import { record } from './twilio.protocol';
import type { TwilioClient } from './twilio-client';

/**
 * The list of messages says how many files a message has, and not their URLs: these are asked for when one is
 * fetched (https://www.twilio.com/docs/messaging/api/media-resource#read-multiple-media-resources).
 */
const LISTED = /^([SM]M[0-9a-f]{32})#(\d{1,2})$/i;
export const mediaRefOf = (sid: string, index: number): string => `${sid}#${index}`;

/** The URL of a file of the message. @returns why there is none */
async function urlOf(
  { client, within }: { client: TwilioClient; within: number },
  account: TwilioAccount,
  { sid, index }: { sid: string; index: number },
): Promise<string | Extract<MediaOutcome, { kind: 'failed' }>> {
  try {
    const { status, json } = await client.call(account, { path: `/Messages/${sid}/Media.json`, within });
    const { media_list: list } = record(json);
    const uri = Array.isArray(list) ? record(list[index]).uri : null;
    // It is that of what describes the file; without the ending it is the file's.
    if (typeof uri === 'string') return new URL(uri.replace(/\.json$/, ''), account.apiUrl).href;
    const forGood = status === 200 || status === 404;
    return { kind: 'failed', message: `Twilio answered ${status}, and named no file`, forGood };
  } catch (error) {
    return { kind: 'failed', message: wordsOfBreak(error, 'Twilio'), forGood: false };
  }
}

/**
 * Fetches a file that came in. Where the customer has told Twilio so, it asks for the account's login, and
 * then names a place that is open for four hours and takes no login
 * (https://www.twilio.com/docs/messaging/api/media-resource). Nobody but Twilio gets the login.
 */
export async function fetchMedia(
  { guardedHttp, client }: { guardedHttp: GuardedHttp; client: TwilioClient },
  account: TwilioAccount,
  ref: string,
  limits: MediaLimits,
): Promise<MediaOutcome> {
  const { user, password, apiUrl } = account;
  const listed = LISTED.exec(ref);
  if (listed) {
    const found = await urlOf({ client, within: limits.within }, account, { sid: listed[1]!, index: Number(listed[2]) });
    return typeof found === 'string' ? fetchMedia({ guardedHttp, client }, account, found, limits) : found;
  }
  if (!URL.canParse(ref)) return { kind: 'failed', message: 'the file has no URL that can be read', forGood: true };
  const url = new URL(ref);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  try {
    const login = isTwilio(url, apiUrl) && { headers: { authorization } };
    return { kind: 'fetched', ...(await guardedHttp.fetchFile({ url, ...limits, ...login })) };
  } catch (error) {
    if (error instanceof DownloadRefused) return { kind: 'failed', message: error.message, forGood: error.forGood };
    return { kind: 'failed', message: wordsOfBreak(error, 'Twilio'), forGood: false };
  }
}

/** The server of the API itself; files of an account in another region are at another server of Twilio's. */
function isTwilio(url: URL, apiUrl: URL): boolean {
  if (url.origin === apiUrl.origin) return true;
  const isTheirs = ({ protocol, hostname }: URL) => protocol === 'https:' && /^api(?:\.[\w-]+)*\.twilio\.com$/.test(hostname);
  return isTheirs(url) && isTheirs(apiUrl);
}
