/** A webhook call that is not what it says; the message says why. */
export class NotFromTuco extends Error {
  override readonly name = 'NotFromTuco';
}

/** What came in. */
export interface WebhookCall {
  /** The body as it came, not parsed and written again. */
  body: string;
  headers: Headers | Record<string, string | string[] | undefined>;
}

/** How it is checked. */
export interface Verification {
  /** Of the webhook: `whsec_…`. During a rotation the earlier one as well. */
  secret: string | readonly string[];
  /** How old a call may be, in seconds: 300 by default. */
  toleranceSeconds?: number;
  now?: () => number;
}

/** An event that a webhook was told. */
export interface WebhookEvent {
  /** The same in every repetition: an event that you have seen is one that you may leave out. */
  id: string;
  event: string;
  body: Record<string, unknown>;
}

const PREFIX = 'whsec_';

/**
 * Reads a webhook call and checks its signature by Standard Webhooks: HMAC-SHA256 over id, time and body.
 * @throws NotFromTuco for a wrong or missing signature, and for a call that is too old or from the future
 */
export async function verifyWebhook({ body, headers }: WebhookCall, verification: Verification): Promise<WebhookEvent> {
  const { secret, toleranceSeconds = 300, now = Date.now } = verification;
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    header(headers, name),
  );
  if (!id || !timestamp || !signatures)
    throw new NotFromTuco('The headers webhook-id, webhook-timestamp and webhook-signature are needed');
  if (!/^\d{1,12}$/.test(timestamp)) throw new NotFromTuco('The header webhook-timestamp is no time');
  if (Math.abs(now() / 1_000 - Number(timestamp)) > toleranceSeconds)
    throw new NotFromTuco('The call is too old, or from the future');
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const given = signatures
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => one.slice('v1,'.length));
  for (const one of [secret].flat()) {
    const key = await crypto.subtle.importKey('raw', bytesOf(one.replace(PREFIX, '')), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'verify',
    ]);
    for (const signature of given) {
      const bytes = readableBytes(signature);
      if (bytes && (await crypto.subtle.verify('HMAC', key, bytes, content))) {
        return { id, event: header(headers, 'x-tuco-event') ?? '', body: JSON.parse(body) as Record<string, unknown> };
      }
    }
  }
  throw new NotFromTuco('No signature is right');
}

function header(headers: WebhookCall['headers'], name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return Array.isArray(value) ? value[0] : value;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

function readableBytes(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return bytesOf(base64);
  } catch {
    return null;
  }
}
