import { isStillGood } from './availability';

const NOW = new Date('2027-03-01T12:00:00Z');
const answer = (available: boolean, minutesAgo: number) => ({
  available,
  checkedAt: new Date(NOW.getTime() - minutesAgo * 60_000),
});

describe('how long an answer is good', () => {
  const day = { ttlHours: 24, negativeTtlHours: 6, refresh: false, now: NOW };

  it.each([
    ['a positive one for a day', answer(true, 23 * 60), day, true],
    ['and no longer', answer(true, 24 * 60), day, false],
    ['a negative one for six hours', answer(false, 6 * 60 - 1), day, true],
    ['and no longer', answer(false, 6 * 60), day, false],
    ['a negative one never longer than a positive one', answer(false, 120), { ...day, ttlHours: 1 }, false],
    ['a negative one not at all where its hours are 0', answer(false, 0), { ...day, negativeTtlHours: 0 }, false],
    ['a positive one still, where only those are 0', answer(true, 60), { ...day, negativeTtlHours: 0 }, true],
    ['none where all hours are 0', answer(true, 0), { ...day, ttlHours: 0 }, false],
    ['minutes where the caller asks anew', answer(false, 9), { ...day, refresh: true }, true],
    ['and no longer', answer(true, 10), { ...day, refresh: true }, false],
  ])('%s', (_, cached, how, good) => {
    expect(isStillGood(cached, how)).toBe(good);
  });
});
