import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ObjectId } from 'bson';
import { hostIs } from '../../src/platform/targets';
import { eventually } from '../support/eventually';
import type { Tenant } from '../support/test-app';
import { AttackedProduct } from './attacked-product';

/** Names and numbers of this machine, and of networks that are nobody else's business. */
const HOSTS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '017700000001',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '0177.0.0.1',
  '0177.0.0.0x1',
  '127.0.0.1.',
  '0',
  '0.0.0.0',
  '00000000.0',
  '１２７.０.０.１',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'ⓛocalhost',
  'foo.localhost',
  'ip6-localhost',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::127.0.0.1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
  '[fec0::1]',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '[::ffff:169.254.169.254]',
  '[::ffff:a9fe:a9fe]',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.192',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
];

/** Whether its host is written as an address, which is refused before anything is looked up. */
const isOfPrivateHost = (url: string): boolean => URL.canParse(url) && hostIs(new URL(url)) === 'private';

/** A server that must not be reached, on both families of addresses. */
class Canary {
  readonly hits: string[] = [];
  private readonly servers: Server[] = [];
  port = 0;

  async start(): Promise<void> {
    for (const host of ['0.0.0.0', '::1']) {
      const server = createServer((request, response) => {
        this.hits.push(`${request.method} ${request.url} (${request.headers.host})`);
        response.end('{}');
      });
      const isThere = await new Promise<boolean>((done) => {
        server.once('error', () => done(false));
        server.listen(this.port, host, () => done(true));
      });
      // A machine without IPv6 cannot be reached by it.
      if (!isThere) continue;
      this.port = (server.address() as AddressInfo).port;
      this.servers.push(server);
    }
  }

  stop(): void {
    for (const server of this.servers) server.close().closeAllConnections();
  }
}

