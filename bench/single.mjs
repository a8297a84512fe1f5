// POST /api/leads with one lead, 16 connections, beside a bare Nest handler that does one insertOne. Goal: at least 0.5 of it.
import { figure, freePort, load, median, product, start, stores } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const MILLISECONDS = 3_000;
const CONNECTIONS = 16;

const running = await stores();
const server = await product(running.env);
const port = await freePort();
const bare = await start('bench/bare.mjs', [], { ...running.env, PORT: String(port) }, /listening/);

let next = 0;
const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.token}` };
const lead = () => {
  next += 1;
  return JSON.stringify({
    leads: [{ firstName: 'Ann', phone: `+1202${String(5_000_000 + next)}`, email: `p${next}x@example.com` }],
  });
};
const ours = () =>
  load(server.url, { connections: CONNECTIONS, milliseconds: MILLISECONDS, path: '/api/leads', headers, body: lead });
const theirs = () =>
  load(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, milliseconds: MILLISECONDS, path: '/bare', headers, body: lead });

await ours();
await theirs();
const [a, b] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  a.push(await ours());
  b.push(await theirs());
}
figure({
  name: 'single',
  requestsASecond: Math.round(median(a)),
  baseline: Math.round(median(b)),
  ratio: +(median(a) / median(b)).toFixed(2),
  goal: '>= 0.5',
});
await bare.stop();
await server.stop();
await running.stop();
