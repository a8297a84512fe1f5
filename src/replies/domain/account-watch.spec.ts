import { failuresAfter, pauseAfter } from './account-watch';

describe('the pauses between watches', () => {
  it('grow with each one that is lost, and have an end', () => {
    expect([1, 2, 3, 4].map(pauseAfter)).toEqual([10_000, 20_000, 40_000, 80_000]);
    expect([8, 50, 5_000].map(pauseAfter)).toEqual([900_000, 900_000, 900_000]);
  });

  it('begin anew after a watch that has lasted', () => {
    expect([failuresAfter(0, 0), failuresAfter(6, 599_999), failuresAfter(6, 600_000)]).toEqual([1, 7, 1]);
  });
});
