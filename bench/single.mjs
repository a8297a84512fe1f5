// POST /api/leads with one lead, 16 connections, beside a bare Nest handler that does one insertOne. Goal: at
// least 0.5 of it. Also what such a handler reaches that saves in a transaction, as every call of ours has
// to: no call can do better than that.
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
const theirs = (path) =>
  load(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, milliseconds: MILLISECONDS, path, headers, body: lead });

// Twice: so much code takes the compiler longer than a handler of three lines.
for (let warm = 0; warm < 2; warm += 1) {
  await ours();
  await theirs('/bare');
  await theirs('/bare/together');
}
const [a, b, c] = [[], [], []];
for (let round = 0; round < ROUNDS; round += 1) {
  a.push(await ours());
  b.push(await theirs('/bare'));
  c.push(await theirs('/bare/together'));
}
const ratioOf = (rates) => +median(rates.map((rate, round) => rate / b[round])).toFixed(2);
figure({
  name: 'single',
  requestsASecond: Math.round(median(a)),
  baseline: Math.round(median(b)),
  ratio: ratioOf(a),
  ratioOfABareTransaction: ratioOf(c),
  goal: '>= 0.5',
});
await bare.stop();
await server.stop();
await running.stop();
