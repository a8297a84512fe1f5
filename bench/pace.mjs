// Lines with a rate, on a channel whose calls take 300 ms: ten lines of one message a second each, and one line of
// thirty a second with a burst of thirty. What is sent a second against what the pace allows, how far it was exceeded,
// commands to MongoDB a message, and what was sent twice. BENCH_PACE_SECONDS (30).
import { loadavg } from 'node:os';
import { enrolled, NOW, sendingProduct } from './campaigns.mjs';
import { figure, overPace } from './support.mjs';

const SECONDS = Number(process.env.BENCH_PACE_SECONDS ?? 30);
const rounded = (number, digits = 2) => +number.toFixed(digits);

async function measure(name, lines, pace) {
  const bench = await sendingProduct({ BENCH_CHANNEL: 'metered', TICK_MS: '1000' });
  await bench.lines(lines, { pace }, 'metered');
  const wanted = Math.floor(lines * pace.perSecond * SECONDS);
  const listId = await bench.list(name, wanted);
  const id = await bench.campaign(listId, [{ template: 'Hi {firstName|there}', wait: NOW }], { channel: 'metered' });
  await bench.commands();
  await bench.call('POST', `/campaigns/${id}/launch`);
  await enrolled(bench, id);
  await bench.until(async () => (await bench.taken()) >= wanted, 50);
  const { claims: _, ...commands } = await bench.commands();
  const book = await bench.book();
  await bench.close();
  const byLine = grouped(book);
  const timesOf = (rows) => rows.map(({ at }) => at).sort((a, b) => a - b);
  const spans = [...byLine.values()].map(timesOf);
  const seconds = Math.max(...spans.map((times) => (times.at(-1) - times[0]) / 1_000));
  // What a burst let go at once is no rate.
  const rate = spans.reduce((sum, times) => sum + Math.max(0, times.length - pace.burst), 0) / seconds;
  figure({
    name: `pace, ${name}`,
    lines,
    pace,
    messages: book.length,
    ofThePace: rounded(rate / (lines * pace.perSecond)),
    overPacePercent: rounded(100 * Math.max(0, ...spans.map((times) => overPace(times, pace))), 1),
    overPaceGoal: '<= 1',
    twice: book.length - new Set(book.map(({ to }) => to)).size,
    commands: rounded(Object.values(commands).reduce((sum, n) => sum + n, 0) / book.length, 1),
    load: rounded(loadavg()[0], 1),
  });
}

function grouped(book) {
  const byLine = new Map();
  for (const row of book) byLine.set(row.line, [...(byLine.get(row.line) ?? []), row]);
  return byLine;
}

await measure('ten lines, one a second each', 10, { perSecond: 1, burst: 1, inFlight: 2 });
await measure('one line, thirty a second', 1, { perSecond: 30, burst: 30, inFlight: 15 });