/** Addresses that tenants give, for bridges, files and webhooks: none leads to this machine or its net. */
describe('addresses that lead inside', () => {
  const canary = new Canary();
  let product: AttackedProduct;
  let tenant: Tenant;
  let urls: string[];

  beforeAll(async () => {
    await canary.start();
    product = await AttackedProduct.start({
      ALLOW_PRIVATE_TARGETS: 'false',
      PROVIDER_CONNECT_SECONDS: '1',
      PROVIDER_TIMEOUT_SECONDS: '2',
      DEVICE_GAP_SECONDS: '0',
      CONTACT_GAP_SECONDS: '0',
      SEND_EDGE_SECONDS: '0',
    });
    tenant = await product.tenant();
    const { port } = canary;
    urls = [
      ...HOSTS.map((host) => `http://${host}:${port}`),
      ...HOSTS.slice(0, 6).map((host) => `https://${host}:${port}`),
      `http://user:pass@127.0.0.1:${port}`,
      `http://example.com@127.0.0.1:${port}`,
      `http://127.0.0.1:${port}#@example.com`,
      `http://127.0.0.1:${port}\\@example.com`,
      `http:\\\\127.0.0.1:${port}`,
      `http:127.0.0.1:${port}`,
      `http:///127.0.0.1:${port}`,
      ` http://127.0.0.1:${port}`,
      `http://127.0.0.1:${port}/\t`,
      `http://127.0.\n0.1:${port}`,
      `//127.0.0.1:${port}`,
      `ftp://127.0.0.1:${port}`,
      `gopher://127.0.0.1:${port}/_GET`,
      `file:///etc/passwd`,
      `data:text/plain,x`,
      `javascript:alert(1)`,
      `http://[::1%25lo]:${port}`,
      `http://127.0.0.1%2f@example.com:${port}`,
    ];
  });
  afterAll(async () => {
    await product?.close('targets');
    canary.stop();
  });
  afterEach(async () => {
    expect(await product.verdict()).toEqual([]);
    expect(canary.hits).toEqual([]);
  });

  const headers = () => ({ authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' });
  const fire = async (method: string, path: string, body?: object) => {
    const answer = await product.fire({
      method,
      path: `/api${path}`,
      headers: headers(),
      as: tenant.id,
      body: body && JSON.stringify(body),
    });
    return { status: answer!.status, body: JSON.parse(answer!.text) as Record<string, unknown> };
  };

  it('the canary sings when it is reached, so that its silence says something', async () => {
    await fetch(`http://127.0.0.1:${canary.port}/itself`);
    expect(canary.hits.splice(0)).toHaveLength(1);
  });

  it('as bridges: asked, sent by, and looked at', async () => {
    const lines: string[] = [];
    const refused: string[] = [];
    for (const [n, bridgeUrl] of urls.entries()) {
      const { status, body } = await fire('POST', '/lines', {
        phone: `+1202555${1_000 + n}`,
        deviceId: `inside-${n}`,
        bridgeUrl,
        bridgePassword: 'x',
      });
      if (status === 201) lines.push(body._id as string);
      else refused.push(bridgeUrl);
      if (isOfPrivateHost(bridgeUrl)) expect([bridgeUrl, status]).toEqual([bridgeUrl, 400]);
    }
    expect(refused.filter(isOfPrivateHost).length).toBeGreaterThan(40);
    // As if they had been saved when such were allowed: they are stopped where they are connected to.
    for (const [n, bridgeUrl] of refused.filter(isOfPrivateHost).entries()) {
      const line = {
        phone: `+1202555${3_000 + n}`,
        deviceId: `before-${n}`,
        bridgeUrl: 'https://b.example.com',
        bridgePassword: 'x',
      };
      const { body } = await fire('POST', '/lines', line);
      lines.push(body._id as string);
      await product.connection.collection('lines').updateOne({ _id: new ObjectId(body._id as string) }, { $set: { bridgeUrl } });
    }
    expect(lines.length).toBeGreaterThan(40);
    for (const id of lines) {
      await fire('GET', `/lines/check-availability?id=${id}`);
      await fire('POST', '/messages', { message: 'Hi', recipientEmail: `i${id}@example.com`, fromLineId: id });
    }
    await fire('POST', '/leads/check-availability', { address: '+12025550123' });
    await eventually(async () => {
      const { body } = await fire('GET', '/messages?limit=200');
      const messages = body.messages as { status: string; attempts?: unknown[] }[];
      return messages.length === lines.length && messages.every(({ status }) => status !== 'sent');
    });
  }, 600_000);

  it('as servers of accounts: asked for their health', async () => {
    const made: string[] = [];
    for (const bridgeUrl of urls) {
      const account = { channel: 'imessage', settings: { bridgeUrl }, secrets: { bridgePassword: 'x' } };
      const { status, body } = await fire('POST', '/accounts', account);
      if (isOfPrivateHost(bridgeUrl)) expect([bridgeUrl, status]).toEqual([bridgeUrl, 400]);
      if (status === 201) made.push(body._id as string);
    }
    expect(made.length).toBeGreaterThan(0);
    const [first] = made;
    // As if it had been saved when such were allowed.
    const settings = { bridgeUrl: `http://127.0.0.1:${canary.port}` };
    await product.connection.collection('accounts').updateOne({ _id: new ObjectId(first) }, { $set: { settings } });
    for (const id of made) {
      const { status, body } = await fire('GET', `/accounts/${id}/health`);
      expect([id, status, body.available]).toEqual([id, 200, false]);
    }
  }, 600_000);

  it('as webhooks: called when they are checked', async () => {
    for (const url of urls) {
      const { status, body } = await fire('POST', '/webhooks', { url, name: 'inside', events: ['message.sent'] });
      if (isOfPrivateHost(url)) expect([url, status]).toEqual([url, 400]);
      if (status !== 201) continue;
      const { body: health } = await fire('POST', `/webhooks/${String(body.id)}/health-check`);
      expect([url, health.success === true || health.ok === true]).toEqual([url, false]);
    }
  }, 600_000);

  it('as files of messages', async () => {
    for (const [n, url] of urls.entries()) {
      const { status } = await fire('POST', '/messages', {
        message: 'Hi',
        recipientEmail: `f${n}@example.com`,
        attachmentUrls: [`${url}/file.png`],
      });
      if (isOfPrivateHost(url)) expect([url, status]).toEqual([url, 400]);
    }
  }, 600_000);
});
