import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Passed, Provocation } from '../channel-contract';

export interface Loft {
  url: string;
  whistle: string;
  flown: (Passed & { ring: string; at: number })[];
  mood: Provocation | null;
  close(): Promise<void>;
}

/** What the loft calls us with, signed by the whistle. */
export function callback(
  url: string,
  whistle: string,
  fields: Record<string, string>,
): { body: string; headers: { [name: string]: string } } {
  const body = new URLSearchParams(fields).toString();
  const signature = createHmac('sha256', whistle).update(url).update(body).digest('base64');
  return { body, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-loft-signature': signature } };
}

/**
 * The provider of the sample channel: it writes down what flew, and gives trouble when told to. Addresses
 * ending in 1 have no loft.
 */
export async function openLoft(): Promise<Loft> {
  const loft = { whistle: 'shrill & low', flown: [] as Loft['flown'], mood: null as Provocation | null };
  const say = (response: ServerResponse, status: number, body: unknown) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const server = createServer((request, response) => {
    let said = '';
    request.on('data', (chunk: Buffer) => (said += chunk.toString()));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url!, 'http://loft');
      if (searchParams.get('whistle') !== loft.whistle) return say(response, 401, {});
      const { mood } = loft;
      if (mood === 'times-out') return undefined;
      if (mood === 'answers-5xx') return say(response, 500, {});
      if (pathname === '/coo') return say(response, 200, 'coo');
      if (pathname === '/flown')
        return say(
          response,
          200,
          loft.flown.filter(({ to }) => to === searchParams.get('to')),
        );
      const { to, text } = JSON.parse(said) as { to: string; text: string };
      if (mood === 'refuses') return say(response, 400, {});
      if (mood === 'lies-200-with-error') return say(response, 200, { error: 'no wind' });
      if (to.endsWith('1')) return say(response, 422, { landedNowhere: true });
      const ring = `ring-${loft.flown.length + 1}`;
      loft.flown.push({ to, text, attachments: [], ring, at: Date.now() });
      if (mood === 'cuts-the-connection') return void response.destroy();
      if (mood === 'answers-garbage') return void response.writeHead(200).end('<coo>');
      return say(response, 200, { ring });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(loft, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
