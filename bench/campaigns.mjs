// What the benchmarks of campaigns share: the product with a bridge that answers at once, lines without
// limits, a campaign, and the commands that the product sends to MongoDB.
import { once } from 'node:events';
import { request } from 'undici';
import { product, start, stores } from './support.mjs';

const NO_LIMIT = {
  dailyNewConversationsLimit: 1_000_000,
  hourlyNewConversationsLimit: 1_000_000,
  dailyTotalMessagesLimit: 1_000_000,
};
export const NOW = { amount: 0, unit: 'seconds' };

/** @param settings of the product, over those that take all gaps and edges away */
export async function sendingProduct(settings = {}) {
  const running = await stores();
  const bridge = await start(
    'libs/bluebubbles-simulator/dist/main.js',
    ['--password', 'one', '--times', 'quick', '--latency-ms', '0'],
    {},
    /ready (\S+)/,
  );
  const quick = {
    DEVICE_GAP_SECONDS: '0',
    CONTACT_GAP_SECONDS: '0',
    SEND_EDGE_SECONDS: '0',
    TICK_MS: '200',
    BENCH_COMMANDS: 'yes',
  };
  const uri = new URL(running.env.MONGODB_URI);
  uri.searchParams.set('monitorCommands', 'true');
  const server = await product({ ...running.env, ...quick, ...settings, MONGODB_URI: uri.toString() });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${server.token}` };
  const call = async (method, path, body) => {
    const answer = await request(`${server.url}/api${path}`, { method, headers, body: body && JSON.stringify(body) });
    const json = await answer.body.json();
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${JSON.stringify(json).slice(0, 300)}`);
    return json;
  };
  let made = 0;
  const ask = async (question) => {
    const answer = once(server.child, 'message');
    server.child.send(question);
    return (await answer)[0];
  };
  return {
    ...running,
    pid: server.pid,
    call,
    async lines(count, fields = {}, channel = 'imessage') {
      for (let line = 0; line < count; line += 1) {
        made += 1;
        const phone = `+1202555${String(1_000 + made)}`;
        const own = { channel, phone, deviceId: `mac-${made}`, bridgeUrl: bridge.match[1], bridgePassword: 'one' };
        await call('POST', '/lines', { ...NO_LIMIT, ...own, ...fields });
      }
    },
    /** A list of so many new leads. */
    async list(name, leads) {
      const listId = (await call('POST', '/lists', { name }))._id;
      for (let from = 0; from < leads; from += 5_000) {
        const rows = Array.from({ length: Math.min(5_000, leads - from) }, (_, index) => ({
          firstName: 'Ann',
          email: `${name.toLowerCase().replace(/\W/g, '')}.x${from + index}y@example.com`,
        }));
        await call('POST', '/leads', { listId, leads: rows });
      }
      return listId;
    },
    campaign: async (listId, steps, { channel = 'imessage', ...settings } = {}) =>
      (
        await call('POST', '/campaigns', {
          name: 'Bench',
          listId,
          channel,
          steps,
          settings: { contactGapSeconds: 0, ...settings },
        })
      )._id,
    async until(look, everyMs = 20) {
      for (;;) {
        const found = await look();
        if (found) return found;
        await new Promise((done) => setTimeout(done, everyMs));
      }
    },
    /** How many commands of each kind the product has sent since the last asking. */
    commands: () => ask('commands'),
    /** How many messages the channel of the bench has taken since the start: asked of it, at no cost to the store. */
    taken: () => ask('taken'),
    /** What it has taken: line, address and milliseconds of each arrival. */
    book: () => ask('book'),
    async close() {
      await server.stop();
      await bridge.stop();
      await running.stop();
    },
  };
}

export const enrolled = (bench, id) =>
  bench.until(async () => {
    const { enrolling } = await bench.call('GET', `/campaigns/${id}`);
    if (enrolling.state === 'failed') throw new Error(enrolling.reason);
    return enrolling.state === 'completed' && enrolling;
  }, 100);

/**
 * A campaign to a new list of so many leads, enrolled while it is paused, so that nothing but sending is
 * measured.
 * @returns how many were sent, in how many seconds, and how many commands of each kind that took
 */
export async function sendRound(bench, name, leads) {
  const listId = await bench.list(name, leads);
  const id = await bench.campaign(listId, [{ template: `Hi {firstName|there} ${name}`, wait: NOW }]);
  await bench.call('POST', `/campaigns/${id}/launch`);
  await bench.call('POST', `/campaigns/${id}/pause`);
  await enrolled(bench, id);
  const counts = async () => (await bench.call('GET', `/campaigns/${id}`)).messageCounts;
  await bench.until(async () => (await counts()).scheduled === 0);
  await bench.commands();
  const { queued: sent } = await counts();
  const from = performance.now();
  await bench.call('POST', `/campaigns/${id}/resume`);
  await bench.until(async () => (await counts()).queued === 0, 100);
  const seconds = (performance.now() - from) / 1_000;
  const { claims: _, ...commands } = await bench.commands();
  return { sent, seconds, commands };
}
