/** Questions that go in one command at most. */
const MOST_TOGETHER = 200;

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
 * itself (ADR 28).
 */
export class Gathered<Q, A> {
  private waiting: Waiting<Q, A>[] = [];
  private isAsking = false;

  /**
   * @param ask gives an answer for each question, in their order, or the promise of one, which the next
   * group does not wait for. What it throws, each of them throws. It runs in the asynchronous context of any
   * of its questions, so it must not depend on one
   */
  constructor(private readonly ask: (questions: readonly Q[]) => Promise<readonly (A | Promise<A>)[]>) {}

  of(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      if (!this.isAsking) void this.askAll();
    });
  }

  private async askAll(): Promise<void> {
    this.isAsking = true;
    while (this.waiting.length > 0) {
      await endOfTurn();
      const group = this.waiting.splice(0, MOST_TOGETHER);
      try {
        const answers = await this.ask(group.map(({ question }) => question));
        group.forEach(({ resolve }, index) => resolve(answers[index]!));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.isAsking = false;
  }
}

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
