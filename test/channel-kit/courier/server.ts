import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelLine } from '../../../src/channels';
import type { Passed, Provocation } from '../channel-contract';

export const KEY = { id: 'key-1', secret: 'secret of the key' };
export const SIGNING_SECRET = 'signed, sealed';
export const NUMBER = '+12025550190';
const MAX_TEXT = 1_000;

/** What Courier has sent on. */
interface Sent extends Passed {
  id: string;
  from: string;
  ref: string;
  report: string;
  at: number;
}

/** A line on an account at this server. */
export const courierLine = (apiUrl: string, secrets: object = {}): ChannelLine => ({
  id: 'line',
  phone: NUMBER,
  email: null,
  bridgeUrl: null,
  bridgePassword: null,
  account: {
    id: 'account',
    settings: { keyId: KEY.id, apiUrl },
    secrets: { keySecret: KEY.secret, signingSecret: SIGNING_SECRET, ...secrets },
  },
});

/** What Courier calls us with, signed. */
export function signed(url: string, fields: Record<string, string>, secret = SIGNING_SECRET) {
  const body = new URLSearchParams(fields).toString();
  const signature = createHmac('sha256', secret).update(`${url}\n${body}`).digest('hex');
  return { body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-courier-signature': signature } };
}

/** The provider of the sample: it keeps what it has sent on, and gives trouble when told to. */
export class CourierServer {
  readonly sent: Sent[] = [];
  mood: Provocation | null = null;
  /** So many messages more are told to come back after that many seconds; `null`: without saying when. */
  tooFast = { times: 0, retryAfter: 1 as number | null };
  refusedAsTooFast = 0;
  private readonly server = createServer((request, response) => {
    let said = '';
    request.on('data', (chunk: Buffer) => (said += chunk.toString()));
    request.on('end', () => {
      const { authorization } = request.headers;
      this.answer(`${request.method} ${request.url}`, { authorization, form: new URLSearchParams(said) }, response);
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private answer(
    call: string,
    { authorization, form }: { authorization?: string; form: URLSearchParams },
    response: ServerResponse,
  ): void {
    const say = (status: number, body: object, headers: Record<string, string> = {}) =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const key = Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64');
    if (authorization !== `Basic ${key}`) return say(401, { error: 'unauthorized' });
    if (this.mood === 'times-out') return;
    if (this.mood === 'answers-5xx') return say(503, {});
    const [, path, to] = /^(\S+ [^?]+)(?:\?to=(.*))?$/.exec(call)!;
    switch (path) {
      case 'GET /v1/account':
        return say(200, { status: 'active' });
      case 'GET /v1/messages':
        return say(
          200,
          this.sent.filter((one) => one.to === decodeURIComponent(to ?? '')),
        );
      case 'POST /v1/messages':
        return this.take(form, response, say);
      default:
        return say(404, { error: 'not_found' });
    }
  }

  private take(
    form: URLSearchParams,
    response: ServerResponse,
    say: (status: number, body: object, headers?: Record<string, string>) => void,
  ): void {
    const { from = '', to = '', text = '', ref = '', report = '' } = Object.fromEntries(form);
    if (this.tooFast.times > 0) {
      this.tooFast.times -= 1;
      this.refusedAsTooFast += 1;
      const { retryAfter } = this.tooFast;
      return say(429, { error: 'too_many' }, retryAfter === null ? {} : { 'retry-after': String(retryAfter) });
    }
    if (this.mood === 'refuses') return say(422, { error: 'carrier_rejected' });
    if (this.mood === 'lies-200-with-error') return say(200, { error: 'unreachable' });
    if (from !== NUMBER) return say(422, { error: 'unknown_sender' });
    if (text.length > MAX_TEXT) return say(422, { error: 'too_long' });
    // By the last two digits.
    const error = { '01': 'no_route', '02': 'invalid_number', '03': 'unsubscribed' }[to.slice(-2)];
    if (error) return say(422, { error });
    const id = `courier-${this.sent.length + 1}`;
    this.sent.push({ id, from, to, text, ref, report, attachments: [], at: Date.now() });
    if (this.mood === 'cuts-the-connection') return void response.destroy();
    if (this.mood === 'answers-garbage') return void response.writeHead(201).end('<html>');
    return say(201, { id });
  }
}
