import { Metrics } from './metrics';

const skewOf = async (metrics: Metrics) => /^tuco_clock_skew_seconds (.*)$/m.exec(await metrics.text())?.[1];

describe('Metrics', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('reads a gauge when it is asked for, and not again for five seconds', async () => {
    const metrics = new Metrics();
    let reads = 0;
    metrics.gauge('tuco_clock_skew_seconds', async () => [{ labels: {}, value: (reads += 1) }]);
    expect([await skewOf(metrics), await skewOf(metrics)]).toEqual(['1', '1']);
    jest.advanceTimersByTime(5_000);
    expect(await skewOf(metrics)).toBe('2');
  });

  it('shows no old value of what cannot be read, and says so', async () => {
    const metrics = new Metrics();
    let isAway = false;
    metrics.gauge('tuco_clock_skew_seconds', async () => {
      if (isAway) throw new Error('The store is away');
      return [{ labels: {}, value: 3 }];
    });
    expect(await skewOf(metrics)).toBe('3');
    isAway = true;
    jest.advanceTimersByTime(5_000);
    expect(await skewOf(metrics)).toBeUndefined();
    expect(await metrics.text()).toContain('tuco_metric_failures_total{metric="tuco_clock_skew_seconds"} 1');
  });

  it('does not wait for a store that hangs', async () => {
    const metrics = new Metrics();
    metrics.gauge('tuco_clock_skew_seconds', () => new Promise(() => undefined));
    metrics.count('tuco_sends_total', { channel: 'sms', outcome: 'accepted' });
    const text = metrics.text();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await text).toContain('tuco_sends_total{channel="sms",outcome="accepted"} 1');
  });

  it('forgets sets of labels that are no more', async () => {
    const metrics = new Metrics();
    let channels = ['sms', 'email'];
    metrics.gauge('tuco_lines', async () => channels.map((channel) => ({ labels: { channel, health: 'healthy' }, value: 1 })));
    expect(await metrics.text()).toContain('channel="sms"');
    channels = ['email'];
    jest.advanceTimersByTime(5_000);
    const text = await metrics.text();
    expect([text.includes('channel="sms"'), text.includes('channel="email"')]).toEqual([false, true]);
  });

  it('refuses a second reader of a gauge', () => {
    const metrics = new Metrics();
    metrics.gauge('tuco_lines', async () => []);
    expect(() => metrics.gauge('tuco_lines', async () => [])).toThrow('The metric "tuco_lines" is read in two places');
  });

  it('counts for each application apart', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.count('tuco_sends_total', { channel: 'sms', outcome: 'accepted' });
    expect(await other.text()).not.toContain('outcome="accepted"');
  });
});
