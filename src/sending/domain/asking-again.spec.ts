import { askedAgainAfter } from './asking-again';

const MINUTE = 60_000;
const GIVE_UP = 15 * MINUTE;

describe('askedAgainAfter', () => {
  it.each([
    ['just begun', 0, 15_000],
    ['over the time of an answer', 205_000, 15_000],
    ['ten minutes ago', 10 * MINUTE, 30_000],
    ['half an hour ago', 30 * MINUTE, 90_000],
    ['a day ago', 24 * 60 * MINUTE, 2 * MINUTE],
  ])('waits longer for a provider that cannot be asked: %s', (_, since, expected) => {
    expect(askedAgainAfter(since, false, GIVE_UP)).toBe(expected);
  });

  it('asks one that answers at the same pace for as long as it is asked at all', () => {
    expect(askedAgainAfter(24 * 60 * MINUTE, true, GIVE_UP)).toBe(15_000);
  });

  it('asks at least once before it is given up', () => {
    expect(askedAgainAfter(MINUTE, true, 2_000)).toBe(2_000);
    expect(askedAgainAfter(MINUTE, false, 2_000)).toBe(3_000);
  });
});
