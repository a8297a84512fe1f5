import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import Redis from 'ioredis';
import { request } from 'undici';
import { eventually } from './eventually';
import { freePort } from './free-port';
import { startStore, type StoreProcess } from './processes';

const ENCRYPTION_KEY = '0'.repeat(64);
const ROOT = resolve('.');

export interface LedgerSend {
  kind: string;
  at: number;
  address: string;
  text: string;
  tempGuid: string | null;
  guid: string | null;
  outcome: string;
  answer: string;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

const run = promisify(execFile);

/**
 * The product as separate processes on stores of their own: an API, workers, MongoDB, Redis, a bridge, each
 * of which can be killed. With `FAULTS_MONGODB_URI` on that MongoDB, which is killed and brought back by the
 * commands in `FAULTS_MONGODB_KILL` and `FAULTS_MONGODB_START`; with `FAULTS_REDIS_SERVER`, the path of a
 * redis-server, on a real Redis.
 */
export class Cluster {
  readonly workers: (ChildProcess | undefined)[] = [];
  private readonly dataDir = mkdtempSync(join(tmpdir(), 'tuco-cluster-'));
  private readonly external = process.env.FAULTS_MONGODB_URI;
  private mongo: StoreProcess | undefined;
  private redis: StoreProcess | undefined;
  private bridge!: StoreProcess;
  private api: ChildProcess | undefined;
  private readonly moreApis: string[] = [];
  /** Where their processes stand among the workers. */
  private readonly moreApiAt: number[] = [];
  private ports!: { mongo: number; redis: number; api: number };
  private closed = false;

  constructor(private readonly settings: Record<string, string>) {}

  get apiUrl(): string {
    return `http://127.0.0.1:${this.ports.api}`;
  }

  get mongodbUri(): string {
    return this.external ?? `mongodb://127.0.0.1:${this.ports.mongo}/tuco?replicaSet=rs0&directConnection=true`;
  }

  get redisUrl(): string {
    return `redis://127.0.0.1:${this.ports.redis}`;
  }

  get bridgeUrl(): string {
    return this.bridge.uri;
  }

  async start(workers: number): Promise<void> {
    this.ports = { mongo: await freePort(), redis: await freePort(), api: 0 };
    await Promise.all([this.startMongo(), this.startRedis()]);
    const ledger = join(this.dataDir, 'ledger.jsonl');
    const bridge = ['--password', 'one', '--ledger', ledger, '--times', 'quick', '--hold-ms', '60000'];
    this.bridge = await startStore('bluebubbles-simulator', bridge);
    await this.migrate();
    // Chosen right before it is used: the bridge may have taken one that was free a moment ago.
    this.ports.api = await freePort();
    await this.startApi();
    for (let index = 0; index < workers; index += 1) this.startWorker(index);
  }

  async startMongo(): Promise<void> {
    if (this.external) return byCommand(process.env.FAULTS_MONGODB_START);
    this.mongo = await startStore('embedded-mongo', ['--data', join(this.dataDir, 'mongo'), '--port', String(this.ports.mongo)]);
  }

  async killMongo(): Promise<void> {
    if (this.external) return byCommand(process.env.FAULTS_MONGODB_KILL);
    await this.mongo?.kill();
  }

  async startRedis(): Promise<void> {
    const server = process.env.FAULTS_REDIS_SERVER;
    const port = String(this.ports.redis);
    this.redis = server ? await startRedisServer(server, port) : await startStore('embedded-redis', ['--port', port]);
  }

  async killRedis(): Promise<void> {
    await this.redis?.kill();
  }

  private async migrate(): Promise<void> {
    const [code] = (await once(this.run('migrate', '0'), 'exit')) as [number | null];
    if (code !== 0) throw new Error(`The migrations ended with ${code}`);
  }

  /** Starts the worker, and again whenever it has died, until the cluster closes. */
  startWorker(index: number): void {
    if (this.closed) return;
    const child = this.run('worker', '0');
    this.workers[index] = child;
  }

