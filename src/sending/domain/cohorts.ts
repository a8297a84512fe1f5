/** Nobody waits for longer, in milliseconds: others may be held up by something outside. */
const PATIENCE_MS = 50;

/** Makes a call to the outside, for which nobody else is to wait. */
export type Outside = <R>(call: () => Promise<R>) => Promise<R>;

/** For work that has no company. */
export const ALONE: Outside = (call) => call();

/**
 * Lets works begin together. One that comes while others are at work waits for them, and then begins with all
 * that have come meanwhile: from then on they ask the store at the same moments, each time in one command for
 * all of them (ADR 28). Who is alone waits for nobody.
 */
export class Cohorts {
  private atWork = 0;
  private waiting: (() => void)[] = [];
  private patience: NodeJS.Timeout | undefined;

  async run<T>(work: (outside: Outside) => Promise<T>): Promise<T> {
    await this.begin();
    try {
      return await work((call) => this.outside(call));
    } finally {
      this.leave();
    }
  }

  private begin(): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.patience ??= setTimeout(() => this.beginAll(), PATIENCE_MS);
      this.lookAgain();
    });
  }

  private async outside<R>(call: () => Promise<R>): Promise<R> {
    this.leave();
    try {
      return await call();
    } finally {
      this.atWork += 1;
    }
  }

  private leave(): void {
    this.atWork -= 1;
    this.lookAgain();
  }

  /** At the end of the event loop's turn, in which others may come. */
  private lookAgain(): void {
    if (this.atWork > 0 || this.waiting.length === 0) return;
    setImmediate(() => {
      if (this.atWork === 0) this.beginAll();
    });
  }

  private beginAll(): void {
    clearTimeout(this.patience);
    this.patience = undefined;
    const cohort = this.waiting.splice(0);
    this.atWork += cohort.length;
    for (const begin of cohort) begin();
  }
}
