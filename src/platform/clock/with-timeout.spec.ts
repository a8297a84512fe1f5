import { withTimeout } from './with-timeout';

const never = new Promise<string>(() => undefined);

describe('withTimeout', () => {
  test('gives what the work comes to, and leaves no timer behind', async () => {
    jest.useFakeTimers();
    try {
      await expect(withTimeout(Promise.resolve('done'), 1_000, 'late')).resolves.toBe('done');
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });

  test('gives the other value when the work takes longer', async () => {
    await expect(withTimeout(never, 5, 'late')).resolves.toBe('late');
  });

  test('passes on what the work throws in time', async () => {
    await expect(withTimeout(Promise.reject(new Error('broken')), 1_000, 'late')).rejects.toThrow('broken');
  });
});
