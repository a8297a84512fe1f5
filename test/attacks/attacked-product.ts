import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { QUICK_TIMES, type Simulator, startBlueBubblesSimulator } from '@tuco/bluebubbles-simulator';
import { type Connection, createConnection } from 'mongoose';
import request from 'supertest';
import { Pool } from 'undici';
import { localSessionToken } from '../../src/auth/infrastructure/local-issuer';
import { migrate } from '../../src/migrate';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';
import type { Tenant } from '../support/test-app';

/** What no answer and no line of the log may hold. */
const ENCRYPTION_KEY = 'd00d'.repeat(16);
const BRIDGE_PASSWORD = 'a-bridge-password-that-nobody-is-shown';

const passwordOf = (bridge: number) => `${BRIDGE_PASSWORD}-${bridge}`;

/** What shows that an answer was written by the runtime, or by a store, for nobody's eyes. */
const INSIDES = /\bat [^\n"]{1,200}\(?\/[^\n"]+:\d+:\d+|node_modules|\.(?:js|ts):\d+|Mongo(?:Server|Network)?Error|ECONNREFUSED/;

/** As `npm start` runs it: on a machine that is not large. */
const HEAP = ['--max-semi-space-size=4', '--max-old-space-size=768'];

/** Memory of the process after an attack, in MB of RssAnon, and while it lasts. */
const MOST_MEMORY_MB = 1_024;

export interface Shot {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Whose call it is: what others have is not to be seen in the answer. */
  as?: string;
}

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/**
 * The product as it is started in production, in a process of its own on the stores of the tests, so that its
 * death, its memory and its log are seen from outside. Each answer is judged as it comes: no 5xx, nothing of
 * the inside, nothing of another workspace.
 */
export class AttackedProduct {
  readonly troubles: string[] = [];
  readonly statuses: Record<number, number> = {};
  shots = 0;
  log = '';
  mostMemoryMb = 0;
  private peakMb = 0;
  readonly dataDir: string;
  readonly simulator: Simulator;
  readonly connection: Connection;
  readonly url: string;
  readonly pool: Pool;
  private readonly marks = new Map<string, string[]>();
  private readonly hidden: string[] = [ENCRYPTION_KEY, BRIDGE_PASSWORD];
  private readonly watch: NodeJS.Timeout;
  private ending = false;

