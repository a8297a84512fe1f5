import { WorkspaceTurns } from './workspace-turns';

describe('turns of a workspace', () => {
  const turns = new WorkspaceTurns({ atOnce: 2, waitingAtMost: 2, patienceMs: 50 });
  const state = async (turn: Promise<unknown>) =>
    Promise.race([turn.then((end) => (end ? 'taken' : 'refused')), new Promise((resolve) => setImmediate(resolve, 'waiting'))]);

  it('lets so many begin, and the next when one has ended, in the order in which they came', async () => {
    const [first, second] = [await turns.take('a'), await turns.take('a')];
    const [third, fourth] = [turns.take('a'), turns.take('a')];
    expect([await state(third), await state(fourth)]).toEqual(['waiting', 'waiting']);
    first!();
    // Twice is once.
    first!();
    expect([await state(third), await state(fourth)]).toEqual(['taken', 'waiting']);
    second!();
    expect(await state(fourth)).toBe('taken');
    for (const turn of [third, fourth]) (await turn)!();
  });

  it('keeps no workspace waiting for another', async () => {
    const taken = [await turns.take('a'), await turns.take('a')];
    const third = turns.take('a');
    expect(await state(third)).toBe('waiting');
    const other = turns.take('b');
    expect(await state(other)).toBe('taken');
    for (const end of [...taken, await other]) end!();
    (await third)!();
  });

  it('refuses whoever finds too many waiting, and who has waited too long', async () => {
    const taken = [await turns.take('c'), await turns.take('c')];
    const waiting = [turns.take('c'), turns.take('c')];
    expect(await turns.take('c')).toBeNull();
    expect(await Promise.all(waiting)).toEqual([null, null]);
    // Whoever went has left no trace: the next takes what is free.
    taken[0]!();
    const next = await turns.take('c');
    expect(next).not.toBeNull();
    for (const end of [taken[1], next]) end!();
    expect(turns.running('c')).toBe(0);
  });
});
