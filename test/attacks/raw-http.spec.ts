import { gzipSync } from 'node:zlib';
import type { Tenant } from '../support/test-app';
import { AttackedProduct } from './attacked-product';
import { answersIn, rawExchange } from './raw-socket';

const MARK = 'GET /api/smuggled';

/** Bytes that no client sends: refused or answered, one answer for one request, and nothing smuggled. */
describe('raw HTTP', () => {
  let product: AttackedProduct;
  let tenant: Tenant;
  let key: string;

  beforeAll(async () => {
    product = await AttackedProduct.start();
    tenant = await product.tenant();
    key = `authorization: Bearer ${tenant.key}`;
  });
  afterAll(async () => {
    await product?.close('raw HTTP');
  });
  afterEach(async () => expect(await product.verdict()).toEqual([]));

  const HOST = 'host: localhost';
  const JSON_TYPE = 'content-type: application/json';
  const request = (first: string, headers: string[], body = '') => `${[first, ...headers].join('\r\n')}\r\n\r\n${body}`;
  const post = (headers: string[], body: string | Buffer = '') => [
    request('POST /api/lists HTTP/1.1', [HOST, key, JSON_TYPE, ...headers]),
    body,
  ];
  /** Sends, judges each answer, and says what their statuses were. */
  const say = async (what: string, parts: (string | Buffer)[], quietMs = 400) => {
    const { text, closed } = await rawExchange(product.url, parts, quietMs);
    const answers = answersIn(text);
    for (const { status, body } of answers) {
      product.shots += 1;
      // What HTTP has no other word for: a version, a method.
      const isOfProtocol = status === 505 || status === 501;
      product.judge({ method: what, path: '', as: tenant.id }, { status: isOfProtocol ? 400 : status, text: body });
    }
    return { statuses: answers.map(({ status }) => status), closed, text };
  };
  const lists = async () =>
    ((await tenant.get('/lists?limit=200').expect(200)).body.lists as { name: string }[]).map(({ name }) => name);

  it('lengths and chunks that contradict one another: at most one answer, and no second request in a body', async () => {
    const smuggled = request(`${MARK} HTTP/1.1`, [HOST, key]);
    const body = '{"name":"a"}';
    const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
    const cases: Record<string, (string | Buffer)[]> = {
      'both length and chunks': post([`content-length: ${body.length}`, 'transfer-encoding: chunked'], `0\r\n\r\n${smuggled}`),
      'chunks and a length': post(['transfer-encoding: chunked', 'content-length: 5'], `0\r\n\r\n${smuggled}`),
      'two lengths': post(['content-length: 12', 'content-length: 0'], body + smuggled),
      'two lengths in one': post(['content-length: 12, 12'], body + smuggled),
      'a length with a sign': post(['content-length: +12'], body + smuggled),
      'a negative length': post(['content-length: -1'], body + smuggled),
      'a length in hex': post(['content-length: 0xc'], body + smuggled),
      'a length of letters': post(['content-length: twelve'], body + smuggled),
      'a huge length': post(['content-length: 99999999999999999999'], body + smuggled),
      'an empty length': post(['content-length: '], body + smuggled),
      'a space before the colon': post(['content-length : 12'], body + smuggled),
      'a folded header': post(['content-length:\r\n 12'], body + smuggled),
      'a bare line feed': [`POST /api/lists HTTP/1.1\n${HOST}\n${key}\ncontent-length: 0\n\n${smuggled}`],
      'TE twice': post(['transfer-encoding: chunked', 'transfer-encoding: identity'], `0\r\n\r\n${smuggled}`),
      'TE of two': post(['transfer-encoding: chunked, identity'], `0\r\n\r\n${smuggled}`),
      'TE xchunked': post(['transfer-encoding: xchunked'], `0\r\n\r\n${smuggled}`),
      'TE with a tab': post(['transfer-encoding:\tchunked'], `0\r\n\r\n`),
      'TE after a vertical tab': post(['transfer-encoding: \x0bchunked'], `0\r\n\r\n${smuggled}`),
      'TE gzip, chunked': post(['transfer-encoding: gzip, chunked'], `${chunk(body)}0\r\n\r\n`),
      'a chunk with a bad size': post(['transfer-encoding: chunked'], `zz\r\n${body}\r\n0\r\n\r\n${smuggled}`),
      'a chunk of a huge size': post(['transfer-encoding: chunked'], `ffffffffffffffff\r\n${body}`),
      'a chunk of a negative size': post(['transfer-encoding: chunked'], `-1\r\n${body}\r\n0\r\n\r\n`),
      'a chunk that is longer than it says': post(['transfer-encoding: chunked'], `2\r\n${body}\r\n0\r\n\r\n${smuggled}`),
      'chunk extensions without end': post(['transfer-encoding: chunked'], `c;${'x=y;'.repeat(50_000)}\r\n${body}\r\n0\r\n\r\n`),
      'trailers without end': post(['transfer-encoding: chunked'], `0\r\n${'x: y\r\n'.repeat(50_000)}\r\n`),
      'a thousand small chunks': post(
        ['transfer-encoding: chunked'],
        `${[...`{"name":"${'x'.repeat(1_000)}"}`].map(chunk).join('')}0\r\n\r\n`,
      ),
      'a body that is shorter than it says': post(['content-length: 500'], body),
      'a GET with a body': [request('GET /api/lists HTTP/1.1', [HOST, key, 'content-length: 12'], body)],
      'a GET with chunks': [request('GET /api/lists HTTP/1.1', [HOST, key, 'transfer-encoding: chunked'], '0\r\n\r\n')],
    };
    const before = await lists();
    for (const [what, parts] of Object.entries(cases)) {
      const { statuses, text } = await say(what, parts);
      // The second request is one only where the first one's end is beyond doubt.
      if (!['a bare line feed'].includes(what) && statuses.filter((status) => status < 300).length > 1) {
        product.troubles.push(`${what}: ${text.slice(0, 600)}`);
      }
      if (statuses.length > 1 && /smuggled/.test(product.log.slice(-2_000))) product.troubles.push(`${what} smuggled a request`);
    }
    const made = (await lists()).filter((name) => !before.includes(name));
    expect(made.every((name) => /^(a|x+)$/.test(name))).toBe(true);
  });

  it('first lines and headers that are none', async () => {
    const plain = [HOST, key];
    const cases: string[] = [
      'GET /api/lists\r\n\r\n',
      request('GET /api/lists HTTP/0.9', plain),
      request('GET /api/lists HTTP/1.0', plain),
      request('GET /api/lists HTTP/1.2', plain),
      request('GET /api/lists HTTP/2.0', plain),
      request('GET /api/lists HTTP/9.9', plain),
      request('GET /api/lists http/1.1', plain),
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      request('GET  /api/lists  HTTP/1.1', plain),
      request('GET\t/api/lists\tHTTP/1.1', plain),
      request('GET http://evil.example.com/api/lists HTTP/1.1', plain),
      request('GET //evil.example.com/api/lists HTTP/1.1', plain),
      request('GET * HTTP/1.1', plain),
      request('OPTIONS * HTTP/1.1', plain),
      request('CONNECT evil.example.com:443 HTTP/1.1', plain),
      request(`GET /${'a'.repeat(20_000)} HTTP/1.1`, plain),
      request(`GET /api/lists?${'a=b&'.repeat(3_000)} HTTP/1.1`, plain),
      request(`GET /${'%2e%2e/'.repeat(500)}etc/passwd HTTP/1.1`, plain),
      request('GET /api/lists%zz HTTP/1.1', plain),
      request('GET /api/lists/%ff%fe HTTP/1.1', plain),
      request('GET /api/lists/\x00 HTTP/1.1', plain),
      request('GET /api/lists/\xff\xfe HTTP/1.1', plain),
      request('GET /api/lists HTTP/1.1', [key]),
      request('GET /api/lists HTTP/1.1', [HOST, HOST, key]),
      request('GET /api/lists HTTP/1.1', ['host: a\r\nx-injected: b', key]),
      request('GET /api/lists HTTP/1.1', [`host: ${'h'.repeat(5_000)}`, key]),
      request('GET /api/lists HTTP/1.1', [HOST, key, key]),
      request('GET /api/lists HTTP/1.1', [HOST, key, 'authorization: Bearer x']),
      request('GET /api/lists HTTP/1.1', [HOST, key, `x-long: ${'x'.repeat(100_000)}`]),
      request('GET /api/lists HTTP/1.1', [HOST, key, ...Array.from({ length: 3_000 }, (_, n) => `x-${n}: y`)]),
      request('GET /api/lists HTTP/1.1', [HOST, key, 'no colon here']),
      request('GET /api/lists HTTP/1.1', [HOST, key, ': no name']),
      request('GET /api/lists HTTP/1.1', [HOST, key, 'x\x00y: z']),
      request('GET /api/lists HTTP/1.1', [HOST, key, 'x-ctl: a\x01b\x7f']),
      request('GET /api/lists HTTP/1.1', [HOST, key, '__proto__: polluted', 'constructor: x']),
      request('GET /api/lists HTTP/1.1', [HOST, key, 'expect: 100-continue']),
      request('GET /api/lists HTTP/1.1', [HOST, key, 'expect: the-impossible']),
      request('GET /api/lists HTTP/1.1', [HOST, key, 'connection: close, keep-alive, upgrade']),
      request('GET /api/lists HTTP/1.1', [
        HOST,
        key,
        'connection: upgrade',
        'upgrade: websocket',
        'sec-websocket-key: eA==',
        'sec-websocket-version: 13',
      ]),
      request('GET /api/lists HTTP/1.1', [
        HOST,
        key,
        'connection: upgrade, http2-settings',
        'upgrade: h2c',
        'http2-settings: AAMAAABkAAQAAP__',
      ]),
      request('GET /api/events/stream HTTP/1.1', [HOST, key, 'connection: upgrade', 'upgrade: tcp']),
      '\r\n\r\n\r\n',
      '\x00'.repeat(5_000),
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'x'.repeat(200_000),
    ];
    for (const one of cases) await say(one.slice(0, 60), [Buffer.from(one, 'latin1')]);
    expect(cases.length).toBeGreaterThan(40);
  });

  it('methods: those of a route, and none of which nobody has heard', async () => {
    const methods = [
      'HEAD',
      'OPTIONS',
      'PUT',
      'TRACE',
      'CONNECT',
      'PROPFIND',
      'MKCOL',
      'COPY',
      'LOCK',
      'SEARCH',
      'PURGE',
      'LINK',
      'REPORT',
      'QUERY',
      'DEBUG',
      'get',
      'FOO',
      'GET\x00',
    ];
    for (const method of methods) {
      for (const path of ['/api/lists', '/api/leads', '/health/live', '/u/x']) {
        const { statuses } = await say(
          `${method} ${path}`,
          [request(`${method} ${path} HTTP/1.1`, [HOST, key, 'content-length: 0'])],
          250,
        );
        if (method !== 'HEAD' && method !== 'OPTIONS')
          expect([method, path, statuses.filter((status) => status < 300)]).toEqual([method, path, []]);
      }
    }
    for (const header of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const list = (await tenant.post('/lists', { name: 'Stays' }).expect(201)).body._id as string;
      await say(header, [request(`POST /api/lists/${list} HTTP/1.1`, [HOST, key, `${header}: DELETE`, 'content-length: 0'])]);
      await tenant.get(`/lists/${list}`).expect(200);
    }
  }, 300_000);

  it('bodies that are encoded, bombs among them: not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, '{}'));
    const small = gzipSync('{"name":"zipped"}');
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'identity, gzip', 'x-gzip', 'nonsense']) {
      for (const body of [small, bomb]) {
        const { statuses } = await say(
          `encoded as ${encoding}`,
          post([`content-encoding: ${encoding}`, `content-length: ${body.length}`], body),
        );
        expect([encoding, statuses.filter((status) => status < 300)]).toEqual([encoding, []]);
      }
    }
    expect(await lists()).not.toContain('zipped');
  });

  it('bodies that are no JSON, or not in UTF-8: refused, and nothing is saved of them', async () => {
    const before = (await lists()).length;
    const invalid = [
      Buffer.from('{"name":"\xff\xfe"}', 'latin1'),
      Buffer.from('{"name":"\xc3\x28"}', 'latin1'),
      Buffer.from('{"name":"\xed\xa0\x80"}', 'latin1'),
      Buffer.from('\ufeff{"name":', 'utf16le'),
      Buffer.from('{"name":"x"}', 'utf16le'),
      ...[
        '{',
        '}',
        '{"name":}',
        '{"name":"x",}',
        "{'name':'x'}",
        '{name:"x"}',
        '{"name":"x"}}',
        '{"name":"x"} {"name":"y"}',
        '{"name":"\n"}',
        'NaN',
        'undefined',
        '[',
        '"',
        '\\u0000',
        '{"name":"\\x"}',
        '{"name":"\\u12"}',
        '// x\n{"name":"x"}',
        '{"name":1e}',
        '{"name":01}',
        '{"name":+1}',
        '\x00{"name":"x"}',
        'a=b',
        '<a/>',
      ].map((text) => Buffer.from(text)),
    ];
    for (const body of invalid) {
      const chunked = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
      for (const parts of [post([`content-length: ${body.length}`], body), post(['transfer-encoding: chunked'], chunked)]) {
        const { statuses } = await say(`body ${body.toString('latin1').slice(0, 30)}`, parts, 250);
        expect([body.toString('latin1'), statuses.filter((status) => status < 300)]).toEqual([body.toString('latin1'), []]);
      }
    }
    expect((await lists()).length).toBe(before);
  }, 300_000);

  it('types of content that are none, and forms where no form is taken', async () => {
    const types = [
      '',
      'json',
      'application/',
      '/json',
      'application/json;',
      'application/json; charset=utf-7',
      'application/json; charset=x',
      'application/json, text/html',
      'application/jsonx',
      'text/json',
      'multipart/form-data',
      'multipart/form-data; boundary=',
      `multipart/form-data; boundary=${'b'.repeat(5_000)}`,
      'multipart/mixed; boundary=x',
      'application/x-www-form-urlencoded',
      `application/${'x'.repeat(5_000)}`,
      'application/json\x0b',
      '__proto__',
    ];
    for (const type of types) {
      for (const path of ['/api/lists', '/api/leads/imports', '/api/suppressions/imports']) {
        const { statuses } = await say(
          `type ${type.slice(0, 40)} ${path}`,
          [
            Buffer.from(
              request(`POST ${path} HTTP/1.1`, [HOST, key, `content-type: ${type}`, 'content-length: 8'], 'name=abc'),
              'latin1',
            ),
          ],
          250,
        );
        expect([type, statuses.filter((status) => status < 300)]).toEqual([type, []]);
      }
    }
  }, 300_000);

  it('uploads that are cut, empty, nameless or full of parts', async () => {
    const part = (head: string, content: string) => `--x\r\n${head}\r\n\r\n${content}\r\n`;
    const file = part('content-disposition: form-data; name="file"; filename="a.csv"', 'Phone\n+12025550100\n');
    const bodies: string[] = [
      '',
      '--x--\r\n',
      '--x\r\n',
      file,
      `${part('content-disposition: form-data; name="file"', 'Phone\n1')}--x--\r\n`,
      `${part('content-disposition: form-data; name="file"\r\ncontent-type: application/octet-stream', 'Phone\n1')}--x--\r\n`,
      `${part('content-disposition: form-data; filename="a.csv"', 'Phone\n1')}--x--\r\n`,
      `${part('content-disposition: form-data', 'Phone\n1')}--x--\r\n`,
      `${part('no-head: at all', 'Phone\n1')}--x--\r\n`,
      `${part('content-disposition: form-data; name="file"; filename=""', '')}--x--\r\n`,
      `${part('content-disposition: form-data; name="file"; filename="../../etc/passwd"', 'Phone\n1')}--x--\r\n`,
      `${part(`content-disposition: form-data; name="file"; filename="${'f'.repeat(5_000)}.csv"`, 'Phone\n1')}--x--\r\n`,
      `${part('content-disposition: form-data; name="__proto__"', 'x')}${file}--x--\r\n`,
      `${part('content-disposition: form-data; name="mapping"\r\ncontent-type: application/json', '{}')}${file}--x--\r\n`,
      `${part('content-disposition: form-data; name="mapping"', '{')}${file}--x--\r\n`,
      `${part('content-disposition: form-data; name="mapping"', '[[[[')}${file}--x--\r\n`,
      `${part(`content-disposition: form-data; name="mapping"`, 'x'.repeat(300_000))}${file}--x--\r\n`,
      `${Array.from({ length: 200 }, (_, n) => part(`content-disposition: form-data; name="f${n}"`, 'x')).join('')}${file}--x--\r\n`,
      `${file}${file}${file}--x--\r\n`,
      `${part('content-disposition: form-data; name="dryRun"', 'perhaps')}${file}--x--\r\n`,
      `${part('content-disposition: form-data; name="encoding"', 'nonsense')}${file}--x--\r\n`,
      `${part('content-disposition: form-data; name="headerLine"', '99999999999')}${file}--x--\r\n`,
    ];
    for (const query of ['', '?dryRun=true']) {
      for (const path of ['/api/leads/imports', '/api/suppressions/imports']) {
        for (const body of bodies) {
          const head = [HOST, key, 'content-type: multipart/form-data; boundary=x', `content-length: ${Buffer.byteLength(body)}`];
          await say(
            `upload ${body.slice(0, 120)}`,
            [request(`POST ${path}${path.includes('leads') ? query : ''} HTTP/1.1`, head, body)],
            500,
          );
        }
      }
    }
    // Nothing is kept of an upload that was refused.
    const waiting = await tenant.get('/leads/imports?limit=200').expect(200);
    const files = await product.connection.collection('importFiles.files').countDocuments();
    expect(files).toBeLessThanOrEqual((waiting.body.imports as unknown[]).length + bodies.length);
  }, 300_000);

  it('two hundred requests in one go, and connections that say nothing', async () => {
    const one = request('GET /api/lists?limit=1 HTTP/1.1', [HOST, key]);
    const { statuses } = await say('pipelined', [one.repeat(200)], 5_000);
    expect(statuses).toEqual(Array<number>(200).fill(200));
    const idle = Array.from({ length: 200 }, (_, n) => rawExchange(product.url, n % 2 ? ['GET / HT'] : [], 3_000));
    expect((await product.fire({ method: 'GET', path: '/health/live' }))!.status).toBe(200);
    await Promise.all(idle);
  }, 300_000);
});
