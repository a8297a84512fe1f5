import request from 'supertest';
import { OperationsServer } from '../../src/platform/operations';
import { eventually } from '../support/eventually';
import { HookDesk } from '../support/hook-desk';
import { ImportDesk } from '../support/import-desk';
import { Receiver } from '../support/receiver';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const [PHONE, OTHER_PHONE] = ['+12075550144', '+12075550145'];

const scrapeOf = async ({ app }: TestApp): Promise<string> =>
  (
    await request(`http://127.0.0.1:${app.get(OperationsServer).port}`)
      .get('/metrics')
      .expect(200)
  ).text;

/** What Prometheus reads. */
describe('/metrics', () => {
  let test: TestApp;
  let receiver: Receiver;
  let tenant: Tenant;
  let metricsUrl: string;

  beforeAll(async () => {
    test = await startTestApp({ METRICS_PORT: '0' });
    receiver = await Receiver.start();
    metricsUrl = `http://127.0.0.1:${test.app.get(OperationsServer).port}`;
    tenant = await test.tenant();
    await test.line(tenant);
  });
  afterAll(async () => {
    await test.close();
    await receiver.close();
  });

  const scrape = () => scrapeOf(test);
  const seen = (line: string | RegExp) =>
    eventually(async () => {
      const text = await scrape();
      return (typeof line === 'string' ? text.split('\n').includes(line) : line.test(text)) && text;
    });

  it('counts sends, and how late they begin', async () => {
    await tenant.post('/messages', { message: 'Hi', recipientPhone: PHONE }).expect(201);
    await seen('tuco_sends_total{channel="imessage",outcome="accepted"} 1');
    await seen('tuco_turn_lag_seconds_count{channel="imessage"} 1');
    await seen(/^tuco_lines\{channel="imessage",health="(healthy|unknown)"\} 1$/m);
    await seen(/^tuco_accounts\{channel="imessage",health="(healthy|unknown)"\} 1$/m);
  });

  it('counts what webhooks are answered', async () => {
    const hooks = new HookDesk(tenant, receiver);
    const endpoint = await hooks.subscribe(['message.sent']);
    await tenant.post('/messages', { message: 'Hi', recipientPhone: OTHER_PHONE }).expect(201);
    await hooks.got(endpoint);
    await seen('tuco_webhook_attempts_total{result="2xx"} 1');
  });

  it('counts the rows of imports', async () => {
    const imports = new ImportDesk(test, tenant);
    const { body } = await imports.upload('email\na@example.com\nb@example.com\nnobody\n').expect(202);
    await imports.over(body.importId as string);
    await seen('tuco_import_rows_total{kind="import",result="saved"} 2');
    await seen('tuco_import_rows_total{kind="import",result="rejected"} 1');
  });

  it('shows what waits: messages, jobs, and whoever wants a connection', async () => {
    const text = await scrape();
    expect(text).toMatch(/^tuco_messages_due_lag_seconds \d/m);
    expect(text).toMatch(/^tuco_turns_overdue_seconds \d/m);
    expect(text).toMatch(/^tuco_unknown_outcomes_open 0$/m);
    expect(text).toMatch(/^tuco_queue_jobs\{queue="[a-z-]+",state="delayed"\} \d/m);
    expect(text).toMatch(/^tuco_mongodb_connections\{state="in_use"\} \d/m);
    await seen('tuco_mongodb_connections{state="waited_for"} 0');
    expect(text).toMatch(/^tuco_clock_skew_seconds \d/m);
    expect(text).toMatch(/^tuco_build_info\{version="[\d.]+",role="all"\} 1$/m);
    expect(text).toMatch(/^tuco_nodejs_eventloop_lag_p99_seconds \d/m);
  });

  it('measures requests by their route, and names nobody', async () => {
    const { body } = await tenant.post('/leads', { leads: [{ email: 'who@example.com' }] }).expect(201);
    const [leadId] = body.leadIds as [string];
    await tenant.get(`/leads/${leadId}`).expect(200);
    await request(test.url).get(`/nowhere/${leadId}`).expect(404);
    await seen('tuco_http_request_duration_seconds_count{method="GET",route="/api/leads/:id",status="2xx"} 1');
    const text = await seen('tuco_http_request_duration_seconds_count{method="GET",route="unmatched",status="4xx"} 1');
    for (const secret of [leadId, tenant.id, tenant.key, PHONE, 'nowhere', 'example.com']) expect(text).not.toContain(secret);
  });

  it('answers nothing else, and nothing on the port of the API', async () => {
    await request(metricsUrl).get('/health/live').expect(404);
    await request(metricsUrl).post('/metrics').expect(404);
    await request(test.url).get('/metrics').expect(404);
  });

  it('is off without a port', async () => {
    const other = await startTestApp({ APP_ROLE: 'api' }, undefined, test);
    expect(other.app.get(OperationsServer).port).toBeNull();
    await other.close();
  });
});

