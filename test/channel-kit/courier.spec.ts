import { GuardedHttp } from '../../src/channels/infrastructure/guarded-http';
import { freePort } from '../support/free-port';
import { testConfig } from './bluebubbles-rig';
import { itKeepsTheChannelContract } from './channel-contract';
import { CourierChannel } from './courier/courier.channel';
import { courierLine, CourierServer, KEY, NUMBER, signed, SIGNING_SECRET } from './courier/server';

const URL_CALLED = 'https://tuco.example.com/api/inbound/courier/secret';

const start = async () => {
  const server = new CourierServer();
  const url = await server.listen();
  const config = testConfig();
  const http = new GuardedHttp(config);
  return { server, url, http, channel: new CourierChannel(http, config), line: courierLine(url) };
};

itKeepsTheChannelContract('the sample of docs/adding-a-channel.md', async () => {
  const { server, url, http, channel, line } = await start();
  return {
    channel,
    line,
    lineWithWrongSecret: courierLine(url, { keySecret: 'another-key', signingSecret: 'another-secret' }),
    lineToNobody: courierLine(`http://127.0.0.1:${await freePort()}`),
    longest: 1_000,
    secrets: [KEY.secret, SIGNING_SECRET, Buffer.from(`${KEY.id}:${KEY.secret}`).toString('base64')],
    reachable: (serial) => `+1415${2_000_010 + serial * 100}`,
    notOnChannel: (serial) => `+1415${2_000_001 + serial * 100}`,
    provoke: (what) => void (server.mood = what),
    passed: () => server.sent.map(({ to, text, attachments }) => ({ to, text, attachments })),
    reply: (from, text) => Promise.resolve({ event: 'received', id: `in-${from}`, from, to: NUMBER, text }),
    receipt: (id) => ({ event: 'delivered', id }),
    sendError: (id, ref) => ({ event: 'failed', id, ref, error: 'unreachable' }),
    callOf: (fields) => {
      const { body, headers } = signed(URL_CALLED, fields as Record<string, string>);
      const form = [...new URLSearchParams(body)];
      return { method: 'POST', url: URL_CALLED, headers, rawBody: Buffer.from(body), json: undefined, form, query: [] };
    },
    async close() {
      await http.onApplicationShutdown();
      await server.close();
    },
  };
});

describe('what Courier says besides', () => {
  it.each<[string, string, object]>([
    ['an address that is bad for good', '+14152000002', { kind: 'blocked', why: 'bad_address', code: 'COURIER_INVALID_NUMBER' }],
    ['an opt-out', '+14152000003', { kind: 'blocked', why: 'opted_out', code: 'COURIER_UNSUBSCRIBED' }],
  ])('%s', async (_, to, expected) => {
    const { server, http, channel, line } = await start();
    const message = { to, text: 'Hi', providerId: 'a', conversation: null, opensChat: false, callbackUrl: null };
    expect(await channel.send(line, message)).toMatchObject(expected);
    await http.onApplicationShutdown();
    await server.close();
  });

  it.each([
    ['as long as it asks', 7, 7_000],
    ['for ten seconds where it does not say how long', null, 10_000],
  ])('too fast: the account waits %s', async (_, retryAfter, retryAfterMs) => {
    const { server, http, channel, line } = await start();
    server.tooFast = { times: 1, retryAfter };
    const message = { to: '+14152000010', text: 'Hi', providerId: 'a', conversation: null, opensChat: false, callbackUrl: null };
    expect(await channel.send(line, message)).toMatchObject({ kind: 'throttled', scope: 'device', retryAfterMs });
    expect(server.sent).toEqual([]);
    await http.onApplicationShutdown();
    await server.close();
  });
});
