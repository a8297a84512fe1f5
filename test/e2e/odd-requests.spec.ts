import { answersIn, rawExchange } from '../attacks/raw-socket';
import { errorDocs } from '../support/error-docs';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

/** Requests that Node would answer by itself, or that two servers on the way may read in two ways. */
describe('odd requests', () => {
  let test: TestApp;
  let tenant: Tenant;

  beforeAll(async () => {
    test = await startTestApp();
    tenant = await test.tenant();
  });
  afterAll(() => test.close());

  const key = () => `authorization: Bearer ${tenant.key}`;
  const say = async (first: string, headers: string[], body = '') => {
    const { text, closed } = await rawExchange(test.url, [`${[first, ...headers].join('\r\n')}\r\n\r\n${body}`], 700);
    const [answer, ...more] = answersIn(text);
    expect(more).toEqual([]);
    return { status: answer!.status, head: text.split('\r\n\r\n')[0]!.toLowerCase(), body: answer!.body, closed };
  };
  const errorIn = ({ body }: { body: string }) => JSON.parse(body) as Record<string, unknown>;

  it.each([
    ['no host', 'GET /api/lists HTTP/1.1', [], 'host'],
    ['no host, and no key', 'GET /nowhere HTTP/1.1', [], 'host'],
    ['two hosts', 'GET /api/lists HTTP/1.1', ['host: a', 'host: b'], 'host'],
    ['the same host twice', 'GET /health/live HTTP/1.1', ['host: a', 'HOST: a'], 'host'],
    ['another transfer coding', 'POST /api/lists HTTP/1.1', ['host: a', 'transfer-encoding: gzip, chunked'], 'transfer-encoding'],
    [
      'two codings, one of them ours',
      'POST /api/lists HTTP/1.1',
      ['host: a', 'transfer-encoding: chunked, chunked'],
      'transfer-encoding',
    ],
  ])('%s: refused, naming the header, and the connection ends', async (_what, first, headers, field) => {
    const body = '1\r\n{\r\n0\r\n\r\n';
    const answer = await say(
      first,
      [...headers, ...(field === 'host' ? [] : [key(), 'content-type: application/json'])],
      field === 'host' ? '' : body,
    );
    expect(answer.status).toBe(400);
    expect(answer.closed).toBe(true);
    expect(answer.head).toContain('x-correlation-id: ');
    expect(answer.head).toContain('cache-control: no-store');
    const error = errorIn(answer);
    // What the parser itself refuses names no header.
    if (error.code === 'BAD_REQUEST') expect(field).toBe('transfer-encoding');
    else expect(error).toMatchObject({ code: 'VALIDATION_FAILED', details: [{ field }], docs: errorDocs('VALIDATION_FAILED') });
  });

  it('an expectation that nobody knows: 417 in the form of all errors', async () => {
    const answer = await say('GET /api/lists HTTP/1.1', ['host: a', key(), 'expect: the-impossible']);
    expect([answer.status, answer.closed]).toEqual([417, true]);
    expect(errorIn(answer)).toEqual({ error: expect.any(String), code: 'EXPECTATION_FAILED' });
    expect(answer.head).toContain('cache-control: no-store');
    expect(answer.head).toContain('x-correlation-id: ');
  });

  it('takes a body after 100-continue, chunks in any case, and HTTP/1.0 without a host', async () => {
    const json = '{"name":"Continued"}';
    const headers = [
      'host: a',
      key(),
      'content-type: application/json',
      `content-length: ${json.length}`,
      'expect: 100-Continue',
    ];
    const { text } = await rawExchange(test.url, [`POST /api/lists HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${json}`], 700);
    expect(text).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 /);
    const chunked = ['host: a', key(), 'content-type: application/json', 'transfer-encoding: Chunked'];
    expect((await say('POST /api/lists HTTP/1.1', chunked, `${json.length.toString(16)}\r\n${json}\r\n0\r\n\r\n`)).status).toBe(
      201,
    );
    expect((await say('GET /health/live HTTP/1.0', [])).status).toBe(200);
  });
});
