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
  private company: NodeJS.Timeout | undefined;

  /** @param companyMs so long the work waits for others that are about to come, in milliseconds */
  async run<T>(work: (outside: Outside) => Promise<T>, companyMs = 0): Promise<T> {
    await this.begin(companyMs);
    try {
      return await work((call) => this.outside(call));
    } finally {
      this.leave();
    }
  }

  private begin(companyMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.patience ??= setTimeout(() => this.beginAll(), PATIENCE_MS);
      if (companyMs > 0) this.company ??= setTimeout(() => this.haveCome(), companyMs);
      else this.lookAgain();
    });
  }

  /** Whoever was about to come is there. */
  private haveCome(): void {
    this.company = undefined;
    this.lookAgain();
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
    if (!this.isDue()) return;
    setImmediate(() => {
      if (this.isDue()) this.beginAll();
    });
  }

  private isDue(): boolean {
    return this.atWork === 0 && this.waiting.length > 0 && !this.company;
  }

  private beginAll(): void {
    clearTimeout(this.patience);
    clearTimeout(this.company);
    this.patience = undefined;
    this.company = undefined;
    const cohort = this.waiting.splice(0);
    this.atWork += cohort.length;
    for (const begin of cohort) begin();
  }
}
