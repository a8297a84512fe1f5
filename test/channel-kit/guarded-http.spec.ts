import { type lookup, type LookupAddress } from 'node:dns';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DownloadRefused, NeverConnected } from '../../src/channels';
import { BlueBubblesChannel } from '../../src/channels/bluebubbles/bluebubbles.channel';
import { GuardedHttp } from '../../src/channels/infrastructure/guarded-http';
import { SystemClock } from '../../src/platform/clock';
import { readConfig } from '../../src/platform/config';
import { bridgeLine } from '../support/bridge-line';

const config = (more: Record<string, string>) =>
  readConfig({
    MONGODB_URI: 'mongodb://127.0.0.1:1/none',
    REDIS_URL: 'redis://127.0.0.1:1',
    ENCRYPTION_KEY: '0'.repeat(64),
    LOCAL_ISSUER: 'true',
    PROVIDER_TIMEOUT_SECONDS: '2',
    PROVIDER_CONNECT_SECONDS: '1',
    ...more,
  });

/** Stands for a public address, so that no test calls anybody outside; nobody listens there. */
const PUBLIC = '127.0.0.2';

/** Answers of a name server, one after the other, the last one for ever. */
type Zone = Record<string, string[][]>;

class ScriptedNames extends GuardedHttp {
  readonly asked: string[] = [];

  constructor(
    private readonly zone: Zone,
    more: Record<string, string> = {},
  ) {
    super(config(more));
  }

  protected override allowed(address: string): boolean {
    return address === PUBLIC || super.allowed(address);
  }

