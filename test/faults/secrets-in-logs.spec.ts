import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { QUICK_TIMES, type Simulator, startBlueBubblesSimulator } from '@tuco/bluebubbles-simulator';
import request from 'supertest';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';

const KEY = `tuco_sk_${'l'.repeat(43)}`;
const PASSWORD = 'a-bridge-password-that-nobody-logs';
const ACCOUNT_PASSWORD = 'a-password-of-an-account-that-nobody-logs';

/**
 * A server that logs all it can, a bridge that gives all kinds of trouble, and callbacks with good and bad
 * secrets: none of it stands in the log.
 */
describe('the log of a server', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuco-log-'));
  let server: ChildProcess;
  let simulator: Simulator;
  let url: string;
  let said = '';

  beforeAll(async () => {
    simulator = await startBlueBubblesSimulator({ ledgerFile: null, bridges: [{ password: PASSWORD }], times: QUICK_TIMES });
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const settings = {
      DATA_DIR: dataDir,
      PORT: String(port),
      BOOTSTRAP_API_KEY: KEY,
      LOG_LEVEL: 'trace',
      MONGODB_URI: '',
      REDIS_URL: '',
      PROVIDER_TIMEOUT_SECONDS: '1',
      CONTACT_GAP_SECONDS: '0',
      DEVICE_GAP_SECONDS: '0',
    };
    const script = resolve('dist', 'src', 'local', 'start.js');
    server = spawn(process.execPath, [script], { env: { ...process.env, ...settings }, stdio: 'pipe' });
    server.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    server.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await eventually(async () => said.includes('Ready:'));
  }, 60_000);
  afterAll(async () => {
    server.kill('SIGKILL');
    await simulator.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('holds neither passwords, nor the secrets of inbound URLs, nor keys', async () => {
    const call = (method: 'get' | 'post' | 'patch', path: string) =>
      request(url)[method](path).set('authorization', `Bearer ${KEY}`);
    const fields = { phone: '+12025550190', bridgeUrl: simulator.url, bridgePassword: PASSWORD };
    const line = (await call('post', '/api/lines').send(fields).expect(201)).body;
    const account = {
      channel: 'imessage',
      settings: { bridgeUrl: simulator.url },
      secrets: { bridgePassword: ACCOUNT_PASSWORD },
    };
    const { _id: accountId, inboundUrl } = (await call('post', '/api/accounts').send(account).expect(201)).body;
    await call('get', `/api/accounts/${accountId}/health`).expect(200);
    await call('patch', `/api/accounts/${accountId}`)
      .send({ secrets: { nonsense: ACCOUNT_PASSWORD } })
      .expect(400);
    await request(url).post(new URL(inboundUrl).pathname).send({ type: 'new-message', data: {} }).expect(200);
    const path = new URL(line.inboundUrl).pathname;
    const secret = path.split('/').at(-1)!;
    for (const controls of [
      {},
      { proxy: { page: 'page-200' } },
      { down: true },
      { proxy: { page: 'cut' } },
      { errorRate: 1 },
    ] as const) {
      simulator.control({ reset: true, ...controls });
      await call('post', '/api/leads/check-availability').send({ address: `log.x${said.length}y@example.com` });
      await call('get', `/api/lines/check-availability?id=${line._id}`);
      await call('post', '/api/messages').send({ message: 'Hi', recipientEmail: `log.x${said.length}y@example.com` });
    }
    await request(url).post(path).send({ type: 'new-message', data: {} }).expect(200);
    await request(url).post(path).set('content-type', 'application/json').send('{').expect(400);
    await request(url).post(`${path}wrong`).send({}).expect(404);
    await request(url).get(path).expect(404);
    await request(url).post(`${path}?x=%zz`).send({});
    // Sends of unknown outcome are looked for, too.
    await eventually(async () => said.includes('POST /api/inbound/:provider/:secret'));
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
    const lines = said.split('\n').filter((one) => one.startsWith('{'));
    expect(lines.length).toBeGreaterThan(10);
    const log = lines.join('\n');
    const ofAccount = new URL(inboundUrl).pathname.split('/').at(-1)!;
    for (const hidden of [PASSWORD, ACCOUNT_PASSWORD, secret, ofAccount, KEY]) expect(log).not.toContain(hidden);
    expect(log).not.toMatch(/[?&]password=/);
  }, 90_000);
});
