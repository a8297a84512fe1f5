import { createHmac } from 'node:crypto';

/** What a secret begins with; the rest is base64. */
export const SECRET_PREFIX = 'whsec_';

export interface Signed {
  id: string;
  event: string;
  body: string;
  at: Date;
  /** The present secret first; one more during a rotation. */
  secrets: readonly string[];
}

/**
 * The headers that prove who sent a body. `X-Tuco-*` as the public API has them: the HMAC-SHA256 of the body,
 * in hex, keyed by the secret's text. `webhook-*` as Standard Webhooks 1.0 has them: over id, time and body,
 * keyed by the secret's decoded bytes.
 */
export function signatureHeaders({ id, event, body, at, secrets }: Signed): Record<string, string> {
  const seconds = Math.floor(at.getTime() / 1_000).toString();
  const [present = ''] = secrets;
  return {
    'x-tuco-signature': createHmac('sha256', present).update(body).digest('hex'),
    'x-tuco-event': event,
    'x-tuco-timestamp': at.toISOString(),
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': secrets.map((secret) => `v1,${standardSignature(secret, `${id}.${seconds}.${body}`)}`).join(' '),
  };
}

const standardSignature = (secret: string, content: string): string =>
  createHmac('sha256', Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64'))
    .update(content)
    .digest('base64');
