import { eventually } from '../../../test/support/eventually';
import { ALONE, Cohorts, type Manners, type Outside } from './cohorts';

/** Works that go on until they are told to end, or to call somebody outside, by name. */
class Works {
  readonly begun: string[] = [];
  private readonly ends = new Map<string, () => void>();
  private readonly cohorts = new Cohorts();

  begin(name: string, work = (_: Outside) => this.untilToldTo(`end ${name}`)): void {
    void this.cohorts.run(async (outside) => {
      this.begun.push(name);
      await work(outside);
    });
  }

  untilToldTo(what: string): Promise<void> {
    return new Promise((end) => this.ends.set(what, end));
  }

  /** Waits until somebody can be told. */
  async tell(what: string): Promise<void> {
    await eventually(async () => this.ends.has(what));
    this.ends.get(what)!();
  }

  areBegun(...names: string[]): Promise<unknown> {
    return eventually(async () => this.begun.join() === names.join());
  }
}

/** Longer than an event loop's turn, and less than anybody's patience. */
const someTurns = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('cohorts', () => {
  let works: Works;
  beforeEach(() => {
    works = new Works();
  });

  it('begin with all that came while others were at work', async () => {
    works.begin('a');
    works.begin('b');
    await works.areBegun('a', 'b');
    // Before the patience of anybody ends.
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'Date'] });
    try {
      for (const name of ['c', 'd']) works.begin(name);
      await works.tell('end a');
      await someTurns();
      expect(works.begun).toEqual(['a', 'b']);
      await works.tell('end b');
      await someTurns();
      expect(works.begun).toEqual(['a', 'b', 'c', 'd']);
    } finally {
      jest.useRealTimers();
    }
    for (const name of ['c', 'd']) await works.tell(`end ${name}`);
  });

  it('wait for nobody who waits for something outside, and for those who have come back from there', async () => {
    works.begin('a', async (outside) => {
      await outside(() => works.untilToldTo('answer a'));
      await works.untilToldTo('end a');
    });
    await works.areBegun('a');
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'Date'] });
    try {
      works.begin('b');
      await someTurns();
      expect(works.begun).toEqual(['a', 'b']);
      works.begin('c');
      await works.tell('answer a');
      await someTurns();
      await works.tell('end b');
      await someTurns();
      expect(works.begun).toEqual(['a', 'b']);
      await works.tell('end a');
      await someTurns();
      expect(works.begun).toEqual(['a', 'b', 'c']);
    } finally {
      jest.useRealTimers();
    }
    await works.tell('end c');
  });

  it('wait for nobody for long', async () => {
    works.begin('slow');
    await works.areBegun('slow');
    works.begin('b');
    await works.areBegun('slow', 'b');
    await works.tell('end slow');
    works.begin('c');
    await works.areBegun('slow', 'b', 'c');
    for (const name of ['b', 'c']) await works.tell(`end ${name}`);
  });

  it('wait for others that are about to come, where they are told to', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance', 'Date'] });
    const begun: string[] = [];
    try {
      const cohorts = new Cohorts();
      const patient = { companyMs: 10, patienceMs: 100 };
      const begin = (name: string, manners?: Manners) => cohorts.run(async () => void begun.push(name), manners);
      const works = [begin('a', patient), begin('b', patient)];
      jest.advanceTimersByTime(9);
      works.push(begin('c'));
      await someTurns();
      expect(begun).toEqual([]);
      jest.advanceTimersByTime(1);
      await Promise.all(works);
      expect(begun).toEqual(['a', 'b', 'c']);
      await begin('d');
      expect(begun).toEqual(['a', 'b', 'c', 'd']);
    } finally {
      jest.useRealTimers();
    }
  });

  it('wait for those at work as long as the least patient of them', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'Date'] });
    const begun: string[] = [];
    try {
      const cohorts = new Cohorts();
      const patient = { companyMs: 0, patienceMs: 100 };
      const begin = (name: string, manners?: Manners, work = async () => undefined as void) =>
        cohorts.run(() => (begun.push(name), work()), manners);
      let end = () => undefined as void;
      const slow = begin('slow', undefined, () => new Promise((resolve) => (end = resolve as never)));
      await someTurns();
      const works = [begin('a', patient)];
      jest.advanceTimersByTime(60);
      expect(begun).toEqual(['slow']);
      works.push(begin('b', { companyMs: 0, patienceMs: 10 }));
      jest.advanceTimersByTime(10);
      await Promise.all(works);
      expect(begun).toEqual(['slow', 'a', 'b']);
      works.push(begin('c', patient));
      jest.advanceTimersByTime(99);
      await someTurns();
      expect(begun).toHaveLength(3);
      jest.advanceTimersByTime(1);
      await Promise.all(works);
      end();
      await slow;
    } finally {
      jest.useRealTimers();
    }
  });

  it('go on where one fails, and give each its own answer', async () => {
    const cohorts = new Cohorts();
    const fails = cohorts.run(async (outside) => outside(() => Promise.reject(new Error('no answer'))));
    await expect(fails).rejects.toThrow('no answer');
    expect(await cohorts.run(async (outside) => outside(async () => 1))).toBe(1);
    expect(await ALONE(async () => 2)).toBe(2);
  });
});
