import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import request from 'supertest';
import { eventually } from '../support/eventually';
import { freePort } from '../support/free-port';

const KEY = `tuco_sk_${'s'.repeat(43)}`;

describe('a server that is asked to stop', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuco-shutdown-'));
  let server: ChildProcess;
  let url: string;
  let said = '';

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const settings = {
      DATA_DIR: dataDir,
      PORT: String(port),
      BOOTSTRAP_API_KEY: KEY,
      LOG_LEVEL: 'info',
      MONGODB_URI: '',
      REDIS_URL: '',
    };
    const script = resolve('dist', 'src', 'local', 'start.js');
    server = spawn(process.execPath, [script], { env: { ...process.env, ...settings }, stdio: 'pipe' });
    server.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    server.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await eventually(async () => said.includes('Ready:'));
  }, 60_000);
  afterAll(() => {
    server.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  it('cuts no request, and ends in order', async () => {
    const call = (batch: number) => {
      const leads = Array.from({ length: 2_000 }, (_, index) => ({ email: `b${batch}n${index}x@example.com` }));
      const asked = request(url)
        .post('/api/leads')
        .set('authorization', `Bearer ${KEY}`)
        .set('x-correlation-id', `batch-${batch}`);
      return asked.send({ leads });
    };
    const answers = Array.from({ length: 6 }, (_, batch) =>
      call(batch).then(({ status, body }) => ({ status, saved: body.savedCount })),
    );
    // Once one is answered, the others, sent with it, are being worked on.
    await Promise.race(answers);
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 6 }, () => ({ status: 201, saved: 2_000 })));
    expect(await gone).toEqual([0, null]);
  }, 60_000);

  it('has logged each request under its correlation id, as JSON lines', () => {
    const lines = said.split('\n').filter((line) => line.startsWith('{'));
    const logged = lines.map((line) => JSON.parse(line) as { correlationId?: string; route?: string; status?: number });
    for (let batch = 0; batch < 6; batch += 1) {
      expect(logged).toContainEqual(
        expect.objectContaining({ correlationId: `batch-${batch}`, route: 'POST /api/leads', status: 201 }),
      );
    }
    // The banner of the first start shows the key, once; the log never does.
    expect(lines.join('\n')).not.toContain(KEY);
  });
});
