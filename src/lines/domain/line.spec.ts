import { nextUtcDay, nextUtcHour } from '../../platform/clock';
import { dailyLimitOf, type LineUsage, roomIn } from './capacity';
import { healthAfter, isUsable, type Line, setAside, UNKNOWN_HEALTH } from './line';

const timedOut = { message: 'timed out', scope: 'device' } as const;
const at = (text: string) => new Date(`2026-03-01T${text}Z`);
const line = (fields: Partial<Line>) =>
  ({
    channel: 'imessage',
    isActive: true,
    dailyNewConversationsLimit: 2,
    hourlyNewConversationsLimit: 1,
    dailyTotalMessagesLimit: 3,
    health: UNKNOWN_HEALTH,
    ...fields,
  }) as Line;
const usage = (total: number, first: number, thisHour = 0): LineUsage => ({
  date: '2026-03-01',
  totalMessagesCount: total,
  newConversationsCount: first,
  newConversationsByHour: Array.from({ length: 24 }, (_, hour) => (hour === 10 ? thisHour : 0)),
});

describe("a line's health", () => {
  it('turns bad after two failures in a row, and good after one success', () => {
    const once = healthAfter(UNKNOWN_HEALTH, timedOut, at('10:00:00'));
    const twice = healthAfter(once, timedOut, at('10:00:05'));
    expect(once.status).toBe('unknown');
    expect(twice).toMatchObject({ status: 'unhealthy', reason: 'timed out', unhealthySince: at('10:00:05') });
    expect(healthAfter(twice, null, at('10:01:00'))).toMatchObject({ status: 'healthy', failures: 0, reason: null });
  });

  it('sets the line aside for longer and longer, up to ten minutes', () => {
    let health = UNKNOWN_HEALTH;
    const pauses = Array.from({ length: 10 }, () => {
      health = healthAfter(health, { message: 'down', scope: 'device' }, at('10:00:00'));
      return health.tryAgainAt ? (health.tryAgainAt.getTime() - at('10:00:00').getTime()) / 1000 : null;
    });
    expect(pauses).toEqual([null, 15, 30, 60, 120, 240, 480, 600, 600, 600]);
    // Only a probe finds it well again; no message is tried on it.
    expect(isUsable(line({ health }))).toBe(false);
  });

  it('is bad at once when the line is set aside, and stays so since then', () => {
    const aside = setAside(UNKNOWN_HEALTH, timedOut, at('10:00:00'), at('10:00:00'));
    expect(aside).toMatchObject({ status: 'unhealthy', unhealthySince: at('10:00:00'), tryAgainAt: at('10:00:00') });
    const probed = healthAfter(aside, timedOut, at('10:00:01'));
    expect(probed).toMatchObject({ status: 'unhealthy', unhealthySince: at('10:00:00'), tryAgainAt: at('10:00:16') });
  });

  it('does not matter when the line is switched off', () => {
    expect(isUsable(line({ isActive: false }))).toBe(false);
  });
});

describe("a line's room", () => {
  const now = at('10:20:00');

  it.each([
    ['all sends', usage(3, 0), false, nextUtcDay(now)],
    ['first touch', usage(2, 2), true, nextUtcDay(now)],
    ['first touch', usage(1, 1, 1), true, nextUtcHour(now)],
  ])('ends at the limit of %s', (limit, used, firstTouch, until) => {
    expect(roomIn(line({}), used, { firstTouch, now })).toEqual({ free: false, limit, until });
  });

  it('is there for follow-ups when first touches are used up', () => {
    expect(roomIn(line({}), usage(2, 2, 1), { firstTouch: false, now })).toEqual({ free: true });
  });

  it('has no hourly limit on e-mail lines', () => {
    expect(roomIn(line({ channel: 'email' }), usage(1, 1, 1), { firstTouch: true, now })).toEqual({ free: true });
  });
  it('null is no limit, of whatever it stands at', () => {
    const none = { dailyNewConversationsLimit: null, hourlyNewConversationsLimit: null, dailyTotalMessagesLimit: null };
    const much = usage(1_000_000, 1_000_000, 1_000_000);
    expect(roomIn(line(none), much, { firstTouch: true, now })).toEqual({ free: true });
    for (const field of Object.keys(none)) {
      expect(roomIn(line({ ...none, [field]: 2 }), much, { firstTouch: true, now })).toMatchObject({ free: false });
    }
  });
});

describe('the limit of a day, of a line that begins slowly', () => {
  const ramp = { start: 10, perDay: 5, ceiling: 50 };
  const since = new Date('2026-03-01T23:59:00Z');
  const on = (text: string) => new Date(`${text}T00:00:00Z`);

  it('is what the ramp says, from one UTC day to the next, and no more than its ceiling', () => {
    const slow = { dailyTotalMessagesLimit: null, ramp, rampSince: since };
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-08', '2026-03-09', '2026-03-10', '2027-01-01'];
    expect(days.map((day) => dailyLimitOf(slow, on(day)))).toEqual([10, 15, 20, 45, 50, 50, 50]);
    expect(dailyLimitOf(slow, on('2026-02-01'))).toBe(10);
    expect(dailyLimitOf({ ...slow, ramp: { ...ramp, ceiling: null } }, on('2026-03-11'))).toBe(60);
    expect(dailyLimitOf({ ...slow, ramp: { start: 10, perDay: 5 } }, on('2026-03-11'))).toBe(60);
  });

  it('is the smaller of the ramp and the limit', () => {
    expect(dailyLimitOf({ dailyTotalMessagesLimit: 12, ramp, rampSince: since }, on('2026-03-01'))).toBe(10);
    expect(dailyLimitOf({ dailyTotalMessagesLimit: 12, ramp, rampSince: since }, on('2026-03-02'))).toBe(12);
    expect(dailyLimitOf({ dailyTotalMessagesLimit: 12, ramp: null, rampSince: null }, on('2026-03-02'))).toBe(12);
    expect(dailyLimitOf({ dailyTotalMessagesLimit: null, ramp: null, rampSince: null }, on('2026-03-02'))).toBe(Infinity);
  });

  it('ends the room of a day', () => {
    const slow = line({ dailyTotalMessagesLimit: null, ramp: { start: 3, perDay: 1 }, rampSince: at('00:00:00') });
    expect(roomIn(slow, usage(2, 0), { firstTouch: false, now: at('10:00:00') })).toEqual({ free: true });
    expect(roomIn(slow, usage(3, 0), { firstTouch: false, now: at('10:00:00') })).toMatchObject({
      free: false,
      limit: 'all sends',
    });
  });
});
