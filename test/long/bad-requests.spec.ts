import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

/** What is wrong with a request as such: its size, its path, its headers, its manners. */
describe('requests that are broken as such', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp({ BODY_LIMIT_BYTES: '2000' });
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  /** A request whose path and headers go out exactly as they are given. */
  const raw = (method: string, path: string, headers: Record<string, string | string[]> = {}, body?: string): Promise<Raw> =>
    new Promise((done, fail) => {
      const { hostname, port } = new URL(test.url);
      const length = body && !headers['content-length'] && !headers['transfer-encoding'];
      const more = length ? { 'content-length': String(Buffer.byteLength(body)) } : {};
      const all = { authorization: `Bearer ${tenant.key}`, ...more, ...headers };
      const sent = rawRequest({ hostname, port, method, path, headers: all });
      sent.once('error', fail);
      sent.once('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          done({ status: answer.statusCode!, headers: answer.headers, body: text ? (JSON.parse(text) as Raw['body']) : {} });
        });
      });
      sent.end(body);
    });

  const wellRefused = ({ status, headers, body }: Raw, expected: number, code?: string) => {
    expect({ status, ...body }).toMatchObject({ status: expected, error: expect.any(String), code: code ?? expect.any(String) });
    expect(headers['x-correlation-id']).toEqual(expect.any(String));
  };

  it('takes a correlation id that is a plain token, makes one otherwise, and repeats it', async () => {
    const idOf = async (given?: string) =>
      (await raw('GET', '/api/lists', given === undefined ? {} : { 'x-correlation-id': given })).headers['x-correlation-id'];
    expect(await idOf('abc-123:4')).toBe('abc-123:4');
    for (const other of [undefined, '', 'a b', 'x'.repeat(129), 'a,b', '<script>'])
      expect(await idOf(other)).toMatch(/^app_[\w-]{36}$/);
    for (const path of ['/nowhere', '/api/nowhere', '/health/live', '/api/leads/x', '/api/%zz']) {
      expect((await raw('GET', path, { 'x-correlation-id': 'mine' })).headers['x-correlation-id']).toBe('mine');
    }
  });

  it('malformed percent-encoding: 400', async () => {
    for (const path of [
      '/api/leads/%',
      '/api/leads/%zz',
      '/api/lists/%E0%A4%A',
      '/api/%ff%ff',
      '/api/inbound/bluebubbles/%c3%28',
    ]) {
      const answer = await raw('GET', path);
      expect([400, 404]).toContain(answer.status);
      wellRefused(answer, answer.status);
    }
    for (const query of ['externalId=%', 'externalId=%zz', 'cursor=%E0%A4%A', '%zz=1', '=', '&&&', '?', 'externalId=%00']) {
      const answer = await raw('GET', `/api/leads?${query}`);
      expect([200, 400]).toContain(answer.status);
      if (answer.status === 400) wellRefused(answer, 400);
    }
  });

  it('paths in disguise never get around the key, nor reach anything', async () => {
    const disguised = [
      '/%61pi/leads',
      '/%61pi/lists',
      '//api/leads',
      '/api//leads',
      '/API/leads',
      '/api/./leads',
      '/api/inbound/../leads',
    ];
    for (const path of [...disguised, '/api/leads/', '/api/leads;x=1', '/api/inbound%2f..%2fleads', '/health/../api/leads']) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await raw(
          method,
          path,
          { authorization: '', 'content-type': 'application/json' },
          method === 'GET' ? '' : '{}',
        );
        expect({ path, method, refused: [400, 401, 404].includes(answer.status) }).toEqual({ path, method, refused: true });
        wellRefused(answer, answer.status);
      }
    }
  });

  it('endpoints and methods that do not exist: 404', async () => {
    for (const [method, path] of [
      ['GET', '/nowhere'],
      ['GET', '/api'],
      ['GET', '/api/nowhere'],
      ['PUT', '/api/leads'],
      ['GET', '/api/leads/x/y/z'],
      ['PATCH', '/api/campaigns'],
      ['DELETE', '/api/campaigns'],
      ['GET', `/api/inbound/bluebubbles/${'x'.repeat(30)}`],
    ] as const) {
      wellRefused(await raw(method, path), 404);
    }
    wellRefused(await raw('GET', `/api/leads/${'x'.repeat(300)}`), 414);
  });

  it('a body larger than the limit: 413, by its announced length, as it comes in chunks, and to the byte', async () => {
    const json = { 'content-type': 'application/json' };
    const body = (bytes: number) => JSON.stringify({ name: 'x'.repeat(bytes - 11) });
    expect(Buffer.byteLength(body(2_001))).toBe(2_001);
    wellRefused(await raw('POST', '/api/lists', { ...json, 'content-length': '2001' }, body(2_001)), 413, 'BODY_TOO_LARGE');
    wellRefused(await raw('POST', '/api/lists', { ...json, 'transfer-encoding': 'chunked' }, body(2_001)), 413, 'BODY_TOO_LARGE');
    wellRefused(await raw('POST', '/api/lists', { ...json, 'content-length': '2000' }, body(2_000)), 400, 'VALIDATION_FAILED');
    // A provider's call without a line's secret is refused before its body is looked at.
    const inbound = await raw('POST', '/api/inbound/bluebubbles/secret', { ...json, 'content-length': '2001' }, body(2_001));
    wellRefused(inbound, 404);
    expect((await tenant.get('/lists')).body.lists).toEqual([]);
  });

  it('20 MB: a byte more than the limit of a server as it comes is 413, a little less is judged by its content', async () => {
    const real = await startTestApp();
    try {
      const mine = await real.tenant();
      const send = (bytes: number) =>
        mine
          .call('post', '/leads')
          .set('content-type', 'application/json')
          .send(`{"leads":[{"notes":"${'x'.repeat(bytes - 24)}"}]}`);
      expect((await send(20_000_001).expect(413)).body.code).toBe('BODY_TOO_LARGE');
      const judged = await send(20_000_000).expect(400);
      expect(judged.body.details).toMatchObject([{ index: 0, field: 'notes' }]);
    } finally {
      await real.close();
    }
  });

  it('types that are not JSON: 415, also where no body is needed', async () => {
    for (const path of ['/api/lists', '/api/leads', `/api/campaigns/${'0'.repeat(24)}/launch`]) {
      for (const type of [
        'text/plain',
        'text/html',
        'application/x-www-form-urlencoded',
        'application/octet-stream',
        'nonsense',
      ]) {
        wellRefused(await raw('POST', path, { 'content-type': type }, 'name=x'), 415, 'UNSUPPORTED_MEDIA_TYPE');
      }
      const bare = await raw('POST', path, {}, '{"name":"x"}');
      expect([400, 415]).toContain(bare.status);
    }
    const withCharset = await raw('POST', '/api/lists', { 'content-type': 'application/json; charset=utf-8' }, '{"name":"Ok"}');
    expect(withCharset.status).toBe(201);
  });

  it('a body of no length, with a type or without, is no body', async () => {
    wellRefused(await raw('POST', '/api/lists', { 'content-type': 'application/json', 'content-length': '0' }), 400);
    wellRefused(await raw('POST', '/api/lists'), 400);
    const launch = `/api/campaigns/${'0'.repeat(24)}/launch`;
    wellRefused(await raw('POST', launch, { 'content-type': 'application/json', 'content-length': '0' }), 404);
  });

  it('texts keep what JSON can say: NUL, lone surrogates, right-to-left marks; nothing breaks', async () => {
    for (const name of ['a\0b', '\u202ecod', '👩‍👩‍👧', '\\ud800', '{{$where}}', '${1}', '<b>', "'; drop --"]) {
      const { status, body } = await raw('POST', '/api/lists', { 'content-type': 'application/json' }, JSON.stringify({ name }));
      expect([201, 400]).toContain(status);
      if (status === 201) expect((await tenant.get(`/lists/${String(body._id)}`).expect(200)).body.name).toBe(body.name);
    }
    const lone = await raw('POST', '/api/lists', { 'content-type': 'application/json' }, '{"name":"x\\ud800y"}');
    expect([201, 400]).toContain(lone.status);
    for (const value of ['\\u0000', '\\ud800', '\\udfff\\ud800', '1e400', '-1e400']) {
      const customFields = value.includes('u') ? `{"a":"${value}"}` : `{"a":${value}}`;
      const row = `{"leads":[{"phone":"+12025550143","notes":"\\u0000","customFields":${customFields}}]}`;
      const { status } = await raw('POST', '/api/leads', { 'content-type': 'application/json' }, row);
      expect([200, 201, 400]).toContain(status);
    }
    await tenant.get('/leads').expect(200);
  });

  it('what is no HTTP at all, or has headers without end, is refused in the same form', async () => {
    const { hostname, port } = new URL(test.url);
    const say = (text: string): Promise<string> =>
      new Promise((done, fail) => {
        const socket = connect(Number(port), hostname, () => socket.write(text));
        let heard = '';
        socket.on('data', (chunk) => (heard += chunk.toString()));
        socket.once('close', () => done(heard));
        socket.once('error', fail);
      });
    expect(await say('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*x-correlation-id[^]*"error":[^]*"code":/i);
    const headers = `GET /health/live HTTP/1.1\r\nhost: x\r\nx-long: ${'x'.repeat(40_000)}\r\n\r\n`;
    expect(await say(headers)).toMatch(/^HTTP\/1\.1 431 [^]*"error":[^]*"code":/);
  });

  it('a form that ends too early is refused, however short it is', async () => {
    const field = '--B\r\ncontent-disposition: form-data; name="encoding"\r\n\r\nx\r\n';
    for (const [before, file] of [
      ['', ''],
      ['', 'Phone\n+12025550140\n'],
      ['', 'x,'.repeat(60_000)],
      [field, 'Phone\n'],
      [field, 'x,'.repeat(60_000)],
    ] as const) {
      const form = `${before}--B\r\ncontent-disposition: form-data; name="file"; filename="f.csv"\r\ncontent-type: text/csv\r\n\r\n${file}\r\n`;
      const upload = tenant.call('post', '/leads/imports').set('content-type', 'multipart/form-data; boundary=B');
      const { body } = await upload.send(Buffer.from(form) as never).expect(400);
      expect(body).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ field: 'file' }] });
    }
  });

  it('a step that is a list is refused, however deep', async () => {
    const { body: list } = await tenant.post('/lists', { name: 'One' }).expect(201);
    for (const step of [[], [[[]]], 'x', null]) {
      const { body } = await tenant.post('/campaigns', { name: 'One', listId: list._id, steps: [step] }).expect(400);
      expect(body.details[0].field).toMatch(/^steps/);
    }
  });
});
