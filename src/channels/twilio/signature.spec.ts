import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { getExpectedTwilioSignature, validateRequest } from 'twilio';
import type { InboundCallRequest } from '../domain/inbound';
import { isSigned } from './signature';

interface Vector {
  name: string;
  authToken: string;
  method: 'GET' | 'POST';
  url: string;
  rawBody: string;
  headers: Record<string, string>;
  valid: boolean;
}

const { vectors } = JSON.parse(readFileSync('test/fixtures/sms/twilio-signatures.json', 'utf8')) as { vectors: Vector[] };
const TOKEN = '12345678901234567890123456789012';

const callOf = ({ method, url, headers, rawBody }: Omit<Vector, 'name' | 'authToken' | 'valid'>): InboundCallRequest => {
  const isJson = headers['content-type'] === 'application/json';
  return {
    method,
    url,
    headers,
    rawBody: Buffer.from(rawBody),
    form: isJson ? [] : [...new URLSearchParams(rawBody)],
    query: [...new URL(url).searchParams],
    json: isJson ? JSON.parse(rawBody) : undefined,
  };
};

describe("Twilio's signature", () => {
  it('has all the vectors', () => expect(vectors).toHaveLength(28));

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    expect(isSigned(callOf(vector), vector.authToken)).toBe(vector.valid);
  });

  it('is what the package of Twilio makes of any form and any path', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const fields = fc.uniqueArray(fc.tuple(text, text), { selector: ([name]) => name, minLength: 1, maxLength: 8 });
    const hosts = fc.constantFrom('app.example.com', 'app.example.com:443', 'app.example.com:8443');
    fc.assert(
      fc.property(hosts, fc.webSegment(), fields, text, (host, path, pairs, other) => {
        const url = `https://${host}/${path}?attempt=tuco-1`;
        const rawBody = new URLSearchParams(pairs).toString();
        const said = [...new URLSearchParams(rawBody)];
        const signature = getExpectedTwilioSignature(TOKEN, url, Object.fromEntries(said));
        const call = callOf({ method: 'POST', url, rawBody, headers: { 'x-twilio-signature': signature } });
        expect(isSigned(call, TOKEN)).toBe(true);
        const changed = { ...call, form: [...said.slice(1), [said[0]![0], `${said[0]![1]}${other}!`] as const] };
        expect(isSigned(changed, TOKEN)).toBe(validateRequest(TOKEN, signature, url, Object.fromEntries(changed.form)));
        expect(isSigned(changed, TOKEN)).toBe(false);
      }),
    );
  });

  it('is taken once alone: a header that came twice is none', () => {
    const { url, headers, rawBody } = vectors[0]!;
    const call = callOf({ method: 'POST', url, headers, rawBody });
    const signature = headers['x-twilio-signature']!;
    expect(isSigned({ ...call, headers: { 'x-twilio-signature': [signature, signature] } }, TOKEN)).toBe(false);
  });
});
