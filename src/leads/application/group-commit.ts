import { setImmediate as endOfTurn } from 'node:timers/promises';
import { OutcomeUnknown } from '../../platform/errors';

interface Waiting<Call, Result> {
  call: Call;
  resolve: (result: Result | null) => void;
  reject: (error: OutcomeUnknown) => void;
}

/**
 * Does calls of one kind together. The first call is done at once, with those that came in the same turn of
 * the event loop; those that come meanwhile are the next group. So a single call waits for no other, and many
 * at once share the price of a commit. See docs/adr/0016.
 */
export class GroupCommit<Call, Result> {
  /** The waiting calls, by kind. A kind has an entry while a group of it is being done. */
  private readonly waiting = new Map<string, Waiting<Call, Result>[]>();

  /**
   * @param callsAtMost in a group
   * @param commit does a group in one transaction, tried once. @returns each call's own result, in their
   * order
   */
  constructor(
    private readonly callsAtMost: number,
    private readonly commit: (calls: readonly Call[]) => Promise<readonly Result[]>,
  ) {}

  /**
   * @param kind what calls have in common that may share a transaction
   * @returns `null` when the call is to be done alone: its group failed and nothing of it was saved, or the
   * one that it waited for failed
   * @throws OutcomeUnknown when the store did not say whether it saved the group
   */
  do(kind: string, call: Call): Promise<Result | null> {
    return new Promise((resolve, reject) => {
      const queue = this.waiting.get(kind);
      if (queue) {
        queue.push({ call, resolve, reject });
        return;
      }
      const fresh = [{ call, resolve, reject }];
      this.waiting.set(kind, fresh);
      void this.doAll(kind, fresh);
    });
  }

  private async doAll(kind: string, queue: Waiting<Call, Result>[]): Promise<void> {
    while (queue.length > 0) {
      // Answers of the group before bring the next requests: those that are here already come along.
      await endOfTurn();
      const group = queue.splice(0, this.callsAtMost);
      try {
        const results = await this.commit(group.map(({ call }) => call));
        group.forEach(({ resolve }, index) => resolve(results[index]!));
      } catch (error) {
        group.forEach(({ resolve, reject }) => (error instanceof OutcomeUnknown ? reject(error) : resolve(null)));
        // Whatever failed, a store that is away perhaps, the waiting calls must not meet it one after
        // another.
        queue.splice(0).forEach(({ resolve }) => resolve(null));
      }
    }
    this.waiting.delete(kind);
  }
}
