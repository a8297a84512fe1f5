import type { Clock } from './clock';

/**
 * Renews a lease, three times within its length, for as long as the work under it goes on. A renewal that
 * fails is left to the next one: who loses the lease learns it from the store, at the next write.
 */
export class Heartbeat {
  private readonly over = new AbortController();
  private readonly beating: Promise<void>;

  /** @param renew makes the lease last for `leaseMs` from now on */
  constructor(
    private readonly clock: Clock,
    private readonly leaseMs: number,
    private readonly renew: () => Promise<unknown>,
  ) {
    this.beating = this.beat();
  }

  /** Ends it, and waits for a renewal that is under way. */
  async stop(): Promise<void> {
    this.over.abort();
    await this.beating;
  }

  private async beat(): Promise<void> {
    for (;;) {
      await this.clock.sleep(this.leaseMs / 3, this.over.signal);
      if (this.over.signal.aborted) return;
      await this.renew().catch(() => undefined);
    }
  }
}
