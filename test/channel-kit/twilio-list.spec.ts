import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InboundEvent, Reading, ReplyEvent } from '../../src/channels';
import type { Clock } from '../../src/platform/clock';
import { SystemClock } from '../../src/platform/clock';
import { eventually } from '../support/eventually';
import { ACCOUNT_SID, NUMBER, POOLED, TwilioRig } from './twilio-rig';

/** Goes as the system's clock does, so much later. */
class LaterClock extends SystemClock {
  later = 0;
  override now(): Date {
    return new Date(Date.now() + this.later);
  }
}

const MINUTE = 60_000;

/** What is read in an account's list of messages. */
describe('the list of messages of a Twilio account', () => {
  const clock = new LaterClock();
  let rig: TwilioRig;
  let since: Date;
  let serial = 0;
  beforeAll(async () => {
    rig = await TwilioRig.start(clock satisfies Clock);
  });
  afterAll(() => rig.close());
  beforeEach(async () => {
    clock.later = 0;
    serial += 1;
    rig.simulator.fail([]);
    rig.simulator.setStatus(ACCOUNT_SID, 'active');
    // Texts of the test before are older than what this one begins with: Twilio keeps time to the second.
    await eventually(() => Promise.resolve(rig.simulator.messages().every(({ createdAt }) => Date.now() - createdAt > 1_000)));
    since = new Date(Date.now() + 10_000);
  });

  const someone = (ending = '55131') => `+1${500 + serial}55${ending}`;
  const poll = (cursor: object | null, line = rig.line) => rig.channel.poll(line, cursor, since);
  /** Reads to the end. */
  async function readOn(cursor: object | null): Promise<{ events: InboundEvent[]; cursor: object; asked: string[] }> {
    const events: InboundEvent[] = [];
    const before = rig.simulator.listed().length;
    let reading: Reading;
    do {
      reading = (await poll(cursor))!;
      events.push(...reading.events);
      ({ cursor } = reading);
    } while (reading.more);
    return {
      events,
      cursor,
      asked: rig.simulator
        .listed()
        .slice(before)
        .map(({ query }) => query),
    };
  }
  const texts = (events: readonly InboundEvent[]) => replies(events).map(({ text }) => text);
  const replies = (events: readonly InboundEvent[]) => events.filter((one): one is ReplyEvent => one.kind === 'reply');
  const writes = async (body: string, more: object = {}) =>
    (await rig.simulator.inbound({ from: someone(), to: NUMBER, body, ...more })).sid;
  const status = (sid: string) => rig.simulator.messages().find((one) => one.sid === sid)?.status;
  const sent = async (to: string, ends: string) => {
    const outcome = await rig.send(to);
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    await eventually(() => Promise.resolve(status(outcome.externalId!) === ends));
    return outcome.externalId!;
  };

  it('begins at the present end, and goes on with what has come since', async () => {
    await writes('Old');
    const begun = await readOn(null);
    expect(texts(begun.events)).toEqual([]);
    since = new Date(0);
    const sid = await writes('New');
    const { events } = await readOn(begun.cursor);
    expect(replies(events).at(-1)).toMatchObject({ externalId: sid, from: someone(), to: NUMBER, text: 'New', inReplyTo: null });
    const about = Math.abs(replies(events).at(-1)!.at.getTime() - Date.now());
    expect(about).toBeLessThan(5_000);
  });

  it('is the same reply as the callback tells of, with what its words mean and its files', async () => {
    since = new Date(Date.now() - 500);
    const stop = await writes('Stop');
    const picture = await writes('', { media: ['https://files.example.com/1.jpg', 'https://files.example.com/2.jpg'] });
    const read = replies((await readOn(null)).events).slice(-2);
    expect(read).toEqual([
      expect.objectContaining({ externalId: stop, keyword: 'opt_out' }),
      expect.objectContaining({ externalId: picture, text: '' }),
    ]);
    expect(read[0]).not.toHaveProperty('media');
    expect(read[1]!.media).toHaveLength(2);
    expect(read[1]!.media!.every(({ type, name, size }) => type === null && name === null && size === null)).toBe(true);
  });

  it('says what has become of our messages, and not of what is none of ours', async () => {
    since = new Date(Date.now() - 500);
    const arrived = await sent(someone(), 'delivered');
    const off = await sent(someone('30003'), 'undelivered');
    const unknown = await sent(someone('30410'), 'failed');
    const { events } = await readOn(null);
    const about = (sid: string) => events.filter((one) => 'externalId' in one && one.externalId === sid);
    expect(about(arrived)).toEqual([
      { kind: 'own-message', externalId: arrived, to: someone() },
      { kind: 'delivered', externalId: arrived, at: expect.any(Date) },
    ]);
    const error = { code: 'TWILIO_30003', notOnChannel: false, mayPass: true };
    expect(about(off)).toEqual([{ kind: 'send-error', externalId: off, providerId: null, ...error }]);
    // The carrier did not answer Twilio: that proves nothing.
    expect(about(unknown).filter(({ kind }) => kind !== 'own-message')).toEqual([]);
  });

  it('leaves to the callback for a moment what somebody wrote to a service', async () => {
    since = new Date(Date.now() - 500);
    const own = await writes('arret', { to: POOLED });
    const begun = await readOn(null);
    expect(replies(begun.events).map(({ externalId }) => externalId)).not.toContain(own);
    clock.later = 20_000;
    const { events } = await readOn(begun.cursor);
    expect(replies(events)).toContainEqual(expect.objectContaining({ externalId: own, to: POOLED, text: 'arret' }));
  });

  it('one question shows what is new, and none is passed over while others come', async () => {
    since = new Date(Date.now() - 500);
    const first = await Promise.all(Array.from({ length: 130 }, (_, n) => writes(`Text ${n}`)));
    const begun = (await poll(null))!;
    expect(begun.more).toBe(true);
    const meanwhile = await writes('Meanwhile');
    const rest = await readOn(begun.cursor);
    const found = [...replies(begun.events), ...replies(rest.events)].map(({ externalId }) => externalId);
    expect(found.filter((id) => first.includes(id))).toHaveLength(130);
    expect(new Set(found).size).toBe(found.length);
    expect(rest.asked[0]).toMatch(/PageSize=100&Page=1&PageToken=PA[SM]M/);
    // What came meanwhile stands before the page that was read first.
    expect(found).not.toContain(meanwhile);
    const next = await readOn(rest.cursor);
    expect(replies(next.events).map(({ externalId }) => externalId)).toContain(meanwhile);
    expect(next.asked).toHaveLength(1);
  });

  it('what fails long after it was read is found within a quarter of an hour, however much has come since', async () => {
    const begun = await readOn(null);
    since = new Date(0);
    const off = await rig.send(someone('30036'));
    const sid = off.kind === 'accepted' ? off.externalId! : '';
    const message = rig.simulator.messages().find((one) => one.sid === sid)!;
    await eventually(() => Promise.resolve(message.status === 'failed'));
    // Twilio tries for hours.
    Object.assign(message, { status: 'queued', error: null });
    await Promise.all(Array.from({ length: 210 }, (_, n) => writes(`Text ${n}`)));
    const between = await readOn(begun.cursor);
    clock.later = 5 * MINUTE;
    const calm = await readOn(between.cursor);
    clock.later = 8 * MINUTE;
    const calmer = await readOn(calm.cursor);
    Object.assign(message, { status: 'failed', error: 30036 });
    clock.later = 9 * MINUTE;
    const soon = await readOn(calmer.cursor);
    expect(soon.asked).toEqual(['PageSize=100']);
    expect(soon.events.filter(({ kind }) => kind === 'send-error')).toEqual([]);
    clock.later = 24 * MINUTE;
    const later = await readOn(soon.cursor);
    expect(later.events).toContainEqual(expect.objectContaining({ kind: 'send-error', externalId: sid, code: 'TWILIO_30036' }));
    expect(later.asked.map((query) => new URLSearchParams(query).get('PageSize'))).toContain('1000');
    clock.later = 25 * MINUTE;
    const next = await readOn(later.cursor);
    expect([texts(next.events), next.asked]).toEqual([[], ['PageSize=100']]);
  });

  it('a page that Twilio does not know any more is no end: it begins anew', async () => {
    since = new Date(Date.now() - 500);
    const sids = await Promise.all(Array.from({ length: 120 }, (_, n) => writes(`Text ${n}`)));
    const { cursor } = (await poll(null))! as { cursor: { news: { page: string } } };
    const lost = { ...cursor, news: { ...cursor.news, page: `PageSize=100&Page=1&PageToken=PASM${'0'.repeat(32)}` } };
    const found = replies((await readOn(lost)).events).map(({ externalId }) => externalId);
    expect(sids.filter((sid) => !found.includes(sid))).toEqual([]);
  });

  it.each([
    ['refuses', () => rig.simulator.setStatus(ACCOUNT_SID, 'suspended')],
    ['has trouble', () => rig.simulator.fail([{ name: 'server-error', times: null, everywhere: true }])],
    ['is asked too often', () => rig.simulator.fail([{ name: 'too-many-requests', times: null, everywhere: true }])],
    ['answers nonsense', () => rig.simulator.fail([{ name: 'garbage', times: null, everywhere: true }])],
    ['breaks off', () => rig.simulator.fail([{ name: 'cut', times: null, everywhere: true }])],
  ])('is not read when Twilio %s, nor when it does so on the way', async (_what, provoke) => {
    since = new Date(Date.now() - 500);
    await Promise.all(Array.from({ length: 120 }, (_, n) => writes(`Text ${n}`)));
    const begun = (await poll(null))!;
    provoke();
    expect(await poll(null)).toBeNull();
    expect(await poll(begun.cursor)).toBeNull();
  });

  it.each([401, 403, 404, 405, 501])('is not waited for where the account may not have it, by %i or not', async (status) => {
    const refusing = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 70051, message: 'Authorization: insufficient permission', status }));
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = refusing.address() as AddressInfo;
      const reading = await poll(null, rig.lineWith({ apiUrl: `http://127.0.0.1:${port}` }));
      // Who is not let in at all may be let in again.
      if (status === 401) expect(reading).toBeNull();
      else {
        expect([reading!.events, reading!.more]).toEqual([[], false]);
        // Once there is one, nothing of it is passed over.
        since = new Date(Date.now() - 500);
        const { cursor } = (await poll(null, rig.lineWith({ apiUrl: `http://127.0.0.1:${port}` })))!;
        await writes(`Hello ${status}`);
        expect(texts((await readOn(cursor)).events)).toContain(`Hello ${status}`);
      }
    } finally {
      refusing.close();
    }
  });

  it('nor by an account that lacks something', async () => {
    expect(await poll(null, rig.lineWith({ accountSid: null }))).toBeNull();
  });
});
