import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { eventually } from '../support/eventually';
import { LocalServer } from '../support/local-server';

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  status: { code?: number };
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[];
}

const KNOWN = [
  'db.collection.name',
  'db.operation.name',
  'db.system.name',
  'error.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'messaging.destination.name',
  'messaging.system',
];

/** Traces, as a collector gets them. */
describe('traces', () => {
  const spans: Span[] = [];
  let raw = '';
  let collector: Server;
  let server: LocalServer;

  beforeAll(async () => {
    collector = createServer((incoming, response) => {
      void text(incoming).then((body) => {
        raw += body;
        const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
        spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
        response.writeHead(incoming.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const { port } = collector.address() as AddressInfo;
    server = new LocalServer({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}/` });
    await server.start();
  });
  afterAll(async () => {
    await server.remove();
    await new Promise((resolve) => collector.close(resolve));
  });

  it('hold requests, jobs and what they ask of the stores, and nothing of anybody', async () => {
    const secrets: string[] = ['traced.person@example.com', 'A text to nobody else', 'Wintergreen', 'org_local'];
    const lead = { email: secrets[0], firstName: 'Wintergreen' };
    await server
      .call('post', '/leads')
      .send({ leads: [lead] })
      .expect(201);
    await server.call('get', '/leads?search=Wintergreen').expect(200);
    await request(server.url).get('/u/v1.secrettoken').set('authorization', 'Bearer geheim');
    await request(server.url).get('/nowhere/geheim').expect(404);
    await request(server.url).get('/health/ready').expect(200);
    const { body } = await server.call('post', '/messages').send({ message: secrets[1], recipientEmail: secrets[0] });
    await eventually(async () => (await server.call('get', `/messages/${body.message._id}`)).body.status === 'delivered');
    // What is not sent yet goes out as it ends.
    expect(await server.stop()).toBe(0);

    const named = (name: string) => spans.find((span) => span.name === name)!;
    const below = (above: Span) =>
      spans.filter(({ parentSpanId, traceId }) => parentSpanId === above.spanId && traceId === above.traceId);
    const post = named('POST /api/leads');
    expect(Object.fromEntries(post.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]))).toEqual({
      'http.request.method': 'POST',
      'http.route': '/api/leads',
      'http.response.status_code': 201,
    });
    expect(below(post).map(({ name }) => name)).toEqual(expect.arrayContaining(['find apiKeys']));
    const ofPost = spans.filter(({ traceId }) => traceId === post.traceId).map(({ name }) => name);
    expect(ofPost).toEqual(expect.arrayContaining(['insert leads', 'commitTransaction']));
    const jobs = new Set(spans.filter(({ name }) => / process$/.test(name)).map(({ traceId }) => traceId));
    const job = spans.find(
      ({ name, traceId }) =>
        / process$/.test(name) && spans.some((one) => one.traceId === traceId && one.name === 'find messages'),
    );
    expect(job).toBeDefined();
    // What the bridge of the trial is asked, below the job that sends.
    const calls = spans.filter(({ name, traceId }) => name === 'POST provider' && jobs.has(traceId));
    expect(calls.length).toBeGreaterThan(0);
    expect(Object.fromEntries(calls[0]!.attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]))).toEqual({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
    });
    expect(spans.some(({ attributes }) => attributes.some(({ value }) => value.stringValue === 'redis'))).toBe(true);
    expect(named('GET unmatched')).toBeDefined();
    expect(spans.some(({ name }) => name.includes('/health'))).toBe(false);

    const keys = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
    expect([...keys].filter((key) => !KNOWN.includes(key))).toEqual([]);
    const untold = [...secrets, 'secrettoken', 'geheim', '+1202555', 'tuco_sk_'];
    for (const secret of untold) expect(raw).not.toContain(secret);
    expect(raw).toContain('"service.name"');
  });
});
