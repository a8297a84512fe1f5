import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import request, { type Test } from 'supertest';
import { eventually } from './eventually';
import { freePort } from './free-port';

const KEY = `tuco_sk_${'k'.repeat(43)}`;

/** `npm start` as a person runs it, on a data folder of its own, to be killed and started again. */
export class LocalServer {
  /** All that it has said since it was started. */
  said = '';
  private port = 0;
  private server: ChildProcess;

  /** @param more settings beside its own */
  constructor(
    private readonly more: Record<string, string> = {},
    readonly dataDir = mkdtempSync(join(tmpdir(), 'tuco-killed-')),
  ) {}

  /** Ready when it says so. @throws what it said when it ends instead */
  async start(): Promise<void> {
    this.port ||= await freePort();
    const settings = {
      DATA_DIR: this.dataDir,
      PORT: String(this.port),
      BOOTSTRAP_API_KEY: KEY,
      DEVICE_GAP_SECONDS: '0',
      CONTACT_GAP_SECONDS: '0',
      SEND_EDGE_SECONDS: '0',
      PROVIDER_TIMEOUT_SECONDS: '3',
      OUTCOME_GIVE_UP_SECONDS: '3',
      CLAIM_LEASE_SECONDS: '5',
      BACKGROUND_LEASE_SECONDS: '2',
      LOG_LEVEL: 'fatal',
      ...this.more,
    };
    this.server = spawn(process.execPath, [resolve('dist', 'src', 'local', 'start.js')], {
      env: { ...process.env, ...settings, MONGODB_URI: '', REDIS_URL: '' },
      stdio: 'pipe',
    });
    this.said = '';
    this.server.stdout!.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    this.server.stderr!.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
    await eventually(async () => {
      if (this.server.exitCode !== null) throw new Error(`The server ended: ${this.said}`);
      return this.said.includes('Ready:');
    });
  }

  /** In order. @returns its exit code */
  async stop(): Promise<number | null> {
    const gone = once(this.server, 'exit');
    this.server.kill('SIGTERM');
    return ((await gone) as [number | null])[0];
  }

  /** Without a goodbye. */
  async kill(): Promise<void> {
    const gone = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await gone;
  }

  async remove(): Promise<void> {
    if (this.server.exitCode === null && this.server.signalCode === null) await this.kill();
    rmSync(this.dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Outside of `/api`, without a key. */
  look(path: string): Test {
    return request(this.url).get(path);
  }

  call(method: 'get' | 'post' | 'patch' | 'delete', path: string): Test {
    return request(`http://127.0.0.1:${this.port}`)[method](`/api${path}`).set('authorization', `Bearer ${KEY}`);
  }
}
