// How long others wait while one caller sends 10,000 leads (about 1 MB, and 5 MB with long notes), and while
// a file is imported: the slowest answer of /health/live, which needs no store. Goal: at most 50 ms.
import { request } from 'undici';
import { figure, median, product, stores } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const ROWS = 10_000;

const running = await stores();
const server = await product(running.env);
const authorization = `Bearer ${server.token}`;

/** The slowest answer in milliseconds while `work` runs. */
async function slowest(work) {
  let over = false;
  let most = 0;
  const asking = (async () => {
    while (!over) {
      const from = performance.now();
      await (await request(`${server.url}/health/live`)).body.dump();
      most = Math.max(most, performance.now() - from);
      await new Promise((done) => setTimeout(done, 2));
    }
  })();
  await work();
  over = true;
  await asking;
  return most;
}

let calls = 0;
const rows = (notes) => {
  calls += 1;
  return Array.from({ length: ROWS }, (_, n) => ({
    phone: `+1${300 + calls}${2_000_000 + n}`,
    email: `b${calls}n${n}@example.com`,
    notes,
  }));
};
async function post(notes) {
  const body = JSON.stringify({ leads: rows(notes) });
  const bytes = Buffer.byteLength(body);
  const answer = await request(`${server.url}/api/leads`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body,
  });
  const { savedCount } = await answer.body.json();
  if (savedCount !== ROWS) throw new Error(`${savedCount} of ${ROWS} leads were saved`);
  return bytes;
}
async function importFile() {
  const csv = ['phone,email', ...rows('').map(({ phone, email }) => `${phone},${email}`)].join('\n');
  const body = new FormData();
  body.set('file', new Blob([csv]), 'x.csv');
  const { importId } = await (
    await fetch(`${server.url}/api/leads/imports`, { method: 'POST', headers: { authorization }, body })
  ).json();
  for (;;) {
    const { finishedAt, saved } = await (
      await fetch(`${server.url}/api/leads/imports/${importId}`, { headers: { authorization } })
    ).json();
    if (finishedAt && saved !== ROWS) throw new Error(`${saved} of ${ROWS} leads were imported`);
    if (finishedAt) return Buffer.byteLength(csv);
    await new Promise((done) => setTimeout(done, 100));
  }
}

for (const [what, work] of [
  ['10,000 leads', () => post('')],
  ['10,000 leads with notes', () => post('x'.repeat(400))],
  ['an import of 10,000', importFile],
]) {
  const times = [];
  let bytes = 0;
  for (let round = 0; round <= ROUNDS; round += 1) {
    const most = await slowest(async () => (bytes = await work()));
    // The first round warms up.
    if (round > 0) times.push(most);
  }
  figure({
    name: 'blocking',
    what,
    megabytes: +(bytes / 1e6).toFixed(1),
    slowestOthersMs: Math.round(median(times)),
    goal: '<= 50',
  });
}
await server.stop();
await running.stop();
