import type { Connection } from 'mongoose';
import type { Config } from '../config';
import type { Ticks } from '../ticks';
import { StoreClock } from './store-clock';

const START = Date.parse('2026-03-01T12:00:00Z');

describe('StoreClock', () => {
  /** What nobody sets, this machine's clock, and the store's. */
  let steady: number;
  let machine: number;
  let store: number;
  let look: () => Promise<void>;
  let clock: StoreClock;

  const start = (CLOCK_TOLERANCE_MS: number) => {
    const ticks = {
      every: (_name: string, _interval: number, run: () => Promise<void>) => void (look = run),
    } as unknown as Ticks;
    const hello = () => Promise.resolve({ localTime: new Date(store) });
    const connection = { db: { admin: () => ({ command: hello }) } } as unknown as Connection;
    clock = new StoreClock(connection, { CLOCK_TOLERANCE_MS } as Config, ticks);
  };
  const pass = (milliseconds: number) => {
    steady += milliseconds;
    machine += milliseconds;
    store += milliseconds;
  };

  beforeEach(() => {
    [steady, machine, store] = [5_000, START, START];
    jest.spyOn(performance, 'now').mockImplementation(() => steady);
    jest.spyOn(Date, 'now').mockImplementation(() => machine);
  });
  afterEach(() => jest.restoreAllMocks());

  it.each([60_000, -60_000, 1_001])('sees at once that the clock was set by %d ms, before it is compared anew', async (by) => {
    start(1_000);
    await look();
    pass(14_000);
    expect(clock.agrees).toBe(true);
    machine += by;
    expect(clock.agrees).toBe(false);
    await look();
    expect(clock.agrees).toBe(false);
  });

  it('agrees again once the clock is right, which it was not before', async () => {
    machine += 3_600_000;
    start(1_000);
    await look();
    expect(clock.agrees).toBe(false);
    machine -= 3_600_000;
    expect(clock.agrees).toBe(false);
    await look();
    expect(clock.agrees).toBe(true);
  });

  it('minds neither small steps nor any while it does not compare', async () => {
    start(1_000);
    await look();
    machine += 900;
    expect(clock.agrees).toBe(true);
    start(0);
    machine += 3_600_000;
    expect(clock.agrees).toBe(true);
  });
});
