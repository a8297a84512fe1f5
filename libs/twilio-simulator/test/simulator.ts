import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import twilio, { type RequestClient, type Twilio } from 'twilio';
import { QUICK_TIMES, startTwilioSimulator, type TwilioSimulator } from '..';

export const SID = `AC${'1'.repeat(32)}`;
export const TOKEN = '0123456789abcdef0123456789abcdef';
export const SERVICE = `MG${'2'.repeat(32)}`;
export const KEY = `SK${'3'.repeat(32)}`;
export const NUMBER = '+12025550190';
export const POOLED = '+12025550191';

export const start = (): Promise<TwilioSimulator> =>
  startTwilioSimulator({
    times: QUICK_TIMES,
    accounts: [
      {
        accountSid: SID,
        authToken: TOKEN,
        apiKeys: [{ sid: KEY, secret: 'secret' }],
        numbers: [NUMBER, POOLED],
        services: [{ sid: SERVICE, numbers: [POOLED], advancedOptOut: true, optOutWords: ['ARRET'] }],
      },
    ],
  });

/** Twilio's own client, whose calls go to the simulator. */
export function clientOf({ url }: TwilioSimulator, user = SID, password = TOKEN): Twilio {
  const client = twilio(user, password, { accountSid: SID });
  const http = client.httpClient as RequestClient;
  const request = http.request.bind(http);
  http.request = (options) => request({ ...options, uri: options.uri.replace('https://api.twilio.com', url) });
  return client;
}

interface Call {
  url: string;
  headers: Record<string, string | string[] | undefined>;
  fields: Record<string, string>;
}

/** Somebody who is called: what came, and what is answered. */
export async function listener(answer: { status: number; type?: string; body?: string } = { status: 204 }) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const fields = Object.fromEntries(new URLSearchParams(body));
      calls.push({ url: `http://${request.headers.host}${request.url}`, headers: request.headers, fields });
      response.writeHead(answer.status, answer.type ? { 'content-type': answer.type } : {}).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    calls,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Waits for a condition: looks again and again, for ten seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > giveUpAt) throw new Error(`It did not come to pass: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
