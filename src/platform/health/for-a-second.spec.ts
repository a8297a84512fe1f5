import { forASecond } from './for-a-second';

describe('forASecond', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('asks once for all that call while it asks, and for a second after', async () => {
    let asked = 0;
    let say: (value: number) => void = () => undefined;
    const ask = forASecond(() => {
      asked += 1;
      return new Promise<number>((resolve) => (say = resolve));
    });
    const first = [ask(), ask()];
    await jest.advanceTimersByTimeAsync(5_000);
    say(7);
    expect(await Promise.all(first)).toEqual([7, 7]);
    await jest.advanceTimersByTimeAsync(999);
    expect([await ask(), asked]).toEqual([7, 1]);
    await jest.advanceTimersByTimeAsync(1);
    void ask();
    expect(asked).toBe(2);
  });

  it('does not ask more often when it fails', async () => {
    let asked = 0;
    const ask = forASecond(() => {
      asked += 1;
      return Promise.reject(new Error('away'));
    });
    await expect(ask()).rejects.toThrow('away');
    await expect(ask()).rejects.toThrow('away');
    expect(asked).toBe(1);
  });
});