  private constructor(
    private readonly child: ChildProcess,
    { port, uri, simulator, dataDir }: { port: number; uri: string; simulator: Simulator; dataDir: string },
  ) {
    this.dataDir = dataDir;
    this.simulator = simulator;
    this.url = `http://127.0.0.1:${port}`;
    this.connection = createConnection(uri);
    this.pool = new Pool(this.url, { connections: 16, headersTimeout: 120_000, bodyTimeout: 120_000 });
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (this.log += chunk.toString()));
    child.once('exit', (code, signal) => {
      if (!this.ending) this.troubles.push(`The process died: ${code ?? signal}\n${this.log.slice(-2_000)}`);
    });
    this.watch = setInterval(() => this.weigh(), 50);
  }

  static async start(settings: Record<string, string> = {}): Promise<AttackedProduct> {
    const name = `a${randomBytes(6).toString('hex')}`;
    const dataDir = mkdtempSync(join(tmpdir(), 'tuco-attacked-'));
    const uri = new URL(process.env.MONGODB_URI!);
    uri.pathname = `/${name}`;
    await migrate(uri.toString(), 'run', { say: () => undefined });
    const bridges = [0, 1].map((bridge) => ({ password: passwordOf(bridge) }));
    const simulator = await startBlueBubblesSimulator({ ledgerFile: null, bridges, times: QUICK_TIMES });
    const port = await freePort();
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      APP_ROLE: 'all',
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'debug',
      MONGODB_URI: uri.toString(),
      REDIS_URL: process.env.REDIS_URL,
      REDIS_PREFIX: name,
      LOCAL_ISSUER: 'true',
      RATE_LIMIT_PER_MINUTE: '10000000',
      ALLOW_PRIVATE_TARGETS: 'true',
      ENCRYPTION_KEY,
      DATA_DIR: dataDir,
      EVENT_STREAM_SECONDS: '1',
      TICK_MS: '200',
      SHUTDOWN_SECONDS: '5',
      ...settings,
    };
    const child = spawn(process.execPath, ['--enable-source-maps', ...HEAP, resolve('dist', 'src', 'main.js')], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const product = new AttackedProduct(child, { port, uri: uri.toString(), simulator, dataDir });
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`The product ended: ${product.log}`);
      return (await product.raw({ method: 'GET', path: '/health/ready' }).catch(() => null))?.status === 200;
    });
    return product;
  }

  /** A workspace with a key, made as a dashboard makes it. */
  async tenant(id = `org_${randomBytes(5).toString('hex')}`): Promise<Tenant> {
    const made = await request(this.url)
      .post('/api/api-keys')
      .set('authorization', `Bearer ${this.session(id)}`)
      .send({ name: 'attacked' })
      .expect(201);
    const key = (made.body as { key: string }).key;
    this.hidden.push(key);
    const call = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
      request(this.url)[method](`/api${path}`).set('authorization', `Bearer ${key}`);
    return {
      id: id as Tenant['id'],
      key,
      call,
      get: (path) => call('get', path),
      post: (path, body) => call('post', path).send(body ?? {}),
      patch: (path, body) => call('patch', path).send(body ?? {}),
      delete: (path, body) => (body ? call('delete', path).send(body) : call('delete', path)),
    };
  }

  session(workspace: string, role: 'admin' | 'member' = 'admin'): string {
    return localSessionToken(this.dataDir, workspace, new Date(), role);
  }

  async line(tenant: Tenant, bridge = 0): Promise<{ id: string; inboundUrl: string }> {
    const fields = { phone: `+1202555019${bridge}`, deviceId: `mac-${tenant.id}-${bridge}`, bridgeUrl: this.simulator.url };
    const { body } = await tenant.post('/lines', { ...fields, bridgePassword: passwordOf(bridge) }).expect(201);
    return { id: body._id as string, inboundUrl: body.inboundUrl as string };
  }

  /** Texts of a workspace that no other may see. */
  mark(workspace: string, texts: string[]): void {
    this.marks.set(workspace, [...(this.marks.get(workspace) ?? []), ...texts]);
  }

  /** Texts that no line of the log may hold. */
  hide(...texts: string[]): void {
    this.hidden.push(...texts);
  }

  /** One attack, judged. @returns `null` when the connection was closed, which is an answer too */
  async fire(shot: Shot): Promise<Answer | null> {
    const answer = await this.raw(shot).catch((error: NodeJS.ErrnoException) => {
      // A server that refuses a body closes before all of it was sent.
      if (['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '')) return null;
      throw error;
    });
    this.shots += 1;
    if (answer) this.judge(shot, answer);
    return answer;
  }

  /** Judges an answer, however it was got. */
  judge({ method, path, as }: Pick<Shot, 'method' | 'path' | 'as'>, { status, text }: Pick<Answer, 'status' | 'text'>): void {
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
    const complain = (what: string) =>
      void this.troubles.push(`${what}: ${method} ${path.slice(0, 200)} → ${status} ${text.slice(0, 300)}`);
    // What a bridge or a file's server did is told with these codes, and is no trouble of ours.
    const isOfProvider = status === 502 || (status === 503 && text.includes('AVAILABILITY_UNKNOWN'));
    if (status >= 500 && !isOfProvider) complain('A 5xx');
    if (INSIDES.test(text)) complain('It shows its inside');
    for (const secret of [ENCRYPTION_KEY, BRIDGE_PASSWORD]) if (text.includes(secret)) complain('A secret');
    for (const [workspace, texts] of this.marks) {
      if (workspace === as) continue;
      for (const mark of texts) if (text.includes(mark)) complain(`Something of ${workspace} (${mark})`);
    }
  }

  /** Sends many at the same time. */
  async volley(shots: Iterable<Shot>, atOnce = 12, seen?: (shot: Shot, answer: Answer | null) => void): Promise<void> {
    const left = shots[Symbol.iterator]();
    const shoot = async () => {
      for (let next = left.next(); !next.done && this.troubles.length < 50; next = left.next()) {
        const answer = await this.fire(next.value);
        seen?.(next.value, answer);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, shoot));
  }

  /**
   * What was wrong: in any answer, in the log, with the process. To be expected to be empty at the end of
   * each attack.
   */
  async verdict(): Promise<string[]> {
    const live = await this.raw({ method: 'GET', path: '/health/ready' }).catch((error: Error) => ({ status: error.message }));
    if (live.status !== 200) this.troubles.push(`It is not ready: ${live.status}`);
    for (const secret of this.hidden) {
      const at = this.log.indexOf(secret);
      if (at >= 0) this.troubles.push(`A secret in the log: ${this.log.slice(Math.max(0, at - 200), at + 80)}`);
    }
    const unexpected = /[^\n]*(?:unhandledRejection|UnhandledPromise|uncaughtException|FATAL ERROR)[^\n]*/.exec(this.log);
    if (unexpected) this.troubles.push(`In the log: ${unexpected[0].slice(0, 400)}`);
    this.weigh();
    if (this.mostMemoryMb > MOST_MEMORY_MB) this.troubles.push(`${Math.round(this.mostMemoryMb)} MB of memory`);
    this.peakMb = Math.max(this.peakMb, this.mostMemoryMb);
    this.mostMemoryMb = 0;
    return this.troubles.splice(0);
  }

  /** @param what is said to have been attacked, in a line for whoever reads the run */
  async close(what: string): Promise<void> {
    const figures = {
      shots: this.shots,
      statuses: this.statuses,
      mostMemoryMb: Math.round(Math.max(this.peakMb, this.mostMemoryMb)),
    };
    process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
    this.ending = true;
    clearInterval(this.watch);
    await this.pool.destroy();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await gone;
    }
    await this.connection.dropDatabase().catch(() => undefined);
    await this.connection.close();
    await this.simulator.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  private async raw({ method, path, headers, body }: Shot): Promise<Answer> {
    const answer = await this.pool.request({ method: method as 'GET', path, headers, body });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  }

  private weigh(): void {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      this.mostMemoryMb = Math.max(this.mostMemoryMb, Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
    } catch {
      // It is gone, or this is no Linux.
    }
  }
}
