// Messages sent a second through one worker and a bridge that answers at once, beside a process that runs an
// empty Bull job for each message and makes the same driver calls bare, on the same stores. Goal: at least
// half as many; and at most 6 round trips to MongoDB a message.
import { sendingProduct, sendRound } from './campaigns.mjs';
import { figure, median, start } from './support.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const LEADS = Number(process.env.BENCH_SENDS ?? 1_000);
const LINES = 20;

const bench = await sendingProduct({ APP_ROLE: 'all' });
await bench.lines(LINES);
const [ours, theirs, trips] = [[], [], []];
let kinds = {};
for (let round = 0; round <= ROUNDS; round += 1) {
  const { sent, seconds, commands } = await sendRound(bench, `Round ${round}`, LEADS);
  const perMessage = Object.fromEntries(Object.entries(commands).map(([name, n]) => [name, n / sent]));
  const bare = await start('bench/bare-sends.mjs', [JSON.stringify(perMessage), String(sent)], bench.env, /seconds (\S+)/);
  await bare.stop();
  // The first round warms up.
  if (round === 0) continue;
  ours.push(sent / seconds);
  theirs.push(sent / Number(bare.match[1]));
  trips.push(Object.values(perMessage).reduce((sum, n) => sum + n, 0));
  kinds = perMessage;
  if (process.env.BENCH_BY_COLLECTION) console.error(JSON.stringify(kinds, null, 1));
}
figure({
  name: 'dispatch',
  lines: LINES,
  messagesASecond: Math.round(median(ours)),
  baseline: Math.round(median(theirs)),
  ratio: +(median(ours) / median(theirs)).toFixed(2),
  goal: '>= 0.5',
});
figure({
  name: 'dispatch, round trips a message',
  roundTrips: +median(trips).toFixed(1),
  kinds: Object.fromEntries(Object.entries(kinds).map(([name, n]) => [name, +n.toFixed(1)])),
  goal: '<= 6',
});
await bench.close();
