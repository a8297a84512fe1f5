import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { Agent, request } from 'undici';
import { Stopping } from '../../src/platform/stopping';
import { errorDocs } from '../support/error-docs';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import { startTestApp, type Tenant, type TestApp } from '../support/test-app';

const CLIENTS = 8;
/** So many calls each client makes after it was said that the process is not ready. */
const CALLS_AFTER = 10;
const [PHONE, TEXT] = ['+12075550140', 'Nobody else reads this'];

interface Line {
  level: number;
  msg: string;
  context?: string;
  [more: string]: unknown;
}

describe('a process that is asked to stop', () => {
  let test: TestApp;
  let tenant: Tenant;
  let server: ChildProcess;
  let url: string;
  let said = '';
  const lines = () =>
    said
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line) as Line);

  beforeAll(async () => {
    test = await startTestApp({ APP_ROLE: 'api' });
    tenant = await test.tenant();
    await test.line(tenant);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const uri = new URL(process.env.MONGODB_URI!);
    uri.pathname = `/${test.place.name}`;
    const env = {
      ...process.env,
      NODE_ENV: 'test',
      APP_ROLE: 'all',
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      MONGODB_URI: uri.toString(),
      REDIS_PREFIX: test.place.name,
      ENCRYPTION_KEY: '0'.repeat(64),
      DATA_DIR: test.place.dataDir,
      LOCAL_ISSUER: 'true',
      ALLOW_PRIVATE_TARGETS: 'true',
      RATE_LIMIT_PER_MINUTE: '10000000',
      CONTACT_GAP_SECONDS: '0',
      DEVICE_GAP_SECONDS: '0',
      SEND_EDGE_SECONDS: '0',
      DRAIN_SECONDS: '5',
      SHUTDOWN_SECONDS: '15',
    };
    server = spawn(process.execPath, [resolve('dist', 'src', 'main.js')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    server.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await eventually(async () => said.includes('"Started"'));
  });
  afterAll(async () => {
    server.kill('SIGKILL');
    await test.close();
  });

  const headers = () => ({ authorization: `Bearer ${tenant.key}` });
  const isReady = async (): Promise<boolean> => {
    const { statusCode, body } = await request(`${url}/health/ready`, { reset: true });
    const { code } = (await body.json()) as { code?: string };
    if (statusCode === 503) expect(code).toBe('SHUTTING_DOWN');
    return statusCode === 200;
  };

  it('says in one line what runs, and in one what became of each send and each call', async () => {
    const started = lines();
    expect(started.filter(({ level }) => level >= 30)).toEqual([
      expect.objectContaining({ msg: 'Started', role: 'all', version: expect.any(String), port: Number(new URL(url).port) }),
    ]);
    const asked = { method: 'POST' as const, headers: { ...headers(), 'content-type': 'application/json' } };
    const sent = await request(`${url}/api/messages`, {
      ...asked,
      body: JSON.stringify({ message: TEXT, recipientPhone: PHONE }),
    });
    const { message } = (await sent.body.json()) as { message: { _id: string } };
    const ended = await eventually(async () => lines().find(({ msg }) => msg === 'A hand-over ended'));
    expect(ended).toMatchObject({
      level: 30,
      messageId: message._id,
      lineId: expect.stringMatching(/^[0-9a-f]{24}$/),
      workspaceId: tenant.id,
      channel: 'imessage',
      outcome: 'accepted',
      code: null,
    });
    const call = lines().find(({ msg }) => msg === 'request');
    expect(call).toMatchObject({
      route: 'POST /api/messages',
      status: 201,
      workspaceId: tenant.id,
      by: expect.stringMatching(/^key:[0-9a-f]{24}$/),
    });
    for (const secret of [PHONE, PHONE.slice(2), TEXT, tenant.key, '0'.repeat(64)]) expect(said).not.toContain(secret);
  });

  it('says that it is not ready, fails nobody, and ends with 0', async () => {
    let isLeaving = false;
    const answers: { status: number; closes: boolean; isLeaving: boolean }[] = [];
    const client = async () => {
      const agent = new Agent({ connections: 1, pipelining: 1, keepAliveTimeout: 60_000 });
      for (let left = CALLS_AFTER; left > 0;) {
        const wasLeaving = isLeaving;
        const { statusCode, headers: got, body } = await request(`${url}/api/lists`, { headers: headers(), dispatcher: agent });
        await body.dump();
        answers.push({ status: statusCode, closes: got.connection === 'close', isLeaving: wasLeaving });
        if (wasLeaving) left -= 1;
      }
      await agent.close();
    };
    const clients = Array.from({ length: CLIENTS }, client);
    await eventually(async () => answers.length > 10 * CLIENTS);
    expect(await isReady()).toBe(true);

    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await eventually(async () => !(await isReady()));
    isLeaving = true;
    await Promise.all(clients);

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const after = answers.filter((answer) => answer.isLeaving);
    expect(after.length).toBe(CLIENTS * CALLS_AFTER);
    expect(after.every(({ closes }) => closes)).toBe(true);
    expect(await gone).toEqual([0, null]);
    expect(lines().map(({ msg }) => msg)).toContain('Stopping');
    expect(lines().filter(({ level }) => level >= 50)).toEqual([]);
  });
});

describe('a request that comes when the port is closed, on a connection that is open', () => {
  it('is told in our own words to come again', async () => {
    const test = await startTestApp({ APP_ROLE: 'api' });
    const socket = connect(Number(new URL(test.url).port), '127.0.0.1');
    let got = '';
    socket.on('data', (chunk: Buffer) => (got += chunk.toString()));
    await once(socket, 'connect');
    socket.write('GET /health/live HTTP/1.1\r\nhost: x\r\n');
    // The connection is known to the server once it has answered another one.
    await request(`${test.url}/health/live`, { reset: true }).then(({ body }) => body.dump());
    const closed = test.close();
    await eventually(async () => test.app.get(Stopping).isClosing);
    socket.write('\r\n');
    await once(socket, 'close');
    await closed;
    const [head, body] = got.split('\r\n\r\n') as [string, string];
    expect(head).toMatch(/^HTTP\/1\.1 503 /);
    expect(head).toMatch(/^retry-after: 1\r?$/im);
    expect(head).toMatch(/^connection: close\r?$/im);
    expect(JSON.parse(body)).toEqual({ error: expect.any(String), code: 'SHUTTING_DOWN', docs: errorDocs('SHUTTING_DOWN') });
  });
});

describe('a server that closes', () => {
  // Node would wait for such connections for more than a minute.
  it('does not wait for connections on which nobody has asked anything', async () => {
    const test = await startTestApp({ APP_ROLE: 'api' });
    const { hostname, port } = new URL(test.url);
    const sockets = await Promise.all(
      Array.from({ length: 3 }, async () => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        return socket;
      }),
    );
    const ended = sockets.map((socket) => once(socket, 'close'));
    await test.close();
    await Promise.all(ended);
  }, 30_000);
});
