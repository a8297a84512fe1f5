// Messages sent a second in a workspace that has a million suppressions, beside one that has none: two
// products at once, of which one sends while the other waits. Goal: not slower by more than 5 %.
// BENCH_ROWS (1,000,000), BENCH_ROUNDS (7), BENCH_SENDS (600).
import { createRequire } from 'node:module';
import { sendingProduct, sendRound } from './campaigns.mjs';
import { figure, median } from './support.mjs';

const { MongoClient } = createRequire(import.meta.url)('mongodb');

const ROWS = Number(process.env.BENCH_ROWS ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
const LEADS = Number(process.env.BENCH_SENDS ?? 600);
const LINES = 20;
const BATCH_SIZE = 2_000;

const among = { none: await sendingProduct({ APP_ROLE: 'all' }), many: await sendingProduct({ APP_ROLE: 'all' }) };
for (const bench of Object.values(among)) await bench.lines(LINES);
await list(among.many);

const rates = { none: [], many: [] };
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const which of round % 2 ? ['none', 'many'] : ['many', 'none']) {
    const { sent, seconds } = await sendRound(among[which], `Round ${round}`, LEADS);
    // The first round warms up.
    if (round > 0) rates[which].push(sent / seconds);
  }
}
const ratios = rates.many.map((rate, round) => rate / rates.none[round]);
figure({
  name: 'dispatch among suppressions',
  suppressions: ROWS,
  messagesASecond: Math.round(median(rates.many)),
  baseline: Math.round(median(rates.none)),
  ratio: +median(ratios).toFixed(3),
  ratios: ratios.map((ratio) => +ratio.toFixed(2)),
  goal: '>= 0.95',
});
for (const bench of Object.values(among)) await bench.close();

/** Rows as an import leaves them, of people who are in none of the lists. */
async function list({ env }) {
  const client = await new MongoClient(env.MONGODB_URI).connect();
  const suppressions = client.db().collection('suppressions');
  for (let from = 0; from < ROWS; from += BATCH_SIZE) {
    const rows = Array.from({ length: Math.min(BATCH_SIZE, ROWS - from) }, (_, index) =>
      row(`listed${from + index}@example.com`),
    );
    await suppressions.insertMany(rows);
  }
  await client.close();
}

function row(address) {
  const now = new Date();
  const about = { domain: null, text: null, replyId: null, byWord: false, reviewUntil: null, note: null, createdBy: null };
  return {
    workspaceId: 'org_bench',
    key: address,
    address,
    channel: 'all',
    reason: 'unsubscribed',
    source: 'import',
    leadIds: [],
    via: [],
    isOwn: true,
    createdAt: now,
    updatedAt: now,
    ...about,
  };
}
