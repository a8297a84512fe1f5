import { request as rawRequest } from 'node:http';
import request from 'supertest';
import { OperationsServer } from '../../src/platform/operations';
import { WorkQueues } from '../../src/platform/queues';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const PASSWORD = 'an-operator-has-to-know-this';
const IN_A_DAY_MS = 86_400_000;
const ID = 'a'.repeat(24);
const JOB = { workspaceId: 'org_other', messageId: ID, moves: 1, at: 1, text: 'Hi Anna', to: 'anna@example.com' };

const urlOf = ({ app }: TestApp) => `http://127.0.0.1:${app.get(OperationsServer).port}`;

/** The queues as operators see them. */
describe('/queues', () => {
  const clock = new ShiftedClock();
  let test: TestApp;
  let tenant: Tenant;
  let url: string;

  beforeAll(async () => {
    // Nobody takes the jobs.
    test = await startTestApp({ APP_ROLE: 'api', METRICS_PORT: '0', OPERATOR_PASSWORD: PASSWORD }, clock);
    url = urlOf(test);
    tenant = await test.tenant();
    const [queue] = test.app.get(WorkQueues).all();
    await queue!.add(JOB, { jobId: `${ID}:1`, delay: IN_A_DAY_MS });
  });
  afterAll(() => test.close());

  const get = (path: string) => request(url).get(path).auth('operator', PASSWORD);
  const queueName = () => test.app.get(WorkQueues).all()[0]!.name;
  /** As it stands there: other clients resolve `..` themselves. */
  const rawStatus = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const headers = { authorization: `Basic ${Buffer.from(`:${PASSWORD}`).toString('base64')}` };
      rawRequest(url, { path, headers }, (answer) => resolve(answer.resume().statusCode!))
        .on('error', reject)
        .end();
    });

  it.each(['/queues', '/queues/', '/queues/api/queues', '/queues/static/favicon.ico', '/queues/nowhere'])(
    '%s needs the password',
    async (path) => {
      const { headers } = await request(url).get(path).expect(401);
      expect(headers['www-authenticate']).toBe('Basic realm="Tuco queues", charset="UTF-8"');
      await request(url).post(path).expect(401);
      await request(url).get(path).auth('operator', `${PASSWORD}x`).expect(401);
      clock.ahead({ hours: 1 });
      await request(url).get(path).set('authorization', `Bearer ${tenant.key}`).expect(401);
      await get(path).expect(({ status }) => expect(status).not.toBe(401));
    },
  );

  it('shows the page, which asks nobody else for anything and runs its own scripts alone', async () => {
    const { text, headers } = await get('/queues/').expect(200).expect('content-type', 'text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(text).not.toMatch(/https?:\/\//);
    expect(text).toContain('<base href="/queues/" />');
    expect(text).toContain('<title>Tuco</title>');
    const files = [...text.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, file]) => file!);
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      const { headers: ofFile } = await get(`/queues/${file}`).expect(200);
      expect([file, ofFile['content-type']]).toEqual([file, expect.stringMatching(/^(text\/(css|javascript)|image\/)/)]);
      expect(ofFile['x-content-type-options']).toBe('nosniff');
    }
    for (const view of ['/queues/?status=latest', `/queues/queue/${queueName()}`, `/queues/queue/${queueName()}/${ID}:1`]) {
      await get(view).expect(200).expect('content-type', /html/);
    }
    await request(url).head('/queues/').auth('operator', PASSWORD).expect(200);
  });

  it('leads from the path without its slash to the page, without a password that the URL may hold', async () => {
    await get('/queues')
      .expect(302)
      .expect('location', `//${new URL(url).host}/queues/`);
    await get('/queues').set('host', '[::1]:9464').expect(302).expect('location', '//[::1]:9464/queues/');
    for (const host of ['a/b', 'a b', '@evil.example.com', 'x:y', '']) {
      await get('/queues').set('host', host).expect(302).expect('location', '/queues/');
    }
  });

  it('lists queues and jobs, to be looked at only, with nothing of jobs but ids', async () => {
    const name = queueName();
    const { body, text } = await get(`/queues/api/queues?activeQueue=${name}&status=delayed&page=1&jobsPerPage=10`).expect(200);
    const names = test.app.get(WorkQueues).all().map((queue) => queue.name); // prettier-ignore
    expect((body.queues as { name: string }[]).map((queue) => queue.name).sort()).toEqual([...names].sort());
    expect((body.queues as { readOnlyMode: boolean }[]).every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    const { jobs, counts } = (body.queues as { name: string; jobs: object[]; counts: object }[]).find(
      (queue) => queue.name === name,
    )!;
    expect(counts).toMatchObject({ delayed: 1 });
    const data = { workspaceId: 'org_other', messageId: ID, moves: 1, at: 1, text: '(not shown)', to: '(not shown)' };
    expect(jobs).toEqual([expect.objectContaining({ id: `${ID}:1`, data })]);
    const one = await get(`/queues/api/queues/${name}/${ID}:1`).expect(200);
    expect(one.body).toMatchObject({ job: { data }, status: 'delayed' });
    expect(`${text}${one.text}`).not.toContain('nna');
  });

  it.each([
    ['/queues/api/queues?page=0', 400],
    ['/queues/api/queues?page=1e300', 400],
    ['/queues/api/queues?page=x', 400],
    ['/queues/api/queues?jobsPerPage=100000', 400],
    ['/queues/api/queues?status=nonsense', 400],
    ['/queues/api/queues?activeQueue=%25', 400],
    ['/queues/api/queues/nowhere/1', 404],
    ['/queues/api/queues/__proto__/1', 404],
    ['/queues/api/queues/%ff/1', 404],
    ['/queues/api/nowhere', 404],
    ['/queues/queue/%ff', 404],
    ['/queuesx', 404],
  ])('%s is answered %d', async (path, status) => {
    const { text } = await get(path).expect(status);
    expect(text).not.toMatch(/ at .*\.js|node_modules|redis/i);
  });

  it.each(['post', 'put', 'patch', 'delete', 'options'] as const)('refuses to %s', async (method) => {
    const name = queueName();
    const paths = [
      '',
      '/api/queues/pause',
      `/api/queues/${name}/pause`,
      `/api/queues/${name}/${ID}:1/clean`,
      '/static/favicon.ico',
    ];
    for (const path of paths) {
      const { headers } = await request(url)[method](`/queues${path}`).auth('operator', PASSWORD).expect(405);
      expect(headers.allow).toBe('GET, HEAD');
    }
    const [queue] = test.app.get(WorkQueues).all();
    expect(await queue!.isPaused()).toBe(false);
    expect(await queue!.getJob(`${ID}:1`)).not.toBeNull();
  });

  it('serves the files of the page and none beside them', async () => {
    const up = ['..', '%2e%2e', '..%2f..', '%2e%2e%2f%2e%2e', '..\\..', '....//', '.', ''];
    for (const step of up) {
      for (const file of ['package.json', 'index.ejs', 'dist/index.ejs', '../../../../../../etc/passwd']) {
        expect([step, file, await rawStatus(`/queues/static/${step}/${file}`)]).toEqual([step, file, 404]);
        expect([step, file, await rawStatus(`/queues/static/js/${step}/${step}/${file}`)]).toEqual([step, file, 404]);
      }
    }
    for (const path of ['//etc/passwd', '/etc/passwd', '%2fetc%2fpasswd', 'favicon.ico%00.js', 'favicon.ico/', 'js', 'js/']) {
      expect([path, await rawStatus(`/queues/static/${path}`)]).toEqual([path, 404]);
    }
    expect(await rawStatus('/queues/static/favicon.ico')).toBe(200);
  });

  it('says so at once while Redis does not answer', async () => {
    const ping = jest.spyOn(test.app.get(WorkQueues), 'ping').mockResolvedValue(false);
    const { body } = await get('/queues/api/queues').expect(503);
    expect(body).toMatchObject({ message: 'Redis does not answer.' });
    await get('/queues/').expect(200);
    ping.mockRestore();
    await get('/queues/api/queues').expect(200);
  });

  it('leaves the metrics open, and is not on the port of the API', async () => {
    await request(url).get('/metrics').expect(200);
    for (const path of ['/queues', '/queues/api/queues', '/api/queues']) {
      await request(test.url).get(path).auth('operator', PASSWORD).expect(({ status }) => expect([401, 404]).toContain(status)); // prettier-ignore
    }
  });

  it('listens to no address that was wrong ten times, and again ten minutes later', async () => {
    clock.ahead({ hours: 1 });
    const guesses = Array.from({ length: 40 }, (_, n) => request(url).get('/queues').auth('operator', `wrong ${n}`));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect([401, 429].map((status) => statuses.filter((one) => one === status).length)).toEqual([10, 30]);
    const { headers } = await get('/queues').expect(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(590);
    await request(url).get('/metrics').expect(200);
    clock.ahead({ minutes: 11 });
    await get('/queues/').expect(200);
  });
});

describe('/queues, where nobody may see them', () => {
  it.each([
    ['without a password', { METRICS_PORT: '0' }],
    ['with an empty one', { METRICS_PORT: '0', OPERATOR_PASSWORD: '' }],
  ])('is not there %s', async (_how, settings) => {
    const test = await startTestApp({ APP_ROLE: 'api', ...settings });
    for (const path of ['/queues', '/queues/', '/queues/api/queues', '/queues/static/favicon.ico']) {
      await request(urlOf(test)).get(path).expect(404);
      await request(urlOf(test)).get(path).auth('operator', PASSWORD).expect(404);
      await request(urlOf(test)).get(path).auth('operator', '').expect(404);
    }
    await request(urlOf(test)).get('/metrics').expect(200);
    await test.close();
  });

  it('is nowhere without the port of operations', async () => {
    const test = await startTestApp({ APP_ROLE: 'api', OPERATOR_PASSWORD: PASSWORD });
    expect(test.app.get(OperationsServer).port).toBeNull();
    await test.close();
  });
});
