import { setImmediate as turn } from 'node:timers/promises';
import { coalesced } from './coalesced';

/** Work and pauses that end when the test says so. */
function setUp() {
  let begun = 0;
  const ends: (() => void)[] = [];
  const later = () => new Promise<void>((resolve) => ends.push(resolve));
  const ask = coalesced(() => {
    begun += 1;
    return later();
  }, later);
  return {
    ask,
    begun: () => begun,
    end: async () => {
      ends.shift()!();
      await turn();
    },
  };
}

describe('work that is asked for again and again', () => {
  it('is done at once, and once more after its pause, however often it was asked for', async () => {
    const { ask, begun, end } = setUp();
    ask();
    expect(begun()).toBe(1);
    for (let time = 0; time < 100; time += 1) ask();
    await end();
    expect(begun()).toBe(1);
    ask();
    await end();
    expect(begun()).toBe(2);
    await end();
    await end();
    expect(begun()).toBe(2);
  });

  it('is done at once again, once it has come to rest', async () => {
    const { ask, begun, end } = setUp();
    ask();
    await end();
    await end();
    ask();
    expect(begun()).toBe(2);
  });
});
