import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { LocalServer } from '../support/local-server';

const SIZE = '48m';
const ROWS = 100;
const dir = mkdtempSync(join(tmpdir(), 'tuco-small-disk-'));

/** A disk of that size in memory, which takes root. */
function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', dir], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const isMounted = mounted();

/** `npm start` on a disk that becomes full: nothing dies or is lost, and it goes on once there is room. */
(isMounted ? describe : describe.skip)('a disk that is full', () => {
  const server = new LocalServer({}, join(dir, 'data'));
  const filler = join(dir, 'filler');
  const acknowledged: number[] = [];

  beforeAll(() => server.start(), 120_000);
  afterAll(async () => {
    rmSync(filler, { force: true });
    await server.kill();
  });
  afterAll(() => {
    // The stores of a killed server end a moment later.
    eventually(async () => {
      execFileSync('umount', ['-l', dir], { stdio: 'ignore' });
      return true;
    }).catch(() => undefined);
    rmSync(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const rows = (batch: number) =>
    Array.from({ length: ROWS }, (_, n) => ({ email: `b${batch}n${n}@example.com`, notes: 'x'.repeat(2_000) }));
  const save = async (batch: number) => {
    const { status, body } = await server.call('post', '/leads').send({ leads: rows(batch) });
    if (status === 201) acknowledged.push(batch);
    return { status, code: (body as { code?: string }).code };
  };
  const fill = () => {
    try {
      for (;;) appendFileSync(filler, Buffer.alloc(64 * 1_024));
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
    }
  };

  it('is told as such, by callers that write and by a deep look, while everything can be read', async () => {
    expect((await save(0)).status).toBe(201);
    fill();
    const answers = [];
    for (let batch = 1; batch <= 40; batch += 1) answers.push(await save(batch));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.length).toBeGreaterThan(10);
    expect([...new Set(refused.map(({ status, code }) => `${status} ${code}`))]).toEqual(['503 STORAGE_FULL']);
    const upload = await server
      .call('post', '/leads/imports')
      .attach('file', Buffer.alloc(3_000_000, 'Phone\n12025550123\n'), 'x.csv');
    expect([upload.status, upload.body.code]).toEqual([503, 'STORAGE_FULL']);
    await eventually(async () => (await server.look('/health/ready?deep=1')).status === 503);
    expect((await server.call('get', '/leads?limit=5')).status).toBe(200);
    expect((await server.look('/health/live')).status).toBe(200);
    expect(server.said).not.toContain('starting them again');
  }, 240_000);

  it('goes on as soon as there is room, with all that was acknowledged', async () => {
    rmSync(filler);
    await eventually(async () => (await save(100)).status < 300);
    await eventually(async () => (await server.look('/health/ready?deep=1')).status === 200);
    for (const batch of acknowledged) {
      const { body } = await server
        .call('post', '/leads')
        .send({ leads: rows(batch) })
        .expect(200);
      expect(body.duplicateCount).toBe(ROWS);
    }
    expect(server.said).not.toContain('starting them again');
  }, 240_000);
});
