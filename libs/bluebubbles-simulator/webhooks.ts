import type { Bridge, BridgeMessage } from './bridge';

/** After how long, in ms, a receiver that does not answer is given up. */
const GIVE_UP_MS = 10_000;

export type BridgeEvent = 'new-message' | 'updated-message' | 'message-send-error';

/** What came of posting an event to one URL. */
export interface Delivery {
  url: string;
  /** The HTTP status of the answer; null when there was none. */
  status: number | null;
  error?: string;
}

/**
 * Posts events to the URLs that were registered at a bridge. Nothing is tried twice, as with the real one.
 */
export class Webhooks {
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  async post(bridge: Bridge, type: BridgeEvent, message: BridgeMessage): Promise<Delivery[]> {
    const body = JSON.stringify({ type, data: message });
    const wanted = [...bridge.webhooks.values()].filter(({ events }) => events.includes('*') || events.includes(type));
    const posting = Promise.all(wanted.map(({ url }) => this.deliver(url, body)));
    this.running.add(posting);
    return posting.finally(() => this.running.delete(posting));
  }

  /** Gives up what is under way and posts nothing more. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await Promise.allSettled(this.running);
  }

  private async deliver(url: string, body: string): Promise<Delivery> {
    try {
      const signal = AbortSignal.any([this.stopped.signal, AbortSignal.timeout(GIVE_UP_MS)]);
      // A connection of its own each time: one that the receiver has closed meanwhile would lose the event.
      const headers = { 'content-type': 'application/json', connection: 'close' };
      const answer = await fetch(url, { method: 'POST', headers, body, signal });
      await answer.arrayBuffer();
      return { url, status: answer.status };
    } catch (error) {
      const { message, cause } = error as Error & { cause?: { message?: string } };
      return { url, status: null, error: cause?.message || message };
    }
  }
}