  protected override readonly resolve = ((
    name: string,
    _options: object,
    done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => {
    this.asked.push(name);
    const answers = this.zone[name];
    if (!answers) return done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), []);
    const answer = answers.length > 1 ? answers.shift()! : answers[0]!;
    done(
      null,
      answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as typeof lookup;
}

/**
 * The one way to call what a tenant gave: nothing inside our network, whatever the name says, and nothing of
 * what was answered.
 */
describe('the guarded client', () => {
  let server: Server;
  let port: number;
  let came: string[] = [];
  const clients: GuardedHttp[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      came.push(`${request.headers.host} ${request.url}`);
      if (request.url?.startsWith('/redirect')) {
        return void response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` }).end();
      }
      if (request.url?.startsWith('/large')) return void response.end(Buffer.alloc(3_000, 1));
      return void response.writeHead(200).end('{"secret":"inside"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(async () => {
    for (const client of clients) await client.onApplicationShutdown();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => (came = []));

  const guarded = (zone: Zone = {}, more: Record<string, string> = {}) => {
    const client = new ScriptedNames(zone, more);
    clients.push(client);
    return client;
  };
  const get = (client: GuardedHttp, url: string) => client.send({ method: 'GET', url: new URL(url), within: 2_000 });
  const refused = async (work: Promise<unknown>, words = /private range/) => {
    const error: unknown = await work.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(NeverConnected);
    expect((error as Error).message).toMatch(words);
    expect((error as Error).message).not.toMatch(/127\.|http|secret|\d{4}/);
  };

  it.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://0x7f.1',
    'http://127.1',
    'http://0',
    'http://[::1]',
    'http://[::]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[0:0:0:0:0:ffff:127.0.0.1]',
    'http://[::127.0.0.1]',
    'http://[64:ff9b::7f00:1]',
    'http://[fe80::1]',
    'http://[fd00::1]',
    'http://10.0.0.1',
    'http://169.254.169.254',
    'http://192.168.0.1',
    'http://172.31.255.255',
    'http://100.64.0.1',
    'http://①②⑦.0.0.1',
    'http://127。0。0。1',
  ])('%s is refused, without a look at any name', async (origin) => {
    const client = guarded();
    await refused(get(client, `${origin}:${port}/secret`));
    await refused(client.download(new URL(`${origin}:${port}/secret`), 2_000, 100));
    expect(client.asked).toEqual([]);
    expect(came).toEqual([]);
  });

  it.each([
    ['a private IPv4', ['127.0.0.1']],
    ['a private IPv6', ['::1']],
    ['an IPv4 in an IPv6', ['::ffff:127.0.0.1']],
    ['several, all private', ['10.0.0.1', '127.0.0.1', 'fd00::1']],
  ])('a name that leads to %s is refused', async (_, addresses) => {
    const client = guarded({ 'innocent.example': [addresses], 'localhost.': [addresses] });
    await refused(get(client, `http://innocent.example:${port}/secret`));
    await refused(get(client, `http://localhost.:${port}/secret`));
    expect(came).toEqual([]);
  });

  it('of a name that leads to public and private addresses, only the public ones are tried', async () => {
    // Nobody listens at the public one; were the private one tried, it would be answered.
    const client = guarded({ 'mixed.example': [['127.0.0.1', PUBLIC]] });
    const connecting = get(client, `http://mixed.example:${port}/secret`).catch((error: unknown) => error);
    expect(await connecting).toBeInstanceOf(Error);
    expect(came).toEqual([]);
  });

  it('a name that changes its answer is judged by the answer that is connected to, each time', async () => {
    const client = guarded({ 'rebinding.example': [[PUBLIC], ['127.0.0.1']] });
    await get(client, `http://rebinding.example:${port}/secret`).catch(() => undefined);
    await refused(get(client, `http://rebinding.example:${port}/secret`));
    expect(client.asked).toEqual(['rebinding.example', 'rebinding.example']);
    expect(came).toEqual([]);
    // What was looked up is what is connected to: there is no second look between the judgement and the
    // connection.
    const allowed = guarded({ 'rebinding.example': [['127.0.0.1'], ['10.255.255.1']] }, { ALLOW_PRIVATE_TARGETS: 'true' });
    expect((await get(allowed, `http://rebinding.example:${port}/secret`)).status).toBe(200);
    expect(allowed.asked).toHaveLength(1);
  });

  it('a connection is not used for a second call, whose name may lead elsewhere by then', async () => {
    const client = guarded({ 'moving.example': [['127.0.0.1']] }, { ALLOW_PRIVATE_TARGETS: 'true' });
    for (let n = 0; n < 3; n += 1) await get(client, `http://moving.example:${port}/`);
    expect(client.asked).toHaveLength(3);
  });

  it('redirects are not followed, to wherever', async () => {
    const client = guarded({ 'bridge.example': [['127.0.0.1']] }, { ALLOW_PRIVATE_TARGETS: 'true' });
    expect((await get(client, `http://bridge.example:${port}/redirect`)).status).toBe(302);
    const file = client.download(new URL(`http://bridge.example:${port}/redirect`), 2_000, 100);
    await expect(file).rejects.toThrow(new DownloadRefused("the file's server answered 302", { forGood: true }));
    expect(came.map((line) => line.split(' ')[1])).toEqual(['/redirect', '/redirect']);
  });

  it('a file is given up at the byte that is one too many', async () => {
    const client = guarded({}, { ALLOW_PRIVATE_TARGETS: 'true' });
    const file = (most: number) => client.download(new URL(`http://127.0.0.1:${port}/large`), 2_000, most);
    expect(await file(3_000)).toHaveLength(3_000);
    await expect(file(2_999)).rejects.toThrow(new DownloadRefused('the file is too large', { forGood: true }));
  });

  it('calls by the same word share a connection, others have their own; forms and headers arrive', async () => {
    const sockets = new Set<unknown>();
    const said: string[] = [];
    const server = createServer((request, response) => {
      sockets.add(request.socket);
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        said.push([request.headers['content-type'], request.headers.authorization, body].join(' | '));
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = guarded({}, { ALLOW_PRIVATE_TARGETS: 'true' });
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const fields = [
      ['To', '+1'],
      ['Body', 'ä & b'],
    ] as const;
    const call = { method: 'POST', url, fields, headers: { authorization: 'Basic x' }, within: 1_000 } as const;
    try {
      // A connection is free a moment behind its answer, so that there may be two.
      for (let n = 0; n < 20; n += 1) expect((await client.send({ ...call, keepAlive: 'a' })).status).toBe(200);
      const shared = sockets.size;
      expect(shared).toBeLessThanOrEqual(2);
      await client.send({ ...call, keepAlive: 'b' });
      expect(sockets.size).toBe(shared + 1);
      await client.send(call);
      await client.send(call);
      expect(sockets.size).toBe(shared + 3);
      expect(new Set(said)).toEqual(
        new Set(['application/x-www-form-urlencoded;charset=UTF-8 | Basic x | To=%2B1&Body=%C3%A4+%26+b']),
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('a name that is not known is said so, without the name', async () => {
    await refused(get(guarded(), `http://no-such-1234.example:${port}/`), /name is not known/);
  });

  it('an adapter says no more than that: not the address, not the answer, not the password', async () => {
    const client = guarded({ 'inside.example': [['127.0.0.1']] });
    const adapter = new BlueBubblesChannel(client, new SystemClock(), config({}));
    const line = bridgeLine(`http://inside.example:${port}`, 'hush', { phone: null });
    const message = { to: '+12025550131', text: 'Hi', providerId: 'p', conversation: null, opensChat: false, callbackUrl: null };
    const sought = { to: '+12025550131', text: 'Hi', attachment: null, startedAt: new Date() };
    const said = JSON.stringify([
      await adapter.send(line, message),
      await adapter.checkAvailability(line, '+12025550131'),
      await adapter.health(line),
      await adapter.findSent(line, sought),
    ]);
    expect(said).toMatch(/private range/);
    expect(said).not.toMatch(/127\.0|inside|hush|secret/);
    expect(came).toEqual([]);
    // Where it is allowed: an answer that is no bridge's is not shown either.
    const open = new BlueBubblesChannel(
      guarded({ 'inside.example': [['127.0.0.1']] }, { ALLOW_PRIVATE_TARGETS: 'true' }),
      new SystemClock(),
      config({}),
    );
    const answered = JSON.stringify([
      await open.send(line, message),
      await open.checkAvailability(line, '+1'),
      await open.health(line),
    ]);
    expect(came.length).toBe(3);
    expect(answered).not.toMatch(/inside|hush|secret/);
  });
});
