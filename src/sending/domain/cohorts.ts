/** How long a work waits for others, in milliseconds. */
export interface Manners {
  /** For some that are about to come. */
  companyMs: number;
  /** For those at work, at most: they may be held up by something outside. */
  patienceMs: number;
}

const HASTE: Manners = { companyMs: 0, patienceMs: 50 };

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
  private patientUntil = Infinity;
  private company: NodeJS.Timeout | undefined;

  async run<T>(work: (outside: Outside) => Promise<T>, manners = HASTE): Promise<T> {
    await this.begin(manners);
    try {
      return await work((call) => this.outside(call));
    } finally {
      this.leave();
    }
  }

  private begin({ companyMs, patienceMs }: Manners): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.isPatientFor(patienceMs);
      if (companyMs > 0) this.company ??= setTimeout(() => this.haveCome(), companyMs);
      else this.lookAgain();
    });
  }

  /** Who has the least patience counts. */
  private isPatientFor(ms: number): void {
    const until = performance.now() + ms;
    if (until >= this.patientUntil) return;
    clearTimeout(this.patience);
    this.patientUntil = until;
    this.patience = setTimeout(() => this.beginAll(), ms);
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
    this.patientUntil = Infinity;
    this.company = undefined;
    const cohort = this.waiting.splice(0);
    this.atWork += cohort.length;
    for (const begin of cohort) begin();
  }
}
