// Texts through Twilio's simulator: ten numbers of one account, each a line of one segment a second, at a latency of
// 300 ms, with 429s in between, and with the product killed in the middle and started again. What was sent a second
// against what the pace allows, by how much it was exceeded, what was sent twice, and what nobody can tell about.
// BENCH_SMS_SECONDS (40).
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { callApi, figure, freePort, overPace, product, start, stores } from './support.mjs';

const SECONDS = Number(process.env.BENCH_SMS_SECONDS ?? 40);
const LINES = 10;
const PACE = { perSecond: 1, burst: 1, inFlight: 2 };
const MESSAGES = LINES * PACE.perSecond * SECONDS;
const THROTTLED = 10;
const ACCOUNT = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'token-of-the-bench' };
const NUMBERS = Array.from({ length: LINES }, (_, line) => `+1202555${String(1_000 + line)}`);
const GIVE_UP_MS = 5 * 60_000;
const rounded = (number, digits = 2) => +number.toFixed(digits);

const running = await stores();
const twilio = await start(
  'libs/twilio-simulator/dist/main.js',
  ['--account', `${ACCOUNT.accountSid}:${ACCOUNT.authToken}:${NUMBERS.join(',')}`, '--latency-ms', '300'],
  {},
  /ready (\S+)/,
);
const apiUrl = twilio.match[1];
const port = await freePort();
const env = { ...running.env, PUBLIC_URL: `http://127.0.0.1:${port}`, SEND_EDGE_SECONDS: '0', TICK_MS: '1000' };
let server = await product(env, port);

const call = (method, path, body) => callApi(server, { method, path, body });
/** Texts that Twilio took. */
const taken = async () => (await (await request(`${apiUrl}/ledger?kind=message`)).body.json()) ?? [];

const { _id: accountId } = await call('POST', '/accounts', {
  channel: 'sms',
  settings: { accountSid: ACCOUNT.accountSid, apiUrl },
  secrets: { authToken: ACCOUNT.authToken },
});
for (const phone of NUMBERS) await call('POST', '/lines', { channel: 'sms', accountId, phone, pace: PACE });
const listId = (await call('POST', '/lists', { name: 'Texts' }))._id;
const leads = Array.from({ length: MESSAGES }, (_, lead) => ({ phone: `+1415${String(2_000_000 + lead * 7)}` }));
await call('POST', '/leads', { listId, leads });
const steps = [{ template: 'Your table is ready', wait: { amount: 0, unit: 'seconds' } }];
const { _id: campaign } = await call('POST', '/campaigns', { name: 'Texts', channel: 'sms', listId, steps });
await call('POST', `/campaigns/${campaign}/launch`);

const until = async (count) => {
  for (const giveUpAt = Date.now() + GIVE_UP_MS; (await taken()).length < count && Date.now() < giveUpAt;) await pause(100);
};
await until(MESSAGES / 4);
const faults = JSON.stringify([{ name: 'too-many-requests', times: THROTTLED }]);
await (
  await request(`${apiUrl}/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: faults })
).body.dump();
await until(MESSAGES / 2);
const gone = once(server.child, 'exit');
server.child.kill('SIGKILL');
await gone;
server = await product(env, port);
const shown = () => call('GET', `/campaigns/${campaign}`);
for (const giveUpAt = Date.now() + GIVE_UP_MS; !(await shown()).finished && Date.now() < giveUpAt;) await pause(500);

const book = await taken();
const { messageCounts: ends } = await shown();
const byLine = new Map();
for (const { from, at } of book) byLine.set(from, [...(byLine.get(from) ?? []), at]);
const spans = [...byLine.values()].map((times) => times.sort((a, b) => a - b));
const seconds = (Math.max(...spans.map((times) => times.at(-1))) - Math.min(...spans.map(([first]) => first))) / 1_000;
figure({
  name: 'channels, ten numbers at Twilio, 429s and a kill -9',
  lines: LINES,
  pace: PACE,
  messages: book.length,
  messagesASecond: rounded(book.length / seconds),
  ofThePace: rounded(book.length / seconds / (LINES * PACE.perSecond)),
  overPacePercent: rounded(100 * Math.max(0, ...spans.map((times) => overPace(times, PACE))), 1),
  overPaceGoal: '<= 1',
  twice: book.length - new Set(book.map(({ to }) => to)).size,
  ends,
  load: rounded(loadavg()[0], 1),
});
await server.stop();
await twilio.stop();
await running.stop();
