import type { GuardedAnswer } from '../infrastructure/guarded-http';

/**
 * Answers without the bridge's envelope come from a proxy or tunnel in front of it. Only some of them prove
 * that no bridge was reached; a proxy that gave up waiting has passed the request on.
 */
export type PageProof = 'not-reached' | 'throttled' | 'too-large' | 'open';

/** Status codes of 5xx pages by which the proxy says that it had no origin to ask. */
const NO_ORIGIN: ReadonlySet<number> = new Set([
  503, // RFC 9110, 15.6.4: not ready to handle the request
  521, // Cloudflare: the origin refused the connection
  523, // Cloudflare: the origin cannot be reached
  530, // Cloudflare: the origin's name cannot be resolved, or its tunnel is down (error 1033)
]);

/** Error codes of ngrok (https://ngrok.com/docs/errors) by which its edge says that it asked no origin. */
const NGROK_NO_ORIGIN: ReadonlySet<string> = new Set([
  'ERR_NGROK_3200', // the endpoint is offline
  'ERR_NGROK_3208', // the endpoint is offline, of a tunnel with a name
  'ERR_NGROK_8012', // the agent could not open a connection to the upstream
  'ERR_NGROK_6024', // the page before the first visit
  'ERR_NGROK_727', // over the limit of requests
]);

export function proofOfPage({ status, page }: Pick<GuardedAnswer, 'status' | 'page'>): PageProof {
  if (status === 413) return 'too-large';
  if (status === 429) return 'throttled';
  if (status >= 400 && status < 500) return 'not-reached';
  if (NO_ORIGIN.has(status)) return 'not-reached';
  const ngrok = /ERR_NGROK_\d+/.exec(page)?.[0];
  return ngrok && NGROK_NO_ORIGIN.has(ngrok) ? 'not-reached' : 'open';
}
