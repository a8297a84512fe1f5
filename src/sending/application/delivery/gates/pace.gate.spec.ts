import { Channels } from '../../../../channels';
import type { AccountRates, Devices } from '../../../../lines';
import type { Clock } from '../../../../platform/clock';
import type { LineSchedule, LineSchedules } from '../../../domain/line-schedules';
import { PaceGate } from './pace.gate';
import { clock, config, fake, in_, line, now, pass, sendOf } from './test/gate-fakes';

describe('the gate pace', () => {
  it.each([
    ['the device is taken for long', in_(60), true, { kind: 'requeue', notBefore: null }, []],
    ["the line's gap is not over", null, false, { kind: 'requeue', notBefore: null }, ['device']],
    ['both are free', null, true, pass, ['line', 'device']],
  ])('%s', async (_, freeAt, begins, expected, released) => {
    const order: string[] = [];
    const device = { key: 'd', token: 't', startBy: in_(2) };
    const devices = fake<Devices>({
      take: async () => (freeAt ? { freeAt } : device),
      ended: async () => void order.push('device'),
    });
    const schedules = fake<LineSchedules>({ begin: async () => begins, ended: async () => (order.push('line'), null) });
    const send = sendOf();
    const gate = new PaceGate(new Channels([]), devices, schedules, fake<AccountRates>({}), clock, config);
    expect(await gate.check(send)).toEqual(expected);
    await send.releases.unwind();
    expect(order).toEqual(released);
  });

  const pace = { perSecond: 2, burst: 3, inFlight: 4 };
  it.each([
    ['has room: no device is asked for', 2, [true], null, 0, pass],
    ['will have room soon: the job waits for it', 5, [false, true], in_(2), 3, pass],
    ['has room by the time it is looked at', 1, [false, true], in_(0), 3, pass],
    ['has room only much later: so does the message', 5, [false], in_(16), 0, { kind: 'requeue', notBefore: in_(16) }],
    ['has as many calls under way as may be', 1, [false], in_(1), 4, { kind: 'requeue', notBefore: null }],
    ['is gone', 1, [false], null, 0, { kind: 'requeue', notBefore: null }],
  ])('a line whose rate %s', async (_, units, begun, paidUntil, underWay, expected) => {
    const answers = [...begun];
    const beginAtRate = jest.fn(async () => answers.shift()!);
    const landed = jest.fn(async () => null);
    const open = Array.from({ length: underWay }, (_one, index) => ({ token: `t${index}`, until: in_(60) }));
    const state = paidUntil && ({ paidUntil, open, given: [] } as unknown as LineSchedule);
    const send = sendOf({}, { units, line: { ...line, pace } });
    const schedules = fake<LineSchedules>({ beginAtRate, landed, find: async () => state });
    const gate = new PaceGate(new Channels([]), fake<Devices>({}), schedules, fake<AccountRates>({}), clock, config);
    expect(await gate.check(send)).toEqual(expected);
    expect(beginAtRate).toHaveBeenCalledWith('line', { messageId: 'm', token: 'token', pace, units, endsBy: in_(120) }, now);
    expect(answers).toEqual([]);
    await send.releases.unwind();
    expect(landed).toHaveBeenCalledTimes(begun.at(-1) ? 1 : 0);
    if (begun.at(-1)) expect([send.know('device'), send.know('startBy')]).toEqual([null, in_(2)]);
  });

  const later = { kind: 'requeue', notBefore: null };
  const [slow, fast] = [
    { perSecond: 1, burst: 2 },
    { perSecond: 9, burst: 2 },
  ];
  it.each([
    ['has room', slow, now, true, pass, [], now],
    ['has room in a moment: the line is none the wiser', slow, in_(0.008), true, pass, [], in_(0.008)],
    ['has room soon: the job waits', slow, in_(3), true, pass, [[in_(3), null]], in_(3)],
    ['is faster than the line, and has room soon: the line waits with it', fast, in_(3), true, pass, [[in_(3), pace]], in_(3)],
    ['has room only much later: nothing is paid', slow, in_(20), false, later, [[in_(20), pace]], null],
  ] as const)('a line whose account %s', async (_, overall, at, isPaid, expected, held, startsFrom) => {
    const take = jest.fn(async () => ({ at, isPaid }));
    const hold = jest.fn(async () => undefined);
    const sleep = jest.fn(async () => undefined);
    const landed = jest.fn(async () => null);
    const account = { id: 'account', settings: {}, secrets: null, pace: null, overallPace: overall };
    const send = sendOf({}, { units: 2, line: { ...line, pace, account } });
    const schedules = fake<LineSchedules>({ beginAtRate: async () => true, hold, landed });
    const rates = fake<AccountRates>({ take });
    const gate = new PaceGate(
      new Channels([]),
      fake<Devices>({}),
      schedules,
      rates,
      fake<Clock>({ now: () => now, sleep }),
      config,
    );
    expect(await gate.check(send)).toEqual(expected);
    expect(take.mock.calls).toEqual([[expect.objectContaining({ accountId: 'account', pace: overall, units: 2, now })]]);
    expect(hold.mock.calls).toEqual(
      held.map(([until, of]) => ['line', { token: 'token', pace: of, at: until, endsBy: new Date(until.getTime() + 120_000) }]),
    );
    expect(sleep.mock.calls).toEqual(isPaid && at > now ? [[at.getTime() - now.getTime()]] : []);
    if (startsFrom) expect(send.know('startBy')).toEqual(new Date(startsFrom.getTime() + 2_000));
    await send.releases.unwind();
    expect(landed).toHaveBeenCalledTimes(1);
  });
});
