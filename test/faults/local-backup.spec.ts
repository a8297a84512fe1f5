import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LocalServer } from '../support/local-server';

/** `npm run backup:local` beside `npm start`, and another data folder made of it. */
describe('a backup of local data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tuco-local-backup-'));
  const [first, second] = [new LocalServer(), new LocalServer()];

  beforeAll(() => first.start(), 60_000);
  afterAll(async () => {
    await Promise.all([first.remove(), second.remove()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const command = (name: string, args: string[], dataDir: string) =>
    spawnSync(process.execPath, [resolve('dist', 'src', 'local', `${name}.js`), ...args], {
      env: { PATH: process.env.PATH, DATA_DIR: dataDir },
      encoding: 'utf8',
    });

  it('holds what is there while it runs, and starts elsewhere with its keys', async () => {
    await first
      .call('post', '/leads')
      .send({ leads: [{ email: 'kept@example.com' }] })
      .expect(201);
    const made = command('backup', [folder], first.dataDir);
    expect([made.status, made.stderr]).toEqual([0, '']);
    // A folder that is in use is not written into.
    expect(command('restore', [folder], first.dataDir).status).toBe(1);
    expect(command('restore', [folder, '--sends-at-once'], second.dataDir).status).toBe(0);
    expect(command('backup', [join(folder, 'more')], second.dataDir).stderr).toContain('No server with stores of its own runs');
    await second.start();
    expect((await second.call('get', '/leads/count').expect(200)).body.count).toBe(1);
    // Its lines' passwords are opened by the key that came with it.
    expect((await second.call('get', '/lines').expect(200)).body.lines).toHaveLength(4);
    await second.call('post', '/lists').send({ name: 'It goes on' }).expect(201);
  });
});
