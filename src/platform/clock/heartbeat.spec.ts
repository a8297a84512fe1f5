import { Clock } from './clock';
import { Heartbeat } from './heartbeat';

/** A clock whose sleepers wake when the test says so. */
class SteppedClock extends Clock {
  readonly slept: number[] = [];
  private wake: () => void = () => undefined;

  now(): Date {
    return new Date(0);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    this.slept.push(milliseconds);
    return new Promise((resolve) => {
      this.wake = resolve;
      signal?.addEventListener('abort', () => resolve());
    });
  }

  async step(): Promise<void> {
    this.wake();
    await new Promise(setImmediate);
  }
}

describe('Heartbeat', () => {
  test('renews three times within the lease, also after a renewal that failed', async () => {
    const clock = new SteppedClock();
    const renew = jest.fn().mockRejectedValueOnce(new Error('the store is away')).mockResolvedValue(undefined);
    const heartbeat = new Heartbeat(clock, 15_000, renew);
    expect(renew).not.toHaveBeenCalled();
    await clock.step();
    await clock.step();
    expect(renew).toHaveBeenCalledTimes(2);
    expect(clock.slept).toEqual([5_000, 5_000, 5_000]);
    await heartbeat.stop();
  });

  test('renews no more once it was stopped, and waits for a renewal under way', async () => {
    const clock = new SteppedClock();
    const order: string[] = [];
    let finish: () => void = () => undefined;
    const renewing = new Promise<void>((resolve) => (finish = resolve)).then(() => void order.push('renewed'));
    const renew = jest.fn(() => renewing);
    const heartbeat = new Heartbeat(clock, 15_000, renew);
    await clock.step();
    const stopped = heartbeat.stop().then(() => order.push('stopped'));
    finish();
    await stopped;
    expect(order).toEqual(['renewed', 'stopped']);
    expect(renew).toHaveBeenCalledTimes(1);
  });
});
