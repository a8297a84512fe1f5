import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Agent, request } from 'undici';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { Cluster } from '../support/cluster';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';

const ROLLS = Number(process.env.ROLLS ?? 10);
const CALLERS = 6;
const isThere = spawnSync('haproxy', ['-v']).status === 0;

interface Tally {
  answered: number;
  saved: number;
  failed: string[];
}

/** Two APIs behind the proxy of docker-compose.yml, each replaced again and again while people call. */
describe('rolling restarts behind the proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuco-proxy-'));
  const cluster = new Cluster({ DRAIN_SECONDS: '4' });
  const socket = join(folder, 'stats.sock');
  let proxy: ChildProcess | undefined;
  let url = '';
  let token = '';

  beforeAll(async () => {
    if (!isThere) return;
    await cluster.start(0);
    await cluster.startMoreApis(1);
    token = localSessionToken(cluster.dataDirectory, 'org_rolls', new Date());
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const config = join(folder, 'haproxy.cfg');
    writeFileSync(config, hereOn(port));
    proxy = spawn('haproxy', ['-f', config], { stdio: ['ignore', 'ignore', 'inherit'] });
    await eventually(() =>
      call('GET', '/lists').then(
        ({ status }) => status === 200,
        () => false,
      ),
    );
  }, 120_000);
  afterAll(async () => {
    proxy?.kill('SIGKILL');
    await cluster.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The configuration as it is, but for where things listen. */
  function hereOn(port: number): string {
    const servers = cluster.apiUrls.map((api, n) => `  server api${n} ${new URL(api).host}`).join('\n');
    const config = readFileSync('deploy/haproxy.cfg', 'utf8')
      .replace('global\n', `global\n  stats socket ${socket}\n`)
      .replace('bind :3000', `bind 127.0.0.1:${port}`)
      .replace(/^ {2}server-template .*$/m, servers);
    expect(config).toContain(servers);
    expect(config).toContain(String(port));
    expect(config).toContain(socket);
    return config;
  }

  /** How many APIs the proxy takes for well. */
  async function up(): Promise<number> {
    const asked = connect(socket);
    asked.end('show stat\n');
    const states = (await text(asked)).split('\n').filter((line) => /^api,api\d,/.test(line));
    return states.filter((line) => line.includes(',UP,')).length;
  }

  const agent = new Agent({ connections: CALLERS, keepAliveTimeout: 30_000 });
  async function call(method: 'GET' | 'POST', path: string, body?: object): Promise<{ status: number; body: string }> {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
    const answer = await request(`${url}/api${path}`, { method, headers, body: body && JSON.stringify(body), dispatcher: agent });
    return { status: answer.statusCode, body: await answer.body.text() };
  }

  async function keepCalling(caller: number, tally: Tally, isOver: () => boolean): Promise<void> {
    for (let n = 0; !isOver(); n += 1) {
      const isWrite = n % 2 === 0;
      const asked = isWrite
        ? call('POST', '/leads', { leads: [{ email: `r${caller}.${n}@example.com` }] })
        : call('GET', '/leads?limit=1');
      const { status, body } = await asked.catch((error: Error) => ({ status: 0, body: String(error.cause ?? error) }));
      if (status !== (isWrite ? 201 : 200)) tally.failed.push(`${status} ${body}`);
      tally.answered += 1;
      if (isWrite && status === 201) tally.saved += 1;
    }
  }

  (isThere ? it : it.skip)(
    `${ROLLS} of them fail no request${isThere ? '' : ' (haproxy is not installed here)'}`,
    async () => {
      const tally: Tally = { answered: 0, saved: 0, failed: [] };
      let isOver = false;
      const callers = Array.from({ length: CALLERS }, (_, caller) => keepCalling(caller, tally, () => isOver));
      for (let roll = 0; roll < ROLLS; roll += 1) {
        for (const index of [0, 1]) {
          await cluster.restartApi(index);
          // A deployment goes on when the proxy has noticed the new one.
          await eventually(async () => (await up()) === 2);
        }
      }
      isOver = true;
      await Promise.all(callers);
      expect(tally.failed).toEqual([]);
      expect(tally.answered).toBeGreaterThan(ROLLS * 100);
      // What was answered with 201 is there, once.
      const { body } = await call('GET', '/leads/count');
      expect(JSON.parse(body)).toMatchObject({ count: tally.saved });
    },
    600_000,
  );
});
