import { SharedRounds } from './rounds';

describe('shared rounds', () => {
  const held = () => {
    const begun: { key: string; end: (error?: Error) => void }[] = [];
    const rounds = new SharedRounds<string>(
      (key) => new Promise((resolve, reject) => begun.push({ key, end: (error) => (error ? reject(error) : resolve()) })),
    );
    return { begun, rounds, keys: () => begun.map(({ key }) => key) };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('lets all that come while one runs share the next, and others be', async () => {
    const { begun, rounds, keys } = held();
    const first = rounds.run('a');
    const more = [rounds.run('a'), rounds.run('a'), rounds.run('b')];
    expect(keys()).toEqual(['a', 'b']);
    begun[0]!.end();
    await first;
    await settled();
    expect(keys()).toEqual(['a', 'b', 'a']);
    begun[1]!.end();
    begun[2]!.end();
    await Promise.all(more);
    await settled();
    void rounds.run('a');
    expect(keys()).toEqual(['a', 'b', 'a', 'a']);
  });

  it('tells of an error those alone whose round it was', async () => {
    const { begun, rounds } = held();
    const first = rounds.run('a');
    const second = rounds.run('a');
    begun[0]!.end(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await settled();
    begun[1]!.end();
    await second;
    const third = rounds.run('a');
    begun[2]!.end(new Error('again'));
    await expect(third).rejects.toThrow('again');
  });
});
