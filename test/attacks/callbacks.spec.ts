import { Webhook } from 'standardwebhooks';
import { AttackedProduct, type Shot } from './attacked-product';
import { keptOf, type Neighbours, neighbours } from './two-tenants';

const CLERK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OTHER_SECRET = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

/** Calls that say to come from a bridge, from Clerk or from a person, and do not: nothing changes. */
describe('forged callbacks', () => {
  let product: AttackedProduct;
  let both: Neighbours;
  let inbound: string;

  beforeAll(async () => {
    product = await AttackedProduct.start({ CLERK_WEBHOOK_SECRET: CLERK_SECRET });
    both = await neighbours(product);
    const { inboundUrl } = (await both.theirs.tenant.get(`/lines/${both.theirs.line}`).expect(200)).body as {
      inboundUrl: string;
    };
    inbound = new URL(inboundUrl).pathname;
    product.hide(inbound.split('/').at(-1)!);
  });
  afterAll(async () => {
    await product?.close('callbacks');
  });
  afterEach(async () => expect(await product.verdict()).toEqual([]));

  const json = { 'content-type': 'application/json' };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}): Shot => ({
    method: 'POST',
    path,
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const stop = {
    type: 'new-message',
    data: { guid: 'forged', text: 'STOP', handle: { address: 'mine@example.com' }, isFromMe: false },
  };

  it('of a bridge, with secrets that are nearly right, of another provider, or in another place', async () => {
    const before = await keptOf(product, both.theirs);
    const secret = inbound.split('/').at(-1)!;
    const flipped = secret.startsWith('a') ? `b${secret.slice(1)}` : `a${secret.slice(1)}`;
    const paths = [
      '',
      secret.slice(0, -1),
      `${secret}a`,
      secret.toUpperCase(),
      flipped,
      `${secret}%00`,
      `%20${secret}`,
      encodeURIComponent('{"$ne":null}'),
      '$ne',
      '__proto__',
      'x'.repeat(200),
      '.*',
    ].map((one) => `/api/inbound/bluebubbles/${one}`);
    paths.push(
      `/api/inbound/clerk/${secret}`,
      `/api/inbound/twilio/${secret}`,
      `/api/inbound/BLUEBUBBLES/${secret}`,
      `/api/inbound/bluebubbles?secret=${secret}`,
    );
    const taken: string[] = [];
    await product.volley(
      paths.filter((path) => !path.endsWith(`bluebubbles/${secret}`)).map((path) => post(path, stop)),
      4,
      ({ path }, answer) => void (answer && answer.status < 400 && taken.push(`${path} → ${answer.status}`)),
    );
    expect(taken).toEqual([]);
    expect(await keptOf(product, both.theirs)).toBe(before);
  });

  it('of a bridge, with the right secret and events that are none: nobody else is touched', async () => {
    const before = await keptOf(product, both.mine);
    const odd: unknown[] = [
      {},
      { type: 'new-message' },
      { type: 'new-message', data: null },
      { type: 'new-message', data: [] },
      { type: 'new-message', data: 'x' },
      { type: ['new-message'], data: {} },
      { type: 'new-message', data: { guid: { $ne: null }, text: 'x' } },
      { type: 'new-message', data: { guid: 'g1', text: { $gt: '' }, handle: { address: 'a@example.com' } } },
      { type: 'new-message', data: { guid: 'g2', text: 'x', handle: [] } },
      { type: 'new-message', data: { guid: 'g3', text: 'x', handle: { address: { a: 1 } }, chats: {} } },
      { type: 'new-message', data: { guid: 'g4', text: 'x', handle: { address: 'a@example.com' }, dateCreated: -8.64e15 } },
      { type: 'new-message', data: { guid: 'g5', text: 'x', handle: { address: 'a@example.com' }, dateCreated: 1e300 } },
      { type: 'new-message', data: { guid: 'g6', text: 'x', handle: { address: 'a@example.com' }, dateCreated: '2100-01-01' } },
      { type: 'new-message', data: { guid: 'g7\u0000', text: '\ud800', handle: { address: '\u0000' } } },
      {
        type: 'new-message',
        data: { guid: 'g8', text: 'x', handle: { address: 'a@example.com' }, chats: Array(5_000).fill({ guid: 'c' }) },
      },
      { type: 'updated-message', data: { guid: both.mine.message, error: 22 } },
      { type: 'updated-message', data: { guid: 'x', tempGuid: both.mine.message, dateDelivered: 1 } },
      { type: 'message-send-error', data: { tempGuid: both.mine.message, error: 22 } },
      { type: 'constructor', data: {} },
      { type: '__proto__', data: {} },
      { workspaceId: both.mine.tenant.id, lineId: both.mine.line, type: 'new-message', data: { guid: 'g9', text: 'x' } },
    ];
    await product.volley(
      odd.map((body) => post(inbound, body)),
      4,
    );
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) await product.fire({ method, path: inbound });
    expect(await keptOf(product, both.mine)).toBe(before);
    await both.theirs.tenant.get('/replies?limit=200').expect(200);
  });

  it('of Clerk, without a signature, with another secret, an old one, or one of another body', async () => {
    const session = product.session(both.mine.tenant.id);
    const event = JSON.stringify({ type: 'organization.deleted', data: { id: both.mine.tenant.id, deleted: true } });
    const path = '/api/inbound/clerk/events';
    const now = new Date();
    const signed = (secret: string, at: Date, body: string, id = 'msg_1') => ({
      'svix-id': id,
      'svix-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'svix-signature': new Webhook(secret).sign(id, at, body),
    });
    const good = signed(CLERK_SECRET, now, event);
    const signature = good['svix-signature'];
    const forged: Record<string, string>[] = [
      {},
      signed(OTHER_SECRET, now, event),
      signed(CLERK_SECRET, new Date(now.getTime() - 3_600_000), event),
      signed(CLERK_SECRET, new Date(now.getTime() + 3_600_000), event),
      signed(CLERK_SECRET, now, '{}'),
      { ...good, 'svix-id': 'msg_2' },
      { ...good, 'svix-timestamp': String(Number(good['svix-timestamp']) + 1) },
      { ...good, 'svix-timestamp': 'NaN' },
      { ...good, 'svix-timestamp': '' },
      { ...good, 'svix-signature': signature.slice(0, -2) },
      { ...good, 'svix-signature': signature.slice(3) },
      { ...good, 'svix-signature': signature.replace('v1,', 'v2,') },
      { ...good, 'svix-signature': '' },
      { ...good, 'svix-signature': 'v1,' },
      { ...good, 'svix-signature': Array(5_00).fill('v1,AAAA').join(' ') },
      { 'svix-id': good['svix-id'], 'svix-signature': signature },
    ];
    for (const headers of forged) {
      const answer = await product.fire(post(path, event, headers));
      expect([headers, Math.floor(answer!.status / 100)]).toEqual([headers, 4]);
    }
    expect((await product.fire(post(path, `${event} `, good)))!.status).toBeGreaterThanOrEqual(400);
    // The workspace is as it was.
    expect(
      (await product.fire({
        method: 'POST',
        path: '/api/lists',
        headers: { ...json, authorization: `Bearer ${session}` },
        body: '{"name":"still"}',
        as: both.mine.tenant.id,
      }))!.status,
    ).toBe(201);
  });

  it('of people, with links to unsubscribe that nobody was sent', async () => {
    const before = await product.connection.collection('suppressions').countDocuments();
    const tokens = [
      'x',
      '',
      'A'.repeat(22),
      'A'.repeat(43),
      'A'.repeat(86),
      `${both.mine.message}`,
      `${both.theirs.tenant.id}.${both.theirs.lead}.x`,
      'eyJhbGciOiJub25lIn0.e30.',
      '%00',
      '../api/leads',
      'x'.repeat(2_000),
      '__proto__',
      both.theirs.tenant.key.slice(0, 20),
    ];
    for (const token of tokens) {
      for (const method of ['GET', 'POST']) {
        const path = `/u/${encodeURIComponent(token)}`;
        await product.fire({
          method,
          path,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: method === 'POST' ? 'List-Unsubscribe=One-Click' : undefined,
        });
      }
    }
    expect(await product.connection.collection('suppressions').countDocuments()).toBe(before);
  });
});
