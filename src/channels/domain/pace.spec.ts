import { beatOf, costOf, creditFor, onTheBeat } from './pace';

describe('the beat of a pace', () => {
  it.each([
    ['a number with three at once after a rest', { perSecond: 1, burst: 3 }, 4, 1_000],
    ['one that has to go a second apart', { perSecond: 1, burst: 1 }, 4, null],
    ['calls that are too few for a longer one', { perSecond: 14, burst: 14 }, 3, 125],
    ['an account, whatever its calls', { perSecond: 14, burst: 14 }, undefined, 250],
    ['thirty a second', { perSecond: 30, burst: 30 }, 15, 250],
    ['a burst that catches up little', { perSecond: 30, burst: 5 }, 15, null],
    ['a slow one', { perSecond: 0.1, burst: 2 }, 1, 1_000],
  ])('%s', (_name, pace, inFlight, expected) => {
    expect(beatOf(pace, inFlight)).toBe(expected);
  });

  it('is what all hosts wait for, and nobody who need not wait', () => {
    expect(onTheBeat(10_001, 250, 10_000)).toBe(10_250);
    expect(onTheBeat(10_250, 250, 10_000)).toBe(10_250);
    expect(onTheBeat(9_999, 250, 10_000)).toBe(9_999);
    expect(onTheBeat(10_001, null, 10_000)).toBe(10_001);
  });

  it('costs nothing of the rate, however late jobs of a beat begin within half a beat', () => {
    for (const [perSecond, burst] of [
      [1, 3],
      [2, 4],
      [14, 14],
      [30, 30],
      [100, 60],
    ] as const) {
      const pace = { perSecond, burst };
      const beat = beatOf(pace)!;
      let [now, paidUntil] = [1_000_037, 0];
      const count = 4_000;
      const begun: number[] = [];
      for (let sent = 0; sent < count; sent += 1) {
        const free = onTheBeat(paidUntil - creditFor(1, pace), beat, now);
        now = Math.max(now, free + (free > now ? (sent % 7) * (beat / 14) : 0));
        expect(paidUntil - creditFor(1, pace)).toBeLessThanOrEqual(now + 1e-6);
        paidUntil = Math.max(paidUntil, now) + costOf(1, pace);
        begun.push(now);
      }
      const seconds = (begun.at(-1)! - begun[0]!) / 1_000;
      expect([perSecond, (count - burst) / seconds >= perSecond * 0.98]).toEqual([perSecond, true]);
    }
  });
});
