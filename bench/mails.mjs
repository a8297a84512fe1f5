// E-mail through the simulated mail server, five lines of one account: the pace of 100,000 mails in 8 hours (3.5 a
// second), in time that is so many times shorter; then a burst at 30 a second. What was sent a second against what the
// account's pace allows, by how much it was exceeded, what was sent twice, and commands to MongoDB a message.
// BENCH_MAILS (2000), BENCH_MAIL_FACTOR (8), BENCH_MAIL_BURST (600).
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { callApi, figure, overPace, product, start, stores } from './support.mjs';

const MAILS = Number(process.env.BENCH_MAILS ?? 2_000);
const FACTOR = Number(process.env.BENCH_MAIL_FACTOR ?? 8);
const BURST = Number(process.env.BENCH_MAIL_BURST ?? 600);
/** 100,000 in 8 hours. */
const STEADY_PER_SECOND = 100_000 / (8 * 3_600);
const ACCOUNT = { user: 'bench', password: 'password-of-the-bench' };
const SENDERS = Array.from({ length: 5 }, (_, line) => `sender${line}@bench.example`);
const GIVE_UP_MS = 10 * 60_000;
const LOOK_EVERY_MS = 500;
const rounded = (number, digits = 2) => +number.toFixed(digits);

const running = await stores();
const account = `${ACCOUNT.user}:${ACCOUNT.password}:${SENDERS.join(',')}`;
const mail = await start('libs/mail-simulator/dist/main.js', ['--account', account], {}, /ready (\S+) (\d+) (\d+)/);
const [, page, smtpPort] = mail.match;
const server = await product({ ...running.env, SEND_EDGE_SECONDS: '0', TICK_MS: '1000', BENCH_COMMANDS: '1' });

const call = (method, path, body) => callApi(server, { method, path, body });

async function commands() {
  const answer = once(server.child, 'message');
  server.child.send('commands');
  const [{ claims: _, ...counts }] = await answer;
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

const { _id: accountId } = await call('POST', '/accounts', {
  channel: 'email',
  settings: { smtpHost: '127.0.0.1', smtpPort: Number(smtpPort), smtpSecurity: 'none', smtpUser: ACCOUNT.user },
  secrets: { smtpPassword: ACCOUNT.password },
});
const lines = [];
for (const email of SENDERS) lines.push(await call('POST', '/lines', { channel: 'email', accountId, email, ramp: null }));

/** A campaign whose people are enrolled before anything is measured, at that pace of the account. */
async function round(name, count, pace) {
  await call('PATCH', `/accounts/${accountId}`, { overallPace: pace });
  for (const { _id } of lines) await call('PATCH', `/lines/${_id}`, { pace: { ...pace, inFlight: 3 } });
  const listId = (await call('POST', '/lists', { name }))._id;
  const people = Array.from({ length: count }, (_, person) => ({ email: `${name}${person}@people.example` }));
  for (let from = 0; from < count; from += 500) {
    await call('POST', '/leads', { listId, leads: people.slice(from, from + 500) });
  }
  const steps = [{ subject: 'Hello', template: 'Your table is ready', wait: { amount: 0, unit: 'seconds' } }];
  const { _id } = await call('POST', '/campaigns', { name, channel: 'email', listId, steps });
  await call('POST', `/campaigns/${_id}/launch`);
  await call('POST', `/campaigns/${_id}/pause`);
  const counts = async () => (await call('GET', `/campaigns/${_id}`)).messageCounts;
  const until = async (isOver) => {
    for (const giveUpAt = Date.now() + GIVE_UP_MS; !isOver(await counts()) && Date.now() < giveUpAt;) await pause(LOOK_EVERY_MS);
  };
  const total = (ends) => Object.values(ends).reduce((sum, ended) => sum + ended, 0);
  await until((ends) => total(ends) === count && ends.scheduled === 0);
  await commands();
  await call('POST', `/campaigns/${_id}/resume`);
  await until(({ scheduled, queued }) => scheduled + queued === 0);
  const used = await commands();
  const ledger = await (await request(`${page}/ledger`)).body.json();
  const book = ledger.filter(({ envelope }) => envelope.to.startsWith(name));
  const times = book.map(({ at }) => at).sort((a, b) => a - b);
  const seconds = (times.at(-1) - times[0]) / 1_000;
  return {
    mails: book.length,
    lines: SENDERS.length,
    pace,
    mailsASecond: rounded(book.length / seconds),
    ofThePace: rounded(book.length / (seconds * pace.perSecond + pace.burst)),
    overPacePercent: rounded(100 * overPace(times, pace), 1),
    overPaceGoal: '<= 1',
    twice: book.length - new Set(book.map(({ envelope }) => envelope.to)).size,
    commandsAMessage: rounded(used / count, 1),
    ends: await counts(),
    load: rounded(loadavg()[0], 1),
  };
}

const steady = { perSecond: rounded(STEADY_PER_SECOND * FACTOR, 3), burst: 5 };
figure({
  name: '100,000 mails in 8 hours, in shortened time',
  timesFaster: FACTOR,
  ...(await round('steady', MAILS, steady)),
});
figure({ name: 'a burst of 30 mails a second on one account', ...(await round('burst', BURST, { perSecond: 30, burst: 30 })) });
await server.stop();
await mail.stop();
await running.stop();
