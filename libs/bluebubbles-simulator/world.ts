import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type Bridge, type BridgeMessage, type ChatAddress } from './bridge';
import { Missing } from './envelope';
import type { Ledger, LedgerEntry } from './ledger';
import { type BridgeEvent, type Delivery, Webhooks } from './webhooks';

type Draft<E> = E extends LedgerEntry ? Omit<E, 'seq'> : never;

/** All bridges with what they share: the ledger, the clock, chance, the posting of events. */
export class World {
  readonly webhooks = new Webhooks();
  private readonly stopped = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  constructor(
    readonly bridges: readonly Bridge[],
    readonly ledger: Ledger,
    /** ms since 1970. */
    readonly now: () => number,
    /** 0 to below 1. */
    readonly random: () => number,
  ) {
    // Any number of answers may hang at once.
    setMaxListeners(0, this.stopped.signal);
    for (const entry of ledger.entries) this.bridges[entry.bridge]?.apply(entry);
  }

  /** Writes an entry to the ledger and lets the bridge follow it. */
  record(bridge: Bridge, draft: Draft<LedgerEntry>): void {
    this.ledger.append(draft);
    bridge.apply(this.ledger.entries.at(-1)!);
  }

  /** Waits for so many ms, or until the simulator stops. */
  async sleep(ms: number): Promise<void> {
    if (ms > 0) await wait(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
  }

  /** Lets something run that no answer waits for. */
  background(work: Promise<unknown>): void {
    const quiet = work.catch(() => undefined).finally(() => this.running.delete(quiet));
    this.running.add(quiet);
  }

  /**
   * Somebody writes to us; the event is posted `deliveries` times: 0 for a lost one, 2 for a repeated one.
   */
  async reply(bridge: Bridge, chat: ChatAddress, text: string, deliveries: number) {
    const guid = randomUUID().toUpperCase();
    this.record(bridge, { kind: 'reply', at: this.now(), bridge: bridge.number, ...chat, text, guid });
    const message = bridge.message(guid)!;
    const webhooks: Delivery[] = [];
    for (let time = 0; time < deliveries; time++) webhooks.push(...(await this.webhooks.post(bridge, 'new-message', message)));
    return { message, webhooks };
  }

  /** Changes what is known of a message, and posts the event that says so. */
  async update(
    bridge: Bridge,
    guid: string,
    change: Partial<Pick<BridgeMessage, 'dateDelivered' | 'dateRead' | 'error'>>,
    event: BridgeEvent,
  ) {
    const { dateDelivered, dateRead, error } = { ...bridge.message(guid)!, ...change };
    this.record(bridge, { kind: 'update', at: this.now(), bridge: bridge.number, guid, dateDelivered, dateRead, error });
    const message = { ...bridge.message(guid)! };
    return { message, webhooks: await this.webhooks.post(bridge, event, message) };
  }

  /** @throws Missing when no bridge has such a message */
  bridgeOfMessage(guid: string): Bridge {
    const bridge = this.bridges.find((each) => each.message(guid));
    if (!bridge) throw new Missing('There is no message with this guid');
    return bridge;
  }

  /** The bridge that somebody would answer to: the last one that sent to the address, else the first. */
  bridgeOfAddress(chat: ChatAddress): Bridge {
    const last = this.ledger.entries.findLast(
      (entry) => entry.kind === 'send' && entry.outcome === 'sent' && entry.address.toLowerCase() === chat.address.toLowerCase(),
    );
    return this.bridges[last?.bridge ?? 0] ?? this.bridges[0]!;
  }

  /** Ends every waiting at once and gives up the posting of events. */
  async stop(): Promise<void> {
    this.stopped.abort();
    await this.webhooks.stop();
    await Promise.allSettled(this.running);
    this.ledger.close();
  }
}
