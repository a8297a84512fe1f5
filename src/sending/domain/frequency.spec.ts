import { type CountedSend, type FrequencyLimits, judgeFrequency, stillCounting, type WantedSend } from './frequency';

const noon = new Date('2026-03-02T17:00:00Z');
const after = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);
const NEW_YORK = ['America/New_York'];
const limits = (given: Partial<FrequencyLimits> = {}): FrequencyLimits => ({
  maxMessagesPerPersonPerDay: 2,
  minHoursBetweenCampaigns: 0,
  ...given,
});
const sent = (messageId: string, at: Date, given: Partial<CountedSend> = {}): CountedSend => ({
  messageId,
  token: 't',
  campaignId: 'one',
  at,
  days: [new Date(at.getTime() - 5 * 3_600_000).toISOString().slice(0, 10)],
  ...given,
});
const wanted = (given: Partial<WantedSend> = {}): WantedSend => ({
  messageId: 'm',
  campaignId: 'two',
  isFirst: true,
  zones: NEW_YORK,
  ...given,
});
const judge = (sends: CountedSend[], want: WantedSend, given: Partial<FrequencyLimits> = {}, now = noon) =>
  judgeFrequency(sends, want, { limits: limits(given), now });

describe('messages a day', () => {
  it('are counted by the local day, and the next may go at its midnight', () => {
    const sends = [sent('a', after(-2)), sent('b', after(-1))];
    expect(judge(sends.slice(1), wanted())).toEqual({ free: true, days: ['2026-03-02'] });
    expect(judge(sends, wanted())).toEqual({ free: false, until: new Date('2026-03-03T05:00:00Z'), rule: '2 messages a day' });
    // Still the second of March in New York, though not in UTC.
    expect(judge(sends, wanted(), {}, new Date('2026-03-03T04:59:00Z'))).toMatchObject({ free: false });
    expect(judge(sends, wanted(), {}, new Date('2026-03-03T05:00:00Z'))).toEqual({ free: true, days: ['2026-03-03'] });
  });

  it('count on each day that it may be where the person is', () => {
    const zones = ['America/New_York', 'Pacific/Honolulu'];
    const late = new Date('2026-03-03T06:00:00Z');
    const sends = [sent('a', late, { days: ['2026-03-02', '2026-03-03'] })];
    const verdict = judge(sends, wanted({ zones }), { maxMessagesPerPersonPerDay: 1 }, late);
    expect(verdict).toMatchObject({ free: false, until: new Date('2026-03-04T10:00:00Z') });
  });

  it('count direct sends as well', () => {
    const sends = [sent('a', after(-2), { campaignId: null }), sent('b', after(-1))];
    expect(judge(sends, wanted())).toMatchObject({ free: false });
    expect(judge(sends.slice(1), wanted({ campaignId: null }))).toMatchObject({ free: true });
  });

  it('count once, however many parts and attempts they have', () => {
    const parts = [sent('a', after(-2), { token: 'one' }), sent('a', after(-1), { token: 'two' })];
    expect(judge(parts, wanted())).toMatchObject({ free: true });
    const [b, mine] = [sent('b', after(-1)), sent('m', after(-1))];
    expect(judge([...parts, mine], wanted())).toMatchObject({ free: true });
    expect(judge([...parts, b], wanted())).toMatchObject({ free: false });
  });

  it('are as many as one likes without a limit', () => {
    const sends = Array.from({ length: 50 }, (_, index) => sent(`${index}`, noon));
    expect(judge(sends, wanted(), { maxMessagesPerPersonPerDay: null })).toMatchObject({ free: true });
  });
});

describe('hours between campaigns', () => {
  const hours = { maxMessagesPerPersonPerDay: null, minHoursBetweenCampaigns: 48 };

  it('hold for the first message of another campaign', () => {
    const sends = [sent('a', after(-40)), sent('b', after(-30))];
    expect(judge(sends, wanted(), hours)).toEqual({ free: false, until: after(18), rule: '48 hours between campaigns' });
    expect(judge(sends, wanted(), hours, after(18))).toMatchObject({ free: true });
  });

  it('do not hold for follow-ups, the same campaign, direct sends, or after direct sends', () => {
    const sends = [sent('a', after(-1))];
    expect(judge(sends, wanted({ isFirst: false }), hours)).toMatchObject({ free: true });
    expect(judge(sends, wanted({ campaignId: 'one' }), hours)).toMatchObject({ free: true });
    expect(judge(sends, wanted({ campaignId: null }), hours)).toMatchObject({ free: true });
    expect(judge([sent('a', after(-1), { campaignId: null })], wanted(), hours)).toMatchObject({ free: true });
  });
});

it('forgets what no limit asks about any more', () => {
  const sends = [sent('old', after(-100)), sent('new', after(-50))];
  expect(stillCounting(sends, limits(), noon).map(({ messageId }) => messageId)).toEqual(['new']);
  expect(stillCounting(sends, limits({ minHoursBetweenCampaigns: 200 }), noon)).toHaveLength(2);
});
