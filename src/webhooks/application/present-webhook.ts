import type { Webhook } from '../domain/webhook';

/**
 * What is known of an endpoint is looked up again after so long, in milliseconds: less than whoever switches
 * it off or deletes it waits (Subscriptions.untilKnown), so that it is not called after that.
 */
const KNOWN_FOR_MS = 500;

/** An endpoint to which deliveries that were taken together are made: it may be switched off meanwhile. */
export class PresentWebhook {
  private known: Promise<Webhook | null>;
  private knownAt = performance.now();
  private gone = false;

  constructor(
    webhook: Webhook,
    private readonly find: () => Promise<Webhook | null>,
  ) {
    this.known = Promise.resolve(webhook);
  }

  /** @returns `null` once it is switched off or deleted */
  async ifActive(): Promise<Webhook | null> {
    if (performance.now() - this.knownAt >= KNOWN_FOR_MS) {
      this.knownAt = performance.now();
      this.known = this.find();
    }
    const webhook = await this.known;
    return this.gone || !webhook?.isActive ? null : webhook;
  }

  /** It has answered that it is gone. */
  isGone(): void {
    this.gone = true;
  }
}
