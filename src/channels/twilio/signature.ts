import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { InboundCallRequest } from '../domain/inbound';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'https:': '443', 'http:': '80' };

/**
 * Whether Twilio has signed the call with the auth token
 * (https://www.twilio.com/docs/usage/webhooks/webhooks-security): the base64 HMAC-SHA1 of the URL and of the
 * form's names and values, by name. A body that is no form is covered by its hash, which stands in the URL.
 */
export function isSigned({ url, headers, form, rawBody }: InboundCallRequest, authToken: string): boolean {
  const given = headers['x-twilio-signature'];
  if (typeof given !== 'string' || given === '') return false;
  const hash = new URL(url).searchParams.get('bodySHA256');
  const isForm = form.length > 0;
  if (hash !== null) {
    if (!isSame(createHash('sha256').update(rawBody).digest('hex'), hash)) return false;
  } else if (!isForm && rawBody.length > 0) {
    return false;
  }
  const fields = hash === null ? signedFields(form) : '';
  return formsOf(url).some((one) => isSame(createHmac('sha1', authToken).update(one).update(fields).digest('base64'), given));
}

/** Names in the order of their code units; a value that a name has twice counts once. */
function signedFields(form: InboundCallRequest['form']): string {
  const byName = new Map<string, Set<string>>();
  for (const [name, value] of form) byName.set(name, (byName.get(name) ?? new Set()).add(value));
  const names = [...byName.keys()].sort();
  return names
    .map((name) =>
      [...byName.get(name)!]
        .sort()
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}

/** Twilio has signed the URL with the port, or without it. */
function formsOf(url: string): string[] {
  const { protocol, host, hostname, port } = new URL(url);
  const rest = url.slice(url.indexOf('/', url.indexOf('//') + 2));
  const withPort = `${hostname}:${port || DEFAULT_PORTS[protocol] || ''}`;
  return [url, ...[host, hostname, withPort].map((one) => `${protocol}//${one}${rest}`)];
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
