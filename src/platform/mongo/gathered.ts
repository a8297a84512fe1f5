import { AsyncResource } from 'node:async_hooks';

/** Questions that go in one command at most. */
const MOST_TOGETHER = 200;
/** A command that takes longer, in milliseconds, holds up nobody else: the next goes out beside it. */
const PATIENCE_MS = 100;

interface Waiting<Q, A> {
  question: Q;
  resolve: (answer: A | Promise<A>) => void;
  reject: (error: unknown) => void;
}

/**
 * Puts questions to the store together: one that comes while a command is under way waits for it to return,
 * and goes with all that have come meanwhile. A group begins at the end of the event loop's turn, so that
 * those who were answered together ask their next question together too. Who is alone waits for nobody, and
 * each command goes out after its questions were put: what it finds is as fresh as if each had been asked by
 * itself (ADR 28). Nobody waits for long behind a command that the store holds up.
 */
export class Gathered<Q, A> {
  private waiting: Waiting<Q, A>[] = [];
  private isBusy = false;
  private readonly context = new AsyncResource('Gathered');

  /**
   * @param ask gives an answer for each question, in their order, or the promise of one, which the next
   * group does not wait for. What it throws, each of them throws. It runs in the asynchronous context that
   * there is now, and in that of none of its questions
   */
  constructor(
    private readonly ask: (questions: readonly Q[]) => Promise<readonly (A | Promise<A>)[]>,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  of(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      if (!this.isBusy) this.context.runInAsyncScope(() => void this.askAll());
    });
  }

  private async askAll(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) {
      await endOfTurn();
      await doneOrSlow(this.askTogether(this.waiting.splice(0, MOST_TOGETHER)), this.patienceMs);
    }
    this.isBusy = false;
  }

  private async askTogether(group: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.ask(group.map(({ question }) => question));
      group.forEach(({ resolve }, index) => resolve(answers[index]!));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** Resolves when the work is done, or has taken so long that nobody shall wait for it. */
function doneOrSlow(work: Promise<void>, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    void work.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
