// What limits cost a call: POST /api/leads with one lead, and GET /api/leads, on a product that counts calls,
// beside one that does not, on the same stores, in short turns. Goal: not slower by more than 3 %. Their
// ratio scatters by a tenth from turn to turn; so BENCH_ROUNDS is 24.
import { figure, load, median, product, stores } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 24);
const MILLISECONDS = 1_500;
const CONNECTIONS = 16;

const running = await stores();
const products = { counting: await product(running.env), bare: await product({ ...running.env, RATE_LIMIT_PER_MINUTE: '0' }) };

let next = 0;
const lead = () => {
  next += 1;
  return JSON.stringify({ leads: [{ firstName: 'Ann', phone: `+1202${5_000_000 + next}`, email: `p${next}x@example.com` }] });
};
const CALLS = {
  single: { path: '/api/leads', body: lead },
  list: { path: '/api/leads?limit=50', method: 'GET' },
};

for (const [name, call] of Object.entries(CALLS)) {
  const turn = (which) => {
    const { url, token } = products[which];
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return load(url, { connections: CONNECTIONS, milliseconds: MILLISECONDS, headers, ...call });
  };
  for (const which of Object.keys(products)) for (let warm = 0; warm < 4; warm += 1) await turn(which);
  const rates = { counting: [], bare: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const which of round % 2 ? ['bare', 'counting'] : ['counting', 'bare']) rates[which].push(await turn(which));
  }
  const ratios = rates.counting.map((rate, round) => rate / rates.bare[round]);
  figure({
    name: `limits, ${name}`,
    requestsASecond: Math.round(median(rates.counting)),
    baseline: Math.round(median(rates.bare)),
    ratio: +median(ratios).toFixed(3),
    goal: '>= 0.97',
  });
}
for (const server of Object.values(products)) await server.stop();
await running.stop();
