import { triedAgainAt } from './delivery';
import { FAILING_FOR_MS, isGivenUp, UNTRIED } from './webhook';

const NOW = new Date('2026-03-01T00:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const waitAfter = (attempts: number, random = 0, pauseMs = 0) => {
  const at = triedAgainAt(attempts, NOW, { random, pauseMs });
  return at && at.getTime() - NOW.getTime();
};

describe('when a delivery is tried again', () => {
  it.each([
    [1, 5_000],
    [2, 5 * MINUTE],
    [3, 30 * MINUTE],
    [4, 2 * HOUR],
    [5, 5 * HOUR],
    [6, 10 * HOUR],
    [7, 14 * HOUR],
    [8, 20 * HOUR],
    [9, 24 * HOUR],
    [10, null],
  ])('after attempt %i: in %s ms, and up to a tenth later', (attempts, wait) => {
    expect(waitAfter(attempts)).toBe(wait);
    expect(waitAfter(attempts, 1)).toBe(wait === null ? null : Math.round(wait * 1.1));
  });

  it('the endpoint may ask for a longer pause, up to a day, and for no shorter one', () => {
    expect(waitAfter(1, 0, HOUR)).toBe(HOUR);
    expect(waitAfter(4, 0, HOUR)).toBe(2 * HOUR);
    expect(waitAfter(1, 0, 1_000 * HOUR)).toBe(24 * HOUR);
    expect(waitAfter(10, 0, HOUR)).toBe(null);
  });
});

describe('the health of an endpoint', () => {
  const at = (ms: number) => new Date(NOW.getTime() + ms);

  it('is given up five days after the first failure since a success', () => {
    const failing = { ...UNTRIED, failureCount: 2, failingSince: NOW };
    expect(isGivenUp(failing, at(FAILING_FOR_MS - 1))).toBe(false);
    expect(isGivenUp(failing, at(FAILING_FOR_MS))).toBe(true);
    expect(isGivenUp(UNTRIED, at(FAILING_FOR_MS))).toBe(false);
  });
});
