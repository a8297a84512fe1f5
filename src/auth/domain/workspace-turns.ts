export interface TurnLimits {
  /** What one workspace may do at the same time. */
  atOnce: number;
  /** How much more of it may wait. */
  waitingAtMost: number;
  /** How long it waits. */
  patienceMs: number;
}

interface Queue {
  running: number;
  waiting: ((isTaken: boolean) => void)[];
}

/**
 * Lets each workspace do so many things of a kind at a time. What comes meanwhile waits: first come, first
 * served.
 */
export class WorkspaceTurns {
  private readonly queues = new Map<string, Queue>();

  constructor(private readonly limits: TurnLimits) {}

  /** @returns what ends the turn, to be called once; `null` where too many wait, or it took too long */
  async take(workspaceId: string): Promise<(() => void) | null> {
    const queue = this.queues.get(workspaceId) ?? { running: 0, waiting: [] };
    this.queues.set(workspaceId, queue);
    if (queue.running < this.limits.atOnce) queue.running += 1;
    else if (!(await this.wait(queue))) return null;
    let hasEnded = false;
    return () => {
      if (hasEnded) return;
      hasEnded = true;
      this.end(workspaceId, queue);
    };
  }

  running(workspaceId: string): number {
    return this.queues.get(workspaceId)?.running ?? 0;
  }

  private wait({ waiting }: Queue): Promise<boolean> {
    if (waiting.length >= this.limits.waitingAtMost) return Promise.resolve(false);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(taken), 1);
        resolve(false);
      }, this.limits.patienceMs);
      timer.unref();
      const taken = (isTaken: boolean): void => {
        clearTimeout(timer);
        resolve(isTaken);
      };
      waiting.push(taken);
    });
  }

  /** The turn goes to whoever waits longest. */
  private end(workspaceId: string, queue: Queue): void {
    const next = queue.waiting.shift();
    if (next) return next(true);
    queue.running -= 1;
    if (queue.running === 0) this.queues.delete(workspaceId);
  }
}
