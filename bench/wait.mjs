// What waiting costs: BENCH_WAITING (10,000) due messages on three lines of 75 a day whose day is used up,
// for BENCH_WAIT_SECONDS (60): job runs and commands to MongoDB, scaled to a day, and job runs for each
// message that the lines sent before. Goal: at most 1.2 runs a message sent.
import { MongoClient } from 'mongodb';
import { enrolled, NOW, sendingProduct } from './campaigns.mjs';
import { figure } from './support.mjs';

const WAITING = Number(process.env.BENCH_WAITING ?? 10_000);
const SECONDS = Number(process.env.BENCH_WAIT_SECONDS ?? 60);
const LINES = 3;
const LIMITS = { dailyNewConversationsLimit: 50, hourlyNewConversationsLimit: 50, dailyTotalMessagesLimit: 75 };

const bench = await sendingProduct({ TICK_MS: '1000' });
await bench.lines(LINES, LIMITS);
const client = await new MongoClient(bench.mongo).connect();
const listId = await bench.list('Waiting', WAITING);
const id = await bench.campaign(listId, [{ template: 'Hi', wait: NOW }]);
await bench.call('POST', `/campaigns/${id}/launch`);
await enrolled(bench, id);
// First touches end at 50 a line; the rest of the day's 75 are for follow-ups.
const counts = await bench.until(async () => {
  const { messageCounts } = await bench.call('GET', `/campaigns/${id}`);
  return messageCounts.scheduled === 0 && messageCounts.sent + messageCounts.delivered >= LINES * 50 && messageCounts;
}, 500);
const { claims: sending } = await bench.commands();
await new Promise((done) => setTimeout(done, SECONDS * 1_000));
const { claims, ...commands } = await bench.commands();
const all = Object.values(commands).reduce((sum, n) => sum + n, 0);
const sent = counts.sent + counts.delivered;
figure({
  name: 'wait',
  waiting: counts.queued,
  lines: LINES,
  sent,
  jobRunsAMessageSent: +((sending + claims) / sent).toFixed(2),
  goal: '<= 1.2',
  jobRunsADayWhileWaiting: Math.round((claims * 86_400) / SECONDS),
  commandsADayWhileWaiting: Math.round((all * 86_400) / SECONDS),
});
await client.close();
await bench.close();
