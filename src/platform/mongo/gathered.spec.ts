import { AsyncLocalStorage } from 'node:async_hooks';
import { eventually } from '../../../test/support/eventually';
import { Gathered } from './gathered';

/** Answers each question by its double, when it is told to. */
class Store {
  readonly commands: number[][] = [];
  private readonly open: (() => void)[] = [];

  readonly ask = async (questions: readonly number[]): Promise<number[]> => {
    this.commands.push([...questions]);
    await new Promise<void>((resolve) => this.open.push(resolve));
    if (questions.includes(13)) throw new Error('refused');
    return questions.map((question) => question * 2);
  };

  /** The oldest command that is open; waits until there is one. */
  async answer(): Promise<void> {
    await eventually(async () => this.open.length > 0);
    this.open.shift()!();
  }

  commandsAre(count: number): Promise<unknown> {
    return eventually(async () => this.commands.length === count);
  }
}

/** Longer than any test takes. */
const LONG_MS = 60_000;

describe('questions that are put together', () => {
  let store: Store;
  let gathered: Gathered<number, number>;
  beforeEach(() => {
    store = new Store();
    gathered = new Gathered(store.ask, LONG_MS);
  });

  it('asks what is put in one turn of the event loop by one command, and gives each its answer', async () => {
    const answers = Promise.all([1, 2, 3].map((question) => gathered.of(question)));
    await store.answer();
    expect(await answers).toEqual([2, 4, 6]);
    expect(store.commands).toEqual([[1, 2, 3]]);
  });

  it('keeps what comes while a command is under way for the next', async () => {
    const first = gathered.of(1);
    await store.commandsAre(1);
    const others = [gathered.of(2), gathered.of(3)];
    await store.answer();
    expect(await first).toBe(2);
    await store.answer();
    expect(await Promise.all(others)).toEqual([4, 6]);
    expect(store.commands).toEqual([[1], [2, 3]]);
  });

  it('lets those that were answered together ask again together', async () => {
    const twice = [1, 2, 3].map(async (question) => gathered.of(await gathered.of(question)));
    await store.answer();
    await store.answer();
    expect(await Promise.all(twice)).toEqual([4, 8, 12]);
    expect(store.commands).toEqual([
      [1, 2, 3],
      [2, 4, 6],
    ]);
  });

  it('tells all of a command that it was refused, and goes on', async () => {
    const refused = Promise.allSettled([gathered.of(1), gathered.of(13)]);
    await store.answer();
    expect((await refused).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = gathered.of(2);
    await store.answer();
    expect(await next).toBe(4);
  });

  it('does not wait for long behind a command that does not return', async () => {
    const impatient = new Gathered(store.ask, 20);
    const held = impatient.of(1);
    await store.commandsAre(1);
    const next = impatient.of(2);
    await store.commandsAre(2);
    expect(store.commands).toEqual([[1], [2]]);
    await store.answer();
    await store.answer();
    expect(await Promise.all([held, next])).toEqual([2, 4]);
  });

  it('runs in the context of none of those who ask', async () => {
    const caller = new AsyncLocalStorage<string>();
    const contexts: (string | undefined)[] = [];
    const noting = new Gathered<number, number>(async (questions) => {
      contexts.push(caller.getStore());
      return questions;
    });
    const asked = (who: string) => caller.run(who, async () => (await noting.of(1), caller.getStore()));
    expect(await Promise.all([asked('a'), asked('b')])).toEqual(['a', 'b']);
    expect(contexts).toEqual([undefined]);
  });

  it('does not wait for an answer that is only promised', async () => {
    let settle = (_: number) => {};
    const slow = new Promise<number>((resolve) => (settle = resolve));
    const ask = async (questions: readonly number[]) => questions.map((one) => (one === 1 ? slow : one));
    const promising = new Gathered<number, number>(ask, LONG_MS);
    const first = promising.of(1);
    expect(await promising.of(2)).toBe(2);
    expect(await promising.of(3)).toBe(3);
    settle(7);
    expect(await first).toBe(7);
  });

  it('puts at most 200 questions by one command', async () => {
    const answers = Promise.all(Array.from({ length: 450 }, (_, index) => gathered.of(index + 1_000)));
    for (let command = 0; command < 3; command += 1) await store.answer();
    await answers;
    expect(store.commands.map(({ length }) => length)).toEqual([200, 200, 50]);
  });
});
