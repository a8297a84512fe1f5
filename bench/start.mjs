// From `npm start`'s process to ready, with an empty data folder and again with what the first start left;
// memory at rest.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { figure, freePort, median, rssAnon, start } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const times = { empty: [], again: [] };
let memory = 0;
for (let round = 0; round < ROUNDS; round += 1) {
  const dataDir = mkdtempSync(join(tmpdir(), 'tuco-start-'));
  for (const kind of ['empty', 'again']) {
    const from = performance.now();
    const env = { DATA_DIR: dataDir, PORT: String(await freePort()), MONGODB_URI: '', REDIS_URL: '' };
    const server = await start('dist/src/local/start.js', [], env, /Ready/);
    times[kind].push(performance.now() - from);
    await new Promise((done) => setTimeout(done, 3_000));
    const children = execFileSync('pgrep', ['-P', String(server.child.pid)])
      .toString()
      .trim()
      .split('\n');
    memory = [String(server.child.pid), ...children].reduce((sum, pid) => sum + rssAnon(pid), 0);
    await server.stop();
  }
  rmSync(dataDir, { recursive: true, force: true });
}
figure({
  name: 'start',
  emptySeconds: +(median(times.empty) / 1000).toFixed(2),
  againSeconds: +(median(times.again) / 1000).toFixed(2),
  goal: '<= 5 s',
});
figure({ name: 'memory at rest', rssAnonMb: Math.round(memory), goal: '<= 300' });
