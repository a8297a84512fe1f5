import type { Bridge } from './bridge';

/** The events that the server knows by name; `*` stands for all. */
export const EVENT_NAMES = [
  '*',
  'new-message',
  'updated-message',
  'message-send-error',
  'group-name-change',
  'group-icon-changed',
  'group-icon-removed',
  'participant-removed',
  'participant-added',
  'participant-left',
  'chat-read-status-changed',
  'typing-indicator',
  'scheduled-message-error',
  'server-update',
  'new-server',
  'new-findmy-location',
  'hello-world',
  'incoming-facetime',
  'ft-call-status-changed',
  'imessage-alias-removed',
  'theme-backup-created',
  'theme-backup-updated',
  'theme-backup-deleted',
  'settings-backup-created',
  'settings-backup-updated',
  'settings-backup-deleted',
];

/** What came of posting an event to one URL. */
export interface Delivery {
  url: string;
  /** The HTTP status of the answer; null when there was none. */
  status: number | null;
  error?: string;
}

/**
 * Posts events to the URLs that were registered at a bridge. Nothing is tried twice and nothing times out, as
 * with the real one.
 */
export class Webhooks {
  /** Of each post that is under way; a signal for all of them would keep a listener of every one. */
  private readonly endings = new Set<AbortController>();
  private hasStopped = false;
  private readonly running = new Set<Promise<unknown>>();

  async post(bridge: Bridge, type: string, data: unknown): Promise<Delivery[]> {
    const body = JSON.stringify({ type, data });
    const wanted = [...bridge.webhooks.values()].filter(({ events }) => events.includes('*') || events.includes(type));
    const posting = Promise.all(wanted.map(({ url }) => this.deliver(url, body)));
    this.running.add(posting);
    return posting.finally(() => this.running.delete(posting));
  }

  /** Gives up what is under way and posts nothing more. */
  async stop(): Promise<void> {
    this.hasStopped = true;
    for (const ending of this.endings) ending.abort();
    await Promise.allSettled(this.running);
  }

  private async deliver(url: string, body: string): Promise<Delivery> {
    const ending = new AbortController();
    if (this.hasStopped) ending.abort();
    this.endings.add(ending);
    try {
      // A connection of its own each time: one that the receiver has closed meanwhile would lose the event.
      const headers = { 'content-type': 'application/json', connection: 'close' };
      const answer = await fetch(url, { method: 'POST', headers, body, signal: ending.signal });
      await answer.arrayBuffer();
      return { url, status: answer.status };
    } catch (error) {
      const { message, cause } = error as Error & { cause?: { message?: string } };
      return { url, status: null, error: cause?.message || message };
    } finally {
      this.endings.delete(ending);
    }
  }
}
