import { OutcomeUnknown } from '../../platform/errors';
import { GroupCommit } from './group-commit';

/** A commit that ends when it is told to. */
interface Commit {
  calls: readonly string[];
  end: () => void;
  fail: (error: Error) => void;
}

describe('GroupCommit', () => {
  let commits: Commit[];
  let groups: GroupCommit<string, string>;

  const turns = async () => {
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const told = () => commits.map(({ calls }) => calls);

  beforeEach(() => {
    commits = [];
    groups = new GroupCommit(3, (calls) => {
      return new Promise((resolve, reject) => {
        commits.push({ calls, end: () => resolve(calls.map((call) => `${call}!`)), fail: reject });
      });
    });
  });

  it('does a call at once when nothing is being done', async () => {
    const answer = groups.do('x', 'a');
    await turns();
    expect(told()).toEqual([['a']]);
    commits[0]!.end();
    expect(await answer).toBe('a!');
    const next = groups.do('x', 'b');
    await turns();
    expect(told()).toEqual([['a'], ['b']]);
    commits[1]!.end();
    expect(await next).toBe('b!');
  });

  it('lets those that come meanwhile wait, and does them together, so many at a time, each with its own result', async () => {
    const first = groups.do('x', 'a');
    await turns();
    const others = ['b', 'c', 'd', 'e'].map((call) => groups.do('x', call));
    await turns();
    expect(told()).toEqual([['a']]);
    commits[0]!.end();
    await turns();
    expect(told()).toEqual([['a'], ['b', 'c', 'd']]);
    commits[1]!.end();
    await turns();
    expect(told()).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
    commits[2]!.end();
    expect(await Promise.all([first, ...others])).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
  });

  it('does kinds beside each other, never together', async () => {
    const calls = [groups.do('x', 'a'), groups.do('y', 'b'), groups.do('x', 'c')];
    await turns();
    expect(told()).toEqual([['a', 'c'], ['b']]);
    commits.forEach(({ end }) => end());
    expect(await Promise.all(calls)).toEqual(['a!', 'b!', 'c!']);
  });

  it('leaves the calls of a group that failed, and those that wait for it, to be done alone', async () => {
    const calls = ['a', 'b', 'c', 'd'].map((call) => groups.do('x', call));
    await turns();
    commits[0]!.fail(new Error('A lead of the list has the same phone'));
    expect(await Promise.all(calls)).toEqual([null, null, null, null]);
    const next = groups.do('x', 'e');
    await turns();
    expect(told()).toEqual([['a', 'b', 'c'], ['e']]);
    commits[1]!.end();
    expect(await next).toBe('e!');
  });

  it('never has a call tried again that may have been saved; those that waited were not tried', async () => {
    const calls = ['a', 'b', 'c', 'd'].map((call) => groups.do('x', call));
    await turns();
    const settled = Promise.allSettled(calls);
    commits[0]!.fail(new OutcomeUnknown());
    const unknown = { status: 'rejected', reason: expect.any(OutcomeUnknown) };
    expect(await settled).toEqual([unknown, unknown, unknown, { status: 'fulfilled', value: null }]);
  });
});
