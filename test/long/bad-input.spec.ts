import request, { type Response, type Test } from 'supertest';
import { type Endpoint, endpoints } from '../support/endpoints';
import { errorDocs } from '../support/error-docs';
import { everything, furnish, type Furnished } from '../support/furnished';
import { startTestApp, type TestApp } from '../support/test-app';
import { WRONG } from '../support/wrong-values';

/**
 * Whatever comes in, on every endpoint: a clear refusal that names the field, nothing changed, nothing
 * leaked, never a 5xx.
 */
describe('bad input on every endpoint', () => {
  let test: TestApp;
  let mine: Furnished;
  let theirs: Furnished;
  let before: Record<string, string[]>;

  beforeAll(async () => {
    test = await startTestApp();
    [mine, theirs] = [await furnish(test), await furnish(test)];
    before = await everything(test);
  });
  afterAll(() => test.close());
  afterEach(async () => {
    const after = await everything(test);
    const changed = Object.entries(after).flatMap(([name, documents]) => [
      ...documents.filter((document) => !before[name]?.includes(document)).map((document) => `${name} + ${document}`),
      ...(before[name] ?? []).filter((document) => !documents.includes(document)).map((document) => `${name} - ${document}`),
    ]);
    before = after;
    expect([...complaints.splice(0), ...changed]).toEqual([]);
  });

  /** What was not as it should be; all of it is shown at the end of a test. */
  const complaints: string[] = [];
  const complain = (what: string) => void complaints.push(what.slice(0, 400));

  /** Every answer has its correlation id, and every refusal its words and its code. */
  async function refused(call: Test, status: number | number[], what: string): Promise<Response> {
    const answer = await call;
    const seen = `${what} → ${answer.status} ${answer.text}`;
    if (![status].flat().includes(answer.status)) complain(`${[status].flat().join(' or ')} expected: ${seen}`);
    if (!answer.headers['x-correlation-id']) complain(`No correlation id: ${seen}`);
    const { error, code } = answer.body as { error?: unknown; code?: unknown };
    if (typeof error !== 'string' || !/^[A-Z0-9_]+$/.test(String(code))) complain(`No error or code: ${seen}`);
    if (/\bat \/|node_modules|\.js:\d/.test(answer.text)) complain(`A stack: ${seen}`);
    return answer;
  }

  /** Refused with 400, and the field is named. */
  async function named(call: Test, field: string, what: string): Promise<Response> {
    const answer = await refused(call, 400, what);
    const fields = ((answer.body as { details?: { field: string }[] }).details ?? []).map((detail) => detail.field);
    if (!fields.some((one) => one === field || one.replace(/[.[].*$/, '') === field)) {
      complain(`"${field}" is not named: ${what} → ${answer.status} ${answer.text}`);
    }
    return answer;
  }

  const known = (): Endpoint[] => endpoints(mine);
  /** The endpoint's path with the ids of somebody's things, or those given. */
  const filled = (path: string, from: Partial<Record<string, unknown>>): string =>
    path.replace(/:(\w+)/g, (_, name: string) => String(from[name]));
  const token = ({ admin }: Endpoint) => (admin ? mine.session : mine.tenant.key);
  const call = (endpoint: Endpoint, path = filled(endpoint.path, mine as never), authorization = `Bearer ${token(endpoint)}`) =>
    request(test.url)[endpoint.method](`/api${path}`).set('authorization', authorization);
  const parameters = (path: string) => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);

  it('no token, or one that is not good: 401', async () => {
    const bad = [
      '',
      'Bearer',
      'Bearer ',
      'Basic abc',
      'Bearer x',
      `Bearer tuco_sk_${'A'.repeat(43)}`,
      `Bearer ${'x'.repeat(9_000)}`,
    ];
    for (const endpoint of known()) {
      const path = filled(endpoint.path, mine as never);
      await refused(request(test.url)[endpoint.method](`/api${path}`), 401, `${endpoint.method} ${path}`);
      for (const authorization of bad) {
        const answer = await refused(call(endpoint, path, authorization), 401, `${endpoint.method} ${path} ${authorization}`);
        expect(answer.body).toEqual({ error: 'Unauthorized', code: 'UNAUTHORIZED', docs: errorDocs('UNAUTHORIZED') });
      }
    }
  });

  it('malformed ids: 400 that names the parameter', async () => {
    for (const endpoint of known()) {
      for (const parameter of parameters(endpoint.path)) {
        for (const wrong of [
          '5',
          'x'.repeat(24),
          '0'.repeat(25),
          '%00',
          '%20',
          'null',
          '..%2f..',
          '%F0%9F%98%80',
          '$ne',
          '__proto__',
        ]) {
          const path = filled(endpoint.path, { ...mine, [parameter]: wrong });
          const lead = endpoint.path.includes('campaign') ? 'leadId' : 'id';
          const field = { job: 'jobId', lead, delivery: 'deliveryId', replyFile: 'fileId' }[parameter] ?? 'id';
          await named(call(endpoint, path).send(goodBody(endpoint)), field, `${endpoint.method} ${path}`);
        }
      }
    }
  });

  it('unknown ids, and those of another workspace: 404, in the same words', async () => {
    for (const endpoint of known()) {
      for (const parameter of parameters(endpoint.path)) {
        const words = new Set<string>();
        for (const id of ['0'.repeat(24), (theirs as never)[parameter] as string]) {
          const path = filled(endpoint.path, { ...mine, [parameter]: id });
          words.add((await refused(call(endpoint, path).send(goodBody(endpoint)), 404, `${endpoint.method} ${path}`)).text);
        }
        expect(words.size).toBe(1);
      }
    }
  });

  it('ids of another workspace in a body or a query: 404, and nothing of theirs is seen', async () => {
    const { tenant } = mine;
    const steps = [{ template: 'Hi', wait: { amount: 1, unit: 'days' } }];
    const refusals: [string, Test][] = [
      ['save', tenant.post('/leads', { leads: [{ phone: '+12025550188' }], listId: theirs.list })],
      ['move', tenant.patch(`/leads/${mine.lead}`, { listId: theirs.list })],
      ['filter', tenant.get(`/leads?listId=${theirs.list}`)],
      ['lead', tenant.get(`/leads?id=${theirs.lead}`)],
      ['check', tenant.get(`/leads/check-availability?id=${theirs.lead}`)],
      ['list batch', tenant.post('/leads/check-availability', { listId: theirs.list })],
      ['campaign', tenant.post('/campaigns', { name: 'x', listId: theirs.list, steps })],
      ['campaign line', tenant.post('/campaigns', { name: 'x', listId: mine.list, lineIds: [theirs.line], steps })],
      ['campaign edit', tenant.patch(`/campaigns/${mine.campaign}`, { lineIds: [mine.line, theirs.line] })],
      ['campaign list', tenant.patch(`/campaigns/${mine.campaign}`, { listId: theirs.list })],
      ['preview', tenant.post(`/campaigns/${mine.campaign}/preview`, { leadId: theirs.lead })],
      ['send', tenant.post('/messages', { message: 'Hi', leadId: theirs.lead })],
      ['send from', tenant.post('/messages', { message: 'Hi', recipientPhone: '+12025550188', fromLineId: theirs.line })],
      ['stop', tenant.post('/messages/cancel-for-lead', { leadId: theirs.lead })],
      ['replies', tenant.get(`/replies?leadId=${theirs.lead}`)],
      ['account', tenant.patch(`/lines/${mine.line}`, { accountId: theirs.account })],
      ['health', tenant.get(`/lines/check-availability?id=${theirs.line}`)],
    ];
    for (const [what, refusal] of refusals) await refused(refusal, 404, what);
    expect((await tenant.delete('/leads', { ids: [theirs.lead] }).expect(200)).body.deletedCount).toBe(0);
    for (const filter of [`leadId=${theirs.lead}`, `campaignId=${theirs.campaign}`, `lineId=${theirs.line}`]) {
      expect((await tenant.get(`/messages?${filter}`).expect(200)).body.messages).toEqual([]);
    }
    for (const { path, admin } of known().filter(({ method, path: at }) => method === 'get' && !at.includes(':'))) {
      const as = admin ? mine.session : tenant.key;
      const answer = await request(test.url).get(`/api${path}`).set('authorization', `Bearer ${as}`);
      for (const id of [
        theirs.lead,
        theirs.list,
        theirs.line,
        theirs.account,
        theirs.campaign,
        theirs.message,
        theirs.key,
        theirs.tenant.id,
      ]) {
        expect(answer.text).not.toContain(id);
      }
    }
  });

  it('bodies that are no JSON object', async () => {
    for (const endpoint of known().filter(({ body }) => body)) {
      const what = `${endpoint.method} ${endpoint.path}`;
      const json = (text: string) => call(endpoint).set('content-type', 'application/json').send(text);
      for (const text of ['{', '{"a":}', '', '{"a":1}}', "{'a':1}", '\u0000', '[1,', '{"name":"\ud800"', 'NaN']) {
        await refused(json(text), 400, `${what} ${text}`);
      }
      for (const text of ['5', '"text"', 'null', '[]', '[{}]', 'true']) await refused(json(text), 400, `${what} ${text}`);
      for (const text of ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}', '{"a":{"__proto__":1}}']) {
        await refused(json(text), 400, `${what} ${text}`);
      }
      const deep = (open: string, close: string) => `{"name":${open.repeat(50_000)}1${close.repeat(50_000)}}`;
      await refused(json(deep('[', ']')), 400, `${what} deep lists`);
      await refused(json(deep('{"a":', '}')), 400, `${what} deep objects`);
      for (const type of [
        'text/plain',
        'application/xml',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        await refused(call(endpoint).set('content-type', type).send('name=x'), 415, `${what} ${type}`);
      }
    }
  });

  it('bodies without what is needed: 400', async () => {
    const optional = new Set([
      'patch /lists/:list',
      'patch /conversations/:conversation',
      'patch /leads/:lead',
      'patch /campaigns/:campaign',
      'patch /accounts/:account',
      'patch /lines/:line',
      'patch /workspace',
      'patch /views/:view',
      'patch /webhooks/:webhook',
      'post /webhooks/:webhook/rotate-secret',
      'post /accounts/:account/rotate-inbound-url',
      'post /lines/:line/rotate-inbound-url',
      'patch /api-keys/:key',
      'post /api-keys/:key/rotate',
    ]);
    for (const endpoint of known().filter(({ body }) => body)) {
      const what = `${endpoint.method} ${endpoint.path}`;
      if (!optional.has(what)) await refused(call(endpoint).send({}), 400, what);
      await refused(call(endpoint).send({ nonsense: null }), 400, what);
    }
  });

  it('unknown fields: 400 that names them', async () => {
    for (const endpoint of known().filter(({ body }) => body)) {
      for (const field of ['nonsense', 'workspaceId', 'toString', 'hasOwnProperty', '$where', 'a.b', '']) {
        await named(call(endpoint).send({ ...endpoint.body, [field]: 1 }), field, `${endpoint.method} ${endpoint.path} ${field}`);
      }
    }
  });

  it('fields of a wrong type, length or value: 400 that names them', async () => {
    for (const endpoint of known()) {
      for (const [field, kind] of Object.entries(endpoint.fields ?? {})) {
        for (const wrong of WRONG[kind]) {
          const body = JSON.stringify({ ...endpoint.body, [field]: wrong });
          const what = `${endpoint.method} ${endpoint.path} ${body.slice(0, 200)}`;
          await named(call(endpoint).set('content-type', 'application/json').send(body), field, what);
        }
      }
    }
  });

  it('queries of a wrong type, repeated or unknown: 400 that names them', async () => {
    const texts = (values: unknown[]) => values.filter((value) => typeof value === 'string' && value.length < 9_000) as string[];
    for (const endpoint of known()) {
      for (const [field, kind] of Object.entries(endpoint.query ?? {})) {
        const path = filled(endpoint.path, mine as never);
        const wrong = kind === 'whole' ? ['x', '1.5', '-1', '1e9', '0', '99999999999999999999', 'NaN'] : texts(WRONG[kind]);
        const queries = wrong.map((value) => `${field}=${encodeURIComponent(value)}`);
        for (const query of [...queries, `${field}=1&${field}=2`, `${field}[]=1&${field}[]=2`, `${field}[$ne]=1`]) {
          await named(call(endpoint, `${path}?${query}`), field, `${endpoint.method} ${path}?${query}`);
        }
        await refused(call(endpoint, `${path}?${field}=${'x'.repeat(9_000)}`), 400, `${endpoint.path} long ${field}`);
        await refused(call(endpoint, `${path}?nonsense=1`), 400, `${endpoint.path} nonsense`);
      }
    }
  });

  it('cursors that are none, or of another order, and pages that are too deep: 400', async () => {
    const encoded = (text: string) => Buffer.from(text).toString('base64url');
    const cursors = [
      'x',
      '%00',
      '====',
      encoded('x'),
      encoded('5.5'),
      encoded('0'.repeat(23)),
      encoded('\0'.repeat(24)),
      encoded('null'),
    ];
    for (const endpoint of known().filter(({ query }) => query?.cursor)) {
      const path = filled(endpoint.path, mine as never);
      for (const cursor of [...cursors, encoded(`5.${'0'.repeat(24)}`), encoded('g'.repeat(24)), 'x'.repeat(501)]) {
        await named(call(endpoint, `${path}?cursor=${cursor}`), 'cursor', `${path}?cursor=${cursor}`);
      }
      // The feed of events has neither pages nor another order.
      if (!endpoint.query!.page) continue;
      const since = `${path}?updatedSince=2024-01-01T00:00:00Z&cursor=${encoded('0'.repeat(24))}`;
      if (endpoint.query!.updatedSince) await refused(call(endpoint, since), 400, since);
      const deep = await refused(call(endpoint, `${path}?page=99999&limit=2`), 400, `${path} deep`);
      expect(deep.body.error).toContain('use cursor');
      // Members come from Clerk, whose pages begin at places.
      const cursor = endpoint.path === '/workspace/members' ? '5' : '0'.repeat(24);
      await call(endpoint, `${path}?cursor=${encoded(cursor)}`).expect(200);
    }
  });

  /** A body that passes the checks of shape, so that it is the path that is refused. */
  function goodBody({ path, method, body }: Endpoint): object | undefined {
    if (path === '/campaigns/:campaign/leads' && method === 'post') return { leadId: mine.lead };
    return body;
  }
});
