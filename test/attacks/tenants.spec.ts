import { type Endpoint, endpoints } from '../support/endpoints';
import type { Furnished } from '../support/furnished';
import { AttackedProduct, type Shot } from './attacked-product';
import { filled, headersFor, keptOf, type Neighbours, neighbours } from './two-tenants';

/** Every way to name something of another workspace, on every route: nothing is seen, nothing is changed. */
describe('the things of another workspace', () => {
  let product: AttackedProduct;
  let both: Neighbours;
  let before: string;

  beforeAll(async () => {
    product = await AttackedProduct.start();
    both = await neighbours(product);
    before = await keptOf(product, both.theirs);
  });
  afterAll(async () => {
    await product?.close('tenants');
  });
  afterEach(async () => {
    expect(await product.verdict()).toEqual([]);
    expect(await keptOf(product, both.theirs)).toBe(before);
  });

  const as = () => both.mine.tenant.id as string;
  /** Fires, and expects refusals: of what is foreign, nothing is done. */
  const refused = async (shots: Shot[], allowed: number[] = []) => {
    const taken: string[] = [];
    await product.volley(shots, 8, ({ method, path, body }, answer) => {
      if (answer && answer.status < 400 && !allowed.includes(answer.status)) {
        taken.push(`${method} ${path} ${String(body)} → ${answer.status} ${answer.text.slice(0, 200)}`);
      }
    });
    expect(taken).toEqual([]);
  };
  const shot = (endpoint: Endpoint, path: string, body: object | undefined, from: Furnished = both.mine): Shot => ({
    method: endpoint.method.toUpperCase(),
    path,
    headers: headersFor(endpoint, from),
    as: as(),
    ...(body && { body: JSON.stringify(body) }),
  });

  it('by their ids in paths, whatever else the path names', async () => {
    const { mine, theirs } = both;
    const shots = endpoints(mine).flatMap((endpoint) => {
      const names = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name as keyof Furnished);
      return names.flatMap((name) => {
        const ids = { ...mine, [name]: theirs[name] } as Furnished;
        const upper = { ...mine, [name]: String(theirs[name]).toUpperCase() } as Furnished;
        return [ids, upper, theirs].map((from) => shot(endpoint, filled(endpoint.path, from), endpoint.body));
      });
    });
    expect(shots.length).toBeGreaterThan(100);
    await refused(shots);
  });

  it('by their ids in queries', async () => {
    const { mine, theirs } = both;
    const ids: Record<string, string> = {
      id: theirs.lead,
      listId: theirs.list,
      leadId: theirs.lead,
      campaignId: theirs.campaign,
      lineId: theirs.line,
      messageId: theirs.message,
    };
    const shots = endpoints(mine).flatMap((endpoint) =>
      Object.keys(endpoint.query ?? {})
        .filter((name) => ids[name])
        .flatMap((name) => {
          const path = filled(endpoint.path, mine);
          return [`${path}?${name}=${ids[name]}`, `${path}?${name}=${theirs.line}`].map((url) => shot(endpoint, url, undefined));
        }),
    );
    expect(shots.length).toBeGreaterThan(20);
    await product.volley(shots);
  });

  it('by their ids in bodies: in each field that takes one, one or a list of them', async () => {
    const { mine, theirs } = both;
    const foreign = [theirs.lead, theirs.list, theirs.line, theirs.campaign, theirs.message, theirs.key];
    const shots = endpoints(mine).flatMap((endpoint) =>
      Object.entries(endpoint.fields ?? {})
        .filter(([, kind]) => kind === 'id' || kind === 'ids')
        .flatMap(([name, kind]) =>
          foreign.map((id) =>
            shot(endpoint, filled(endpoint.path, mine), { ...endpoint.body, [name]: kind === 'ids' ? [id] : id }),
          ),
        ),
    );
    shots.push(
      ...foreign
        .flatMap((id) => [
          { method: 'PATCH', path: '/api/leads', body: { leads: [{ _id: id, firstName: 'taken' }] } },
          { method: 'POST', path: '/api/leads', body: { leads: [{ _id: id, email: 'taken@example.com' }] } },
          { method: 'POST', path: '/api/messages', body: { message: 'taken', leadId: id } },
          { method: 'POST', path: '/api/messages/cancel-for-lead', body: { leadId: id } },
          { method: 'POST', path: `/api/campaigns/${mine.campaign}/leads`, body: { leadId: id } },
          { method: 'POST', path: `/api/campaigns/${mine.campaign}/preview`, body: { leadId: id } },
        ])
        .map((one) => ({ ...one, body: JSON.stringify(one.body), headers: headersFor({}, mine), as: as() })),
    );
    expect(shots.length).toBeGreaterThan(60);
    // Deleting what is not there is done, with nothing deleted; so is checking leads that are not there.
    await refused(shots, [200]);
  });

  it('by their addresses and external ids: somebody of the same address is another lead', async () => {
    const { mine, theirs } = both;
    const shots = ['mine@example.com', '+12025550177', both.mark, `${both.mark}@example.org`].flatMap((text) =>
      endpoints(mine)
        .filter(({ query }) => query)
        .flatMap((endpoint) =>
          ['search', 'externalId', 'address', 'recipientEmail', 'recipientPhone', 'batchId', 'actor']
            .filter((name) => endpoint.query![name] || name === 'search')
            .map((name) => shot(endpoint, `${filled(endpoint.path, mine)}?${name}=${encodeURIComponent(text)}`, undefined)),
        ),
    );
    await product.volley(shots);
    expect(theirs.lead).not.toBe(mine.lead);
  });

  it('by cursors, by idempotency keys and by import files that were theirs', async () => {
    const { mine, theirs } = both;
    const own = headersFor({}, mine);
    for (const endpoint of endpoints(theirs).filter(({ query, path }) => query?.cursor && !path.includes('stream'))) {
      const first = await product.fire({
        method: 'GET',
        path: `${filled(endpoint.path, theirs)}?limit=1`,
        headers: headersFor(endpoint, theirs),
        as: theirs.tenant.id,
      });
      const { nextCursor, cursor } = (JSON.parse(first!.text) as { pagination?: { nextCursor?: string }; cursor?: string })
        .pagination
        ? (JSON.parse(first!.text) as { pagination: { nextCursor?: string; cursor?: string } }).pagination
        : (JSON.parse(first!.text) as { nextCursor?: string; cursor?: string });
      for (const one of [nextCursor, cursor]) {
        if (!one) continue;
        const path = `${filled(endpoint.path, mine)}?limit=200&cursor=${encodeURIComponent(one)}`;
        await product.fire({ method: 'GET', path, headers: headersFor(endpoint, mine), as: as() });
      }
    }
    const message = { message: both.mark, recipientEmail: 'kept@example.com', scheduledDate: '2100-01-01T00:00:00Z' };
    const call = { method: 'POST', path: '/api/messages', body: JSON.stringify(message) };
    const headers = { ...headersFor({}, theirs), 'idempotency-key': 'the-same' };
    const theirAnswer = await product.fire({ ...call, headers, as: theirs.tenant.id });
    expect(theirAnswer!.status).toBe(201);
    const theirId = (JSON.parse(theirAnswer!.text) as { message: { _id: string } }).message._id;
    before = await keptOf(product, theirs);
    const body = JSON.stringify({ ...message, message: 'mine' });
    const again = await product.fire({ ...call, body, headers: { ...own, 'idempotency-key': 'the-same' }, as: as() });
    expect(again!.status).toBe(201);
    expect(again!.text).not.toContain(theirId);
    expect(again!.headers['idempotency-replayed']).toBeUndefined();
  });

  it('by the stream of events, and by everything that can be read without an id', async () => {
    const { mine } = both;
    const reads = endpoints(mine).filter(({ method }) => method === 'get');
    const shots = reads.map((endpoint) => shot(endpoint, filled(endpoint.path, mine), undefined));
    await product.volley(shots);
    expect(shots.length).toBeGreaterThan(30);
    expect(product.statuses[200]).toBeGreaterThan(20);
  });

  it('as a member of the own workspace: what admins alone may do is refused', async () => {
    const member = product.session(both.mine.tenant.id, 'member');
    const headers = { authorization: `Bearer ${member}`, 'content-type': 'application/json' };
    const admins: [string, string, object?][] = [
      ['GET', '/api/api-keys'],
      ['POST', '/api/api-keys', { name: 'x' }],
      ['PATCH', `/api/api-keys/${both.mine.key}`, { name: 'x' }],
      ['DELETE', `/api/api-keys/${both.mine.key}`],
      ['POST', `/api/api-keys/${both.mine.key}/rotate`, {}],
      ['POST', `/api/campaigns/${both.mine.campaign}/launch`],
    ];
    const shots = admins.map(([method, path, body]) => ({ method, path, headers, as: as(), body: body && JSON.stringify(body) }));
    await refused(shots);
  });
});
