import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from './platform/config';
import { Stopping } from './platform/stopping';
import { stopOnSignals } from './stop';

/** A process with an application that closes when it is told to, on a clock of its own. */
function setUp(settings: Partial<Config>, close = () => Promise.resolve()) {
  const stopping = new Stopping();
  const closed = jest.fn(close);
  const exited = jest.spyOn(process, 'exit').mockImplementation((() => undefined) as () => never);
  const app = { get: () => stopping, close: closed } as unknown as NestFastifyApplication;
  stopOnSignals(app, { APP_ROLE: 'api', NODE_ENV: 'production', SHUTDOWN_SECONDS: 20, ...settings } as Config);
  const [signal] = process.listeners('SIGTERM').slice(-1) as [() => void];
  return { stopping, closed, signal, exits: () => exited.mock.calls.map(([code]) => code) };
}

const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1_000);

describe('a process that is asked to stop', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Logger.prototype, 'log').mockImplementation();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.removeAllListeners(signal);
  });

  it('leaves at once, and closes when that could be noticed', async () => {
    const { stopping, closed, signal, exits } = setUp({});
    signal();
    expect(stopping.isLeaving).toBe(true);
    await pass(4);
    expect(closed).not.toHaveBeenCalled();
    await pass(1);
    expect([closed.mock.calls.length, exits()]).toEqual([1, [0]]);
  });

  it.each([
    ['has another time to be noticed in', { DRAIN_SECONDS: 12 }, 12],
    ['waits for nobody outside of production', { NODE_ENV: 'test' as const }, 0],
    ['waits for nobody as a worker', { APP_ROLE: 'worker' as const }, 0],
    ['never waits longer than it may take to stop', { SHUTDOWN_SECONDS: 3 }, 3],
  ])('%s', async (_, settings, seconds) => {
    const { closed, signal } = setUp(settings);
    signal();
    if (seconds > 0) {
      await pass(seconds - 1);
      expect(closed).not.toHaveBeenCalled();
    }
    await pass(1);
    expect(closed).toHaveBeenCalledTimes(1);
  });

  it('cuts off what does not end, and says so', async () => {
    const complained = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const { signal, exits } = setUp({}, () => new Promise(() => undefined));
    signal();
    await pass(24);
    expect(exits()).toEqual([]);
    await pass(1);
    expect([exits(), complained.mock.calls.length]).toEqual([[1], 1]);
  });

  it('ends at once when it is asked again', () => {
    const { signal, exits } = setUp({}, () => new Promise(() => undefined));
    signal();
    signal();
    expect(exits()).toEqual([1]);
  });
});
