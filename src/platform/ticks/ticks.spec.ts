import { Logger } from '@nestjs/common';
import type { SchedulerRegistry } from '@nestjs/schedule';
import type { Activity } from '../activity';
import type { Clock } from '../clock';
import type { Config } from '../config';
import { Ticks } from './ticks';

/** A tick of a second that rests, on a clock of its own. */
function setUp(rest: { nextAt?: () => Date | null; fails?: () => boolean } = {}) {
  let [stamp, asked]: [string | null, number] = ['1', 0];
  const worked: number[] = [];
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1_000);
  const intervals: NodeJS.Timeout[] = [];
  const ticks = new Ticks(
    { addInterval: (_: string, interval: NodeJS.Timeout) => void intervals.push(interval) } as unknown as SchedulerRegistry,
    { stampOf: () => Promise.resolve(stamp) } as unknown as Activity,
    { now: () => new Date() } as Clock,
    { APP_ROLE: 'all' } as Config,
  );
  const work = () => {
    worked.push(seconds());
    return rest.fails?.() ? Promise.reject(new Error('The store is away')) : Promise.resolve();
  };
  const nextAt = () => {
    asked += 1;
    return Promise.resolve(rest.nextAt?.() ?? null);
  };
  ticks.every('work', 1_000, work, { concerns: ['things'], nextAt });
  ticks.onApplicationBootstrap();
  return {
    worked,
    asked: () => asked,
    write: () => (stamp = `${stamp}+`),
    lose: () => (stamp = null),
    pass: (count: number) => jest.advanceTimersByTimeAsync(count * 1_000),
    in: (count: number) => new Date(begun + count * 1_000),
  };
}

describe('a tick that rests', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('asks once what is next, and works again after a minute', async () => {
    const { worked, asked, pass } = setUp();
    await pass(62);
    expect([worked, asked()]).toEqual([[1, 62], 1]);
  });

  it('works at its next beat once somebody has written', async () => {
    const { worked, write, pass } = setUp();
    await pass(10);
    write();
    await pass(5);
    expect(worked).toEqual([1, 11]);
  });

  it('works when the next thing is due', async () => {
    const test = setUp({ nextAt: () => [7, 20].map(test.in).find((due) => due > new Date()) ?? null });
    await test.pass(30);
    expect(test.worked).toEqual([1, 7, 20]);
  });

  it('does not rest while something that is due is left', async () => {
    const test = setUp({ nextAt: () => test.in(0) });
    await test.pass(4);
    expect(test.worked).toEqual([1, 2, 3, 4]);
  });

  it('does not rest after a failure, nor while nobody can say whether somebody wrote', async () => {
    const complained = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    let isAway = true;
    const test = setUp({ fails: () => isAway });
    await test.pass(3);
    expect(complained).toHaveBeenCalledTimes(3);
    isAway = false;
    await test.pass(5);
    expect(test.worked).toEqual([1, 2, 3, 4]);
    test.lose();
    await test.pass(3);
    expect(test.worked).toEqual([1, 2, 3, 4, 9, 10, 11]);
  });
});
