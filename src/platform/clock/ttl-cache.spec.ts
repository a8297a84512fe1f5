import { Clock } from './clock';
import { TtlCache } from './ttl-cache';

class SetClock extends Clock {
  ms = 1_000_000;

  now(): Date {
    return new Date(this.ms);
  }

  sleep(): Promise<void> {
    return Promise.resolve();
  }
}

describe('TtlCache', () => {
  const clock = new SetClock();
  const ask = jest.fn(() => Promise.resolve(false));
  beforeEach(() => {
    clock.ms = 1_000_000;
    ask.mockClear();
  });

  test('asks once while what it knows is young enough, also when the answer was no', async () => {
    const cache = new TtlCache<boolean>(clock);
    await cache.get('a', ask);
    clock.ms += 999;
    await expect(cache.get('a', ask)).resolves.toBe(false);
    expect(ask).toHaveBeenCalledTimes(1);
    clock.ms += 1;
    await cache.get('a', ask);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  test('remembers for as long as it is told', () => {
    const cache = new TtlCache<string>(clock, 60_000);
    cache.set('a', 'known', clock.now());
    clock.ms += 59_999;
    expect(cache.peek('a')).toBe('known');
    clock.ms += 1;
    expect(cache.peek('a')).toBeUndefined();
  });

  test('counts the age from when the question was put, and believes no clock that was set back', async () => {
    const cache = new TtlCache<string>(clock);
    await cache.get('a', () => {
      clock.ms += 1_000;
      return Promise.resolve('old already');
    });
    expect(cache.peek('a')).toBeUndefined();
    cache.set('b', 'from the future', new Date(clock.ms + 1));
    expect(cache.peek('b')).toBeUndefined();
  });

  test('forgets what is deleted', () => {
    const cache = new TtlCache<string>(clock);
    cache.set('a', 'known', clock.now());
    cache.delete('a');
    expect(cache.peek('a')).toBeUndefined();
  });
});
