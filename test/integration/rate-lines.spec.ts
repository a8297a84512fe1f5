import { type Channel, type ChannelLine, Channels, type Outgoing, type SendOutcome } from '../../src/channels';
import { eventually } from '../support/eventually';
import { SendDesk } from '../support/send-desk';
import { ShiftedClock } from '../support/shifted-clock';
import { startTestApp, type TestApp } from '../support/test-app';

const PACE = { perSecond: 40, burst: 6, inFlight: 3 };

/** A channel whose provider counts by time. It holds each call until it is let go. */
class MeteredChannel implements Channel {
  readonly name = 'metered';
  readonly provider = 'metered';
  readonly reaches = ['email'] as const;
  readonly pace = PACE;
  readonly arrivals: { to: string; at: number }[] = [];
  private readonly held: (() => void)[] = [];
  underWay = 0;
  mostUnderWay = 0;
  isHolding = false;

  lineProblems(): [] {
    return [];
  }

  unitsOf(text: string): number {
    return text.length / 10;
  }

  async send(_line: ChannelLine, { to, providerId }: Outgoing): Promise<SendOutcome> {
    this.arrivals.push({ to, at: performance.now() });
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    if (this.isHolding) await new Promise<void>((resolve) => this.held.push(resolve));
    this.underWay -= 1;
    return { kind: 'accepted', externalId: providerId, at: null };
  }

  letGo(): void {
    this.isHolding = false;
    for (const go of this.held.splice(0)) go();
  }

  health(): Promise<null> {
    return Promise.resolve(null);
  }
}

describe('lines with a rate', () => {
  let test: TestApp;
  let desk: SendDesk;
  let metered: MeteredChannel;
  const clock = new ShiftedClock().aheadToNoon();
  beforeAll(async () => {
    test = await startTestApp({}, clock);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    metered = new MeteredChannel();
    Object.assign(test.app.get(Channels), new Channels([metered]));
    desk = new SendDesk([test], await test.tenant());
  });
  afterEach(() => metered.letGo());

  const line = async (fields: object = {}) => {
    const { body } = await desk.tenant.post('/lines', { channel: 'metered', email: 'us@example.com', ...fields }).expect(201);
    return body as { _id: string };
  };
  const send = (n: number, lineId: string, message = 'Hi') =>
    desk.tenant
      .post('/messages', { recipientEmail: `p${n}@rate.example`, message, messageType: 'metered', fromLineId: lineId })
      .expect(201);
  const usage = async () => (await desk.usage()).totalMessagesCount;

  it('send several messages at the same time, never more than may be in flight, and go on as calls end', async () => {
    metered.isHolding = true;
    const { _id } = await line();
    for (let n = 0; n < 8; n += 1) await send(n, _id);
    await eventually(async () => metered.underWay === PACE.inFlight);
    const waiting = await desk.tenant.get('/messages').expect(200);
    const reasons = waiting.body.messages.map(({ waitingFor }: { waitingFor?: { reason: string } }) => waitingFor?.reason);
    expect(reasons).not.toContain('no_line');
    metered.letGo();
    await eventually(async () => metered.arrivals.length === 8);
    expect(metered.mostUnderWay).toBe(PACE.inFlight);
    expect(new Set(metered.arrivals.map(({ to }) => to)).size).toBe(8);
  });

  it('keep to the rate, whose units a longer text takes more of; so do the limits', async () => {
    const { _id } = await line({ pace: { perSecond: 10, burst: 4, inFlight: 20 } });
    // Two units each.
    for (let n = 0; n < 8; n += 1) await send(n, _id, 'Hello you, there');
    await eventually(async () => metered.arrivals.length === 8);
    const times = metered.arrivals.map(({ at }) => at);
    for (const [from, first] of times.entries()) {
      for (const [index, last] of times.slice(from).entries()) {
        const units = 2 * (index + 1);
        // A hand-over comes a moment after it was begun, so two may be nearer than they began by as much.
        expect(units).toBeLessThanOrEqual(4 + ((last - first) / 1_000) * 10 + 2);
      }
    }
    await eventually(async () => (await usage()) === 16);
  });

  it('send what takes more than the day has left on another day', async () => {
    const { _id } = await line({ dailyTotalMessagesLimit: 5 });
    await send(0, _id, 'Hello you, there and everywhere');
    await eventually(async () => metered.arrivals.length === 1);
    await send(1, _id, 'Hello you, there');
    await eventually(async () => {
      const { body } = await desk.tenant.get('/messages').expect(200);
      return body.messages.some(({ status }: { status: string }) => status === 'queued');
    });
    expect(await usage()).toBe(4);
    await send(2, _id, 'Hi');
    await eventually(async () => metered.arrivals.length === 2);
    expect(metered.arrivals.map(({ to }) => to)).toEqual(['p0@rate.example', 'p2@rate.example']);
  });

  it('send no more in a day than their ramp says, and more on the next', async () => {
    const { _id } = await line({ ramp: { start: 2, perDay: 1 } });
    // What other tests have left waiting goes out on the next day, too.
    const arrived = () => metered.arrivals.filter(({ to }) => /^p10\d@/.test(to)).length;
    for (let n = 100; n < 106; n += 1) await send(n, _id);
    await eventually(async () => arrived() === 2);
    await eventually(async () => {
      const { body } = await desk.tenant.get('/messages').expect(200);
      const reasons = (body.messages as { waitingFor?: { reason: string } }[]).flatMap(
        ({ waitingFor }) => waitingFor?.reason ?? [],
      );
      return reasons.length === 4 && reasons.every((reason) => reason === 'limit');
    });
    expect(arrived()).toBe(2);
    clock.ahead({ hours: 24 });
    // The clock has jumped, which nobody is told of.
    await send(106, _id);
    await eventually(async () => arrived() === 5);
    expect(await usage()).toBe(3);
  });

  it('have a pace of their own where one is given, and only on channels that have one', async () => {
    const { _id } = await line();
    const own = { perSecond: 0.5, burst: 2, inFlight: 1 };
    expect((await desk.tenant.patch(`/lines/${_id}`, { pace: own }).expect(200)).body.pace).toEqual(own);
    expect((await desk.tenant.patch(`/lines/${_id}`, { pace: null }).expect(200)).body.pace).toBeNull();
    for (const pace of [{ ...own, perSecond: 0 }, { ...own, burst: 0 }, { ...own, inFlight: 1.5 }, { perSecond: 1 }, 5, []]) {
      const { body } = await desk.tenant.patch(`/lines/${_id}`, { pace }).expect(400);
      expect(JSON.stringify(body)).toMatch(/pace/);
    }
    const { body } = await desk.tenant
      .post('/lines', {
        channel: 'imessage',
        phone: '+12025550123',
        bridgeUrl: 'http://127.0.0.1:1',
        bridgePassword: 'x',
        pace: own,
      })
      .expect(400);
    expect(body.details).toEqual([{ field: 'pace', message: expect.stringMatching(/must be null/) }]);
  });
});
