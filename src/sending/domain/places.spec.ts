import { Places } from './places';

/** Works that go on until they are ended, by name. */
function setUp(total: number) {
  const places = new Places(total);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    begin(workspaceId: string, name: string) {
      return places.run(workspaceId, async () => {
        begun.push(name);
        await new Promise<void>((end) => ends.set(name, end));
      });
    },
    async end(name: string) {
      ends.get(name)!();
      await jest.advanceTimersByTimeAsync(0);
    },
    pass: (milliseconds: number) => jest.advanceTimersByTimeAsync(milliseconds),
  };
}

describe('places of sends', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('are so many; who leaves one gives it to the next', async () => {
    const test = setUp(2);
    for (const name of ['1', '2', '3', '4']) void test.begin('a', name);
    await test.pass(0);
    expect(test.begun).toEqual(['1', '2']);
    await test.end('2');
    expect(test.begun).toEqual(['1', '2', '3']);
  });

  it('go to workspaces in turns, whichever has the most waiting', async () => {
    const test = setUp(1);
    for (const name of ['a1', 'a2', 'a3', 'a4']) void test.begin('a', name);
    for (const name of ['b1', 'b2']) void test.begin('b', name);
    void test.begin('c', 'c1');
    await test.pass(0);
    for (const name of ['a1', 'a2', 'b1', 'c1', 'a3', 'b2']) await test.end(name);
    expect(test.begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4']);
  });

  it('are held by nobody who waits for something outside', async () => {
    const test = setUp(2);
    for (const name of ['a1', 'a2', 'a3', 'a4']) void test.begin('a', name);
    void test.begin('b', 'b1');
    await test.pass(499);
    expect(test.begun).toEqual(['a1', 'a2']);
    await test.pass(1);
    expect(test.begun).toEqual(['a1', 'a2', 'a3', 'b1']);
    // Its place is another's by now: it has none to give.
    await test.end('a1');
    expect(test.begun).toEqual(['a1', 'a2', 'a3', 'b1']);
    await test.end('b1');
    expect(test.begun).toEqual(['a1', 'a2', 'a3', 'b1', 'a4']);
  });

  it('are left by what fails, which the caller hears of', async () => {
    const places = new Places(1);
    await expect(places.run('a', () => Promise.reject(new Error('The store is away')))).rejects.toThrow('The store is away');
    const worked: string[] = [];
    await places.run('a', async () => void worked.push('a'));
    expect(worked).toEqual(['a']);
  });
});
