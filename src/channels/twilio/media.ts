import { wordsOfBreak } from '../domain/broken-calls';
import { DownloadRefused } from '../domain/downloads';
import type { MediaLimits, MediaOutcome } from '../domain/inbound-media';
import type { GuardedHttp } from '../infrastructure/guarded-http';
import type { TwilioAccount } from './account';

/**
 * Fetches a file that came in. Where the customer has told Twilio so, it asks for the account's login, and
 * then names a place that is open for four hours and takes no login
 * (https://www.twilio.com/docs/messaging/api/media-resource). Nobody but Twilio gets the login.
 */
export async function fetchMedia(
  guardedHttp: GuardedHttp,
  { user, password, apiUrl }: TwilioAccount,
  ref: string,
  limits: MediaLimits,
): Promise<MediaOutcome> {
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