  async killWorker(index: number): Promise<void> {
    const child = this.workers[index];
    if (child) await ended(child, 'SIGKILL');
  }

  async ledger(kind: 'send' | 'availability' = 'send'): Promise<LedgerSend[]> {
    const answer = await request(`${this.bridgeUrl}/ledger?kind=${kind}`);
    return (await answer.body.json()) as LedgerSend[];
  }

  async control(controls: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await (await request(`${this.bridgeUrl}/control`, { method: 'POST', headers, body: JSON.stringify(controls) })).body.dump();
  }

  async close(): Promise<void> {
    this.closed = true;
    const children = [this.api, ...this.workers].filter((child) => child !== undefined);
    await Promise.all(children.map((child) => ended(child, 'SIGKILL')));
    await Promise.all([this.bridge?.kill(), this.redis?.kill(), this.mongo?.kill()]);
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** Further API processes beside the first, on the same stores. */
  async startMoreApis(count: number): Promise<void> {
    for (let more = 0; more < count; more += 1) {
      // Chosen right before it is used.
      const port = await freePort();
      const child = this.run('api', String(port));
      this.moreApiAt.push(this.workers.push(child) - 1);
      this.moreApis.push(`http://127.0.0.1:${port}`);
      await this.ready(child, this.moreApis.at(-1)!);
    }
  }

  /** Of every API process, the first one first. */
  get apiUrls(): string[] {
    return [this.apiUrl, ...this.moreApis];
  }

  /** Asks an API process to end in order, as a deployment does, and starts another in its place. */
  async restartApi(index: number): Promise<void> {
    const url = this.apiUrls[index]!;
    const old = index === 0 ? this.api! : this.workers[this.moreApiAt[index - 1]!]!;
    const gone = once(old, 'exit');
    old.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    if (code !== 0) throw new Error(`The API ended with ${code}`);
    const child = this.run('api', new URL(url).port);
    if (index === 0) this.api = child;
    else this.workers[this.moreApiAt[index - 1]!] = child;
    await this.ready(child, url);
  }

  private async startApi(): Promise<void> {
    this.api = this.run('api', String(this.ports.api));
    await this.ready(this.api, this.apiUrl);
  }

  private async ready(child: ChildProcess, url: string): Promise<void> {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error('The API ended');
      return request(`${url}/health/ready`).then(
        async ({ statusCode, body }) => {
          await body.dump();
          return statusCode === 200;
        },
        () => false,
      );
    }, 60_000);
  }

  private run(role: string, port: string): ChildProcess {
    const environment = {
      ...process.env,
      NODE_ENV: 'test',
      APP_ROLE: role,
      PORT: port,
      HOST: '127.0.0.1',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'fatal',
      MONGODB_URI: this.mongodbUri,
      REDIS_URL: `redis://127.0.0.1:${this.ports.redis}`,
      LOCAL_ISSUER: 'true',
      RATE_LIMIT_PER_MINUTE: '10000000',
      ALLOW_PRIVATE_TARGETS: 'true',
      ENCRYPTION_KEY,
      DATA_DIR: this.dataDir,
      ...this.settings,
    };
    return spawn(process.execPath, ['--enable-source-maps', join(ROOT, 'dist', 'src', 'main.js')], {
      env: environment,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }

  /** A dashboard session of a workspace, signed as the API expects it. */
  get dataDirectory(): string {
    return this.dataDir;
  }
}

async function byCommand(command: string | undefined): Promise<void> {
  if (command) await run('sh', ['-c', command]);
}

/** A real Redis that keeps nothing on disk. */
async function startRedisServer(path: string, port: string): Promise<StoreProcess> {
  const child = spawn(path, ['--port', port, '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  const uri = `redis://127.0.0.1:${port}`;
  const redis = new Redis(uri, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  await redis.ping();
  redis.disconnect();
  return { uri, child, stop: () => ended(child, 'SIGTERM'), kill: () => ended(child, 'SIGKILL') };
}