describe('/metrics, of what nobody works on', () => {
  let test: TestApp;

  // It has no ticks, so what is put there stays as it is.
  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api', METRICS_PORT: '0' });
  });
  afterAll(() => test.close());

  const HOUR_MS = 3_600_000;

  it('says how old it is, and how many outcomes are unknown', async () => {
    const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
    const message = { workspaceId: 'org_x', group: 'direct', moves: 0, attempts: [] };
    const claim = { token: 't', until: new Date(Date.now() + HOUR_MS) };
    await test.connection.collection('messages').insertMany([
      { ...message, status: 'queued', ready: true, dueAt: ago(2), turnAt: ago(1) },
      { ...message, status: 'queued', ready: true, dueAt: ago(1) },
      { ...message, status: 'queued', ready: false, dueAt: ago(9) },
      { ...message, status: 'scheduled', ready: false, dueAt: ago(9) },
      { ...message, status: 'sending', claim, attempts: [{ words: null }] },
      { ...message, status: 'sending', claim, attempts: [{ words: 'too many' }, { words: null }] },
      { ...message, status: 'sending', claim, attempts: [{ words: null }, { words: 'no answer' }] },
      { ...message, status: 'failed', claim: null, attempts: [{ words: 'no answer' }] },
    ]);
    const text = await scrapeOf(test);
    const hoursOf = (name: string) => Math.floor(Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)![1]) / 3_600);
    expect([hoursOf('tuco_messages_due_lag_seconds'), hoursOf('tuco_turns_overdue_seconds')]).toEqual([2, 1]);
    expect(text).toMatch(/^tuco_unknown_outcomes_open 1$/m);
  });

  it('counts an account by the worst of its lines', async () => {
    const line = { workspaceId: 'org_x', channel: 'sms', bridgeUrl: null, deviceId: 'd', isActive: true };
    const healths = ['healthy', 'healthy', 'unhealthy', 'unknown'];
    const places = ['https://a.example.com', 'https://b.example.com', 'https://b.example.com', 'https://c.example.com'];
    const lines = healths.map((status, at) => ({
      ...line,
      bridgeUrl: places[at],
      health: { status },
      secretFingerprint: `${at}`,
    }));
    const off = { ...line, isActive: false, health: { status: 'unhealthy' }, secretFingerprint: 'off' };
    await test.connection.collection('lines').insertMany([...lines, off]);
    const counts = await eventually(async () => {
      const found = [...(await scrapeOf(test)).matchAll(/^tuco_(lines|accounts)\{channel="sms",health="(\w+)"\} (\d+)$/gm)];
      return found.length === 6 && Object.fromEntries(found.map(([, what, health, count]) => [`${what} ${health}`, count]));
    });
    expect(counts).toEqual({
      'lines healthy': '2',
      'lines unhealthy': '1',
      'lines unknown': '1',
      'accounts healthy': '1',
      'accounts unhealthy': '1',
      'accounts unknown': '1',
    });
  });
});
