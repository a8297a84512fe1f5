import type { Campaign } from './campaign';
import { expectedEnd, type LineShare } from './expected-end';
import { noCounts, type StatusCounts } from './report';

const at = (text: string) => new Date(text);
const NOW = at('2026-03-02T10:00:00Z');
const hours = (amount: number) => ({ amount, unit: 'hours' as const });
const campaign = (gapSeconds = 60) =>
  ({
    steps: [
      { id: 'one', wait: hours(0) },
      { id: 'two', wait: hours(48) },
    ],
    settings: { contactGapSeconds: gapSeconds },
  }) as unknown as Campaign;
const open = (one: Partial<StatusCounts>, two: Partial<StatusCounts> = {}) =>
  new Map([
    ['one', { ...noCounts(), ...one }],
    ['two', { ...noCounts(), ...two }],
  ]);
const line = (perDay: number, today = perDay): LineShare => ({ today, perDay: () => perDay });
const NINE_TO_FIVE = { sendWindowStart: '09:00', sendWindowEnd: '17:00', allowedDaysOfWeek: [1, 2, 3, 4, 5] };

describe('when the last message of a campaign is expected', () => {
  it('is not known when nothing waits, or no line may send', () => {
    expect(expectedEnd(campaign(), open({ sent: 5 }), [line(75)], { window: {}, now: NOW })).toBeNull();
    expect(expectedEnd(campaign(), open({ queued: 5 }), [], { window: {}, now: NOW })).toBeNull();
    expect(expectedEnd(campaign(), open({ queued: 5 }), [line(0)], { window: {}, now: NOW })).toBeNull();
  });

  it('is a gap for each message while the day has room', () => {
    expect(expectedEnd(campaign(), open({ queued: 30 }), [line(75)], { window: {}, now: NOW })).toEqual(
      at('2026-03-02T10:30:00Z'),
    );
    expect(expectedEnd(campaign(), open({ queued: 30 }), [line(75), line(75)], { window: {}, now: NOW })).toEqual(
      at('2026-03-02T10:15:00Z'),
    );
  });

  it('is on the day on which the caps have let all through', () => {
    // 10 today, 75 on each of the next two days, and 40 on the third.
    expect(expectedEnd(campaign(), open({ queued: 200 }), [line(75, 10)], { window: {}, now: NOW })).toEqual(
      at('2026-03-05T00:40:00Z'),
    );
  });

  it('goes by what a line that begins slowly may send on each day', () => {
    const ramp = { today: 10, perDay: (day: number) => 10 + 5 * day };
    // 10 today, 15 and 20 on the days after it, and 10 on the third.
    expect(expectedEnd(campaign(), open({ queued: 55 }), [ramp], { window: {}, now: NOW })).toEqual(at('2026-03-05T00:10:00Z'));
  });

  it('counts the waits ahead of the lead that is furthest back', () => {
    expect(expectedEnd(campaign(), open({ queued: 1 }, { scheduled: 1 }), [line(75)], { window: {}, now: NOW })).toEqual(
      at('2026-03-04T10:00:00Z'),
    );
    expect(expectedEnd(campaign(), open({}, { scheduled: 1 }), [line(75)], { window: {}, now: NOW })).toEqual(
      at('2026-03-04T10:00:00Z'),
    );
    expect(expectedEnd(campaign(), open({}, { queued: 1 }), [line(75)], { window: {}, now: NOW })).toEqual(
      at('2026-03-02T10:01:00Z'),
    );
  });

  it('stays inside the window, and counts its seconds alone', () => {
    // 7 hours are left of Monday, 8 in each day: with a gap of an hour, 8 go on Monday, and 9 on each other
    // day.
    const seen = expectedEnd(campaign(3_600), open({ queued: 10 }), [line(75)], { window: NINE_TO_FIVE, now: NOW });
    expect(seen).toEqual(at('2026-03-03T11:00:00Z'));
    // From Friday evening to Monday.
    const friday = at('2026-03-06T18:00:00Z');
    expect(expectedEnd(campaign(60), open({ queued: 1 }), [line(75)], { window: NINE_TO_FIVE, now: friday })).toEqual(
      at('2026-03-09T09:01:00Z'),
    );
  });
});
