import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { QUICK_TIMES, type Simulator, startBlueBubblesSimulator } from '@tuco/bluebubbles-simulator';
import type { Connection } from 'mongoose';
import request, { type Test } from 'supertest';
import { ApiKeysService, Workspaces } from '../../src/auth';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { type Line, LinesService } from '../../src/lines';
import { migrate } from '../../src/migrate';
import type { Clock } from '../../src/platform/clock';
import { readConfig } from '../../src/platform/config';
import { type WorkspaceId, workspaceId } from '../../src/platform/ids';
import { createApp } from '../../src/server';
import { departures, watchContract } from './api-contract';

const ENCRYPTION_KEY = '0'.repeat(64);
export const BRIDGE_PASSWORDS = ['one', 'two', 'three'];

/** One tenant of a test: calls as an integrator makes them. */
export interface Tenant {
  id: WorkspaceId;
  key: string;
  call(method: 'get' | 'post' | 'patch' | 'delete', path: string): Test;
  get(path: string): Test;
  post(path: string, body?: object): Test;
  patch(path: string, body?: object): Test;
  delete(path: string, body?: object): Test;
}

export interface TestApp {
  app: NestFastifyApplication;
  url: string;
  simulator: Simulator;
  /** Makes a workspace with a key. */
  tenant(name?: string): Promise<Tenant>;
  /** A dashboard session of the workspace; it runs out twelve hours after it was issued. */
  session(workspace: string, role?: 'admin' | 'member' | 'viewer', issuedAt?: Date): string;
  /** A line of the tenant on the simulator's bridge with that number, 0 to 2; its webhooks arrive. */
  line(tenant: Tenant, bridge?: number, fields?: object): Promise<Line>;
  connection: Connection;
  /** What the router knows, such as `GET /api/leads/:id`. */
  routes: string[];
  /** Where its stores are, for another instance beside it. */
  place: { name: string; dataDir: string };
  close(): Promise<void>;
}

// Whatever a test asks and is answered has to be as docs/openapi.json says.
afterEach(() => expect(departures()).toEqual([]));

/**
 * The whole product, in this process, on the stores of the environment: a database and a Redis prefix of its
 * own, a simulated bridge, a free port. Gaps, edges and waits are 0 unless `settings` says otherwise.
 * @param beside an instance whose stores and bridges it shares, as workers do; that one is to be closed last
 */
export async function startTestApp(settings: Record<string, string> = {}, clock?: Clock, beside?: TestApp): Promise<TestApp> {
  const place = beside?.place ?? { name: `t${randomBytes(6).toString('hex')}`, dataDir: mkdtempSync(join(tmpdir(), 'tuco-')) };
  const { name, dataDir } = place;
  const bridges = BRIDGE_PASSWORDS.map((password) => ({ password }));
  const simulator =
    beside?.simulator ??
    (await startBlueBubblesSimulator({
      ledgerFile: null,
      bridges,
      times: QUICK_TIMES,
      ...(clock && { now: () => clock.now().getTime() }),
    }));
  const uri = new URL(process.env.MONGODB_URI!);
  uri.pathname = `/${name}`;
  uri.searchParams.set('monitorCommands', 'true');
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    MONGODB_URI: uri.toString(),
    REDIS_URL: process.env.REDIS_URL,
    REDIS_PREFIX: name,
    ENCRYPTION_KEY,
    DATA_DIR: dataDir,
    LOCAL_ISSUER: 'true',
    RATE_LIMIT_PER_MINUTE: '10000000',
    ALLOW_PRIVATE_TARGETS: 'true',
    DEVICE_GAP_SECONDS: '0',
    CONTACT_GAP_SECONDS: '0',
    OUTCOME_GIVE_UP_SECONDS: '1',
    SEND_EDGE_SECONDS: '0',
    // Each tick asks the stores, and most of what happens does not wait for one.
    TICK_MS: '200',
    SHUTDOWN_SECONDS: '5',
    // Whoever calls every endpoint waits for the end of the answer.
    EVENT_STREAM_SECONDS: '1',
    ...settings,
  });
  const { TEST_ISSUER_KEY } = process.env;
  if (!beside && TEST_ISSUER_KEY) writeFileSync(join(dataDir, 'local-issuer.pem'), TEST_ISSUER_KEY, { mode: 0o600 });
  if (!beside) await migrate(config.MONGODB_URI, 'run', { say: () => undefined });
  const app = await createApp(config, clock);
  const routes: string[] = [];
  const router = app.getHttpAdapter().getInstance();
  watchContract(router);
  router.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => `${one} ${url}`)));
  await app.listen(0, '127.0.0.1');
  const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const connection = app.get<Connection>(getConnectionToken());

  const tenant = async (id = `org_${randomBytes(5).toString('hex')}`): Promise<Tenant> => {
    const workspace = workspaceId(id);
    await app.get(Workspaces).findOrCreate(workspace, id, new Date());
    const { secret: key } = await app.get(ApiKeysService).create(workspace, 'test');
    const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
      request(url)[method](`/api${path}`).set('authorization', `Bearer ${key}`);
    return {
      id: workspace,
      key,
      call,
      get: (path) => call('get', path),
      post: (path, body) => call('post', path).send(body ?? {}),
      patch: (path, body) => call('patch', path).send(body ?? {}),
      delete: (path, body) => (body ? call('delete', path).send(body) : call('delete', path)),
    };
  };

  // Each event goes to every webhook of a bridge; lines of earlier tests have nothing to learn from it.
  let webhooks: { place: string; query: object; test: string | undefined }[] = [];
  const listenTo = async (bridge: number, inboundUrl: string): Promise<void> => {
    const { currentTestName } = expect.getState();
    const query = { password: BRIDGE_PASSWORDS[bridge] };
    for (const earlier of webhooks.filter(({ test }) => test !== undefined && test !== currentTestName)) {
      await request(simulator.url).delete(earlier.place).query(earlier.query);
    }
    webhooks = webhooks.filter(({ test }) => test === undefined || test === currentTestName);
    const { body } = await request(simulator.url)
      .post('/api/v1/webhook')
      .query(query)
      .send({ url: inboundUrl, events: ['new-message', 'updated-message', 'message-send-error', 'hello-world'] })
      .expect(200);
    webhooks.push({ place: `/api/v1/webhook/${body.data.id}`, query, test: currentTestName });
  };

  const line = async ({ id }: Tenant, bridge = 0, fields: object = {}): Promise<Line> => {
    const lines = app.get(LinesService);
    const made = await lines.create(id, {
      firstName: 'Test',
      lastName: `Line ${bridge}`,
      phone: `+1202555019${bridge}`,
      channel: 'imessage',
      deviceId: `mac-${bridge}`,
      bridgeUrl: simulator.url,
      bridgePassword: BRIDGE_PASSWORDS[bridge],
      ...fields,
    });
    await listenTo(bridge, `${url}${new URL(lines.inboundUrl(made)!).pathname}`);
    return made;
  };

  return {
    app,
    url,
    simulator,
    tenant,
    session: (workspace, role, issuedAt = new Date()) => localSessionToken(dataDir, workspace, issuedAt, role),
    line,
    connection,
    routes,
    place,
    async close() {
      if (beside) return app.close();
      await connection.dropDatabase().catch(() => undefined);
      await app.close();
      await simulator.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
