import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Bridge } from './bridge';
import type { Controls } from './controls';
import type { Ledger } from './ledger';
import type { EntryDraft, LedgerEntry } from './ledger-entries';
import type { RowChange } from './mac/rows';
import { notFound } from './server/envelope';
import type { Posted } from './server/looks';
import { ServerProcess, type Surroundings } from './server/server-process';
import { type Delivery, Webhooks } from './webhooks';

/** A call of BlueBubbles' API, as it was answered. */
export interface CallRecord {
  at: number;
  bridge: number | null;
  method: string;
  /** Behind `/api/v1/`, without the query. */
  path: string;
  /** Null when the connection was cut, or is not answered yet. */
  status: number | null;
  /** `error.message` of the answer. */
  words: string | null;
}

/** So many calls are remembered. */
const CALLS_KEPT = 20_000;

/** All bridges with what they share: the ledger, the clock, chance, the posting of events. */
export class World implements Surroundings {
  /** The last calls that came in; the ledger does not keep them. */
  readonly calls: CallRecord[] = [];
  private readonly servers = new Map<Bridge, ServerProcess>();
  private readonly webhooks = new Webhooks();
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
    // Any number of answers may hang on it at once.
    setMaxListeners(0, this.stopped.signal);
    for (const entry of ledger.entries) this.bridges[entry.bridge]?.apply(entry);
    for (const bridge of bridges) if (!bridge.controls.down) void this.startServer(bridge, { isSoft: bridge.controls.deaf });
  }

  get hasStopped(): boolean {
    return this.stopped.signal.aborted;
  }

  macNow(bridge: Bridge): number {
    return this.now() + bridge.controls.clockOffsetMs;
  }

  /** The running server of a Mac; undefined while it is down. */
  serverOf(bridge: Bridge): ServerProcess | undefined {
    return this.servers.get(bridge);
  }

  noteCall(call: CallRecord): CallRecord {
    if (this.calls.length >= CALLS_KEPT) this.calls.splice(0, CALLS_KEPT / 10);
    this.calls.push(call);
    return call;
  }

  /** Writes an entry to the ledger and lets the bridge follow it. */
  record(bridge: Bridge, draft: EntryDraft): LedgerEntry {
    const entry = this.ledger.append(draft);
    if (bridge.apply(entry)) this.background(this.serverOf(bridge)?.looks.changed());
    return entry;
  }

  /**
   * Waits for so many ms, or until the signal: by default until the simulator stops, which ends its servers.
   */
  async sleep(ms: number, signal: AbortSignal = this.stopped.signal): Promise<void> {
    if (ms > 0) await wait(ms, undefined, { signal }).catch(() => undefined);
  }

  /** Lets something run that no answer waits for. */
  background(work: Promise<unknown> | undefined): void {
    if (!work) return;
    const quiet = work.catch(() => undefined).finally(() => this.running.delete(quiet));
    this.running.add(quiet);
  }

  /** What the look behind a change has posted of one row. */
  async postedOf(bridge: Bridge, guid: string): Promise<Delivery[]> {
    const posted =
      (await this.serverOf(bridge)
        ?.looks.changed()
        .catch((): Posted[] => [])) ?? [];
    return (await Promise.all(posted.filter((each) => each.guid === guid).map(({ deliveries }) => deliveries))).flat();
  }

  async postEvent(bridge: Bridge, type: string, data: unknown): Promise<Delivery[]> {
    const { eventDelayMs, eventLossRate } = bridge.controls;
    if (bridge.webhooks.size === 0 || (eventLossRate > 0 && this.random() < eventLossRate)) return [];
    // What was on its way when the server ended is lost with it.
    if (eventDelayMs > 0) await this.sleep(eventDelayMs);
    const posting = this.webhooks.post(bridge, type, data);
    this.background(posting);
    return posting;
  }

  /** Changes what is known of a row; the events that follow are the server's business. */
  update(bridge: Bridge, guid: string, change: RowChange): void {
    const { dateDelivered, dateRead, isDelivered, error } = { ...bridge.db.row(guid)!, ...change };
    const at = this.now();
    this.record(bridge, { kind: 'update', at, bridge: bridge.number, guid, dateDelivered, dateRead, isDelivered, error });
  }

  /** Starts the server of a Mac, again where it runs. */
  startServer(bridge: Bridge, { isSoft = false, repeat = 0 } = {}): Promise<Delivery[]> {
    this.serverOf(bridge)?.end();
    bridge.controls.deaf = isSoft;
    const server = new ServerProcess(this, bridge);
    this.servers.set(bridge, server);
    const posting = server.start(repeat);
    this.background(posting);
    return posting;
  }

  stopServer(bridge: Bridge): void {
    this.serverOf(bridge)?.end();
    this.servers.delete(bridge);
  }

  /** Takes over new controls, with what follows from them. */
  changeControls(bridge: Bridge, controls: Controls): void {
    const before = bridge.controls;
    bridge.controls = controls;
    if (controls.macos !== before.macos) bridge.db.upgrade(controls.macos);
    if (controls.down && !before.down) this.stopServer(bridge);
    if (!controls.down && before.down) void this.startServer(bridge);
  }

  /** @throws Answered with 404, when no bridge has such a row */
  bridgeOfRow(guid: string): Bridge {
    const bridge = this.bridges.find((each) => each.db.row(guid));
    if (!bridge) throw notFound('There is no message with this guid');
    return bridge;
  }

  /** The bridge that somebody would answer to: the last one that sent to the address, else the first. */
  bridgeOfAddress(address: string): Bridge {
    const wanted = address.toLowerCase();
    const last = this.ledger.entries.findLast(
      (entry) => entry.kind === 'send' && entry.outcome === 'sent' && entry.address.toLowerCase() === wanted,
    );
    return this.bridges[last?.bridge ?? 0] ?? this.bridges[0]!;
  }

  /** Ends every waiting at once and gives up the posting of events. */
  async stop(): Promise<void> {
    this.stopped.abort();
    for (const server of this.servers.values()) server.end();
    await this.webhooks.stop();
    await Promise.allSettled(this.running);
    this.ledger.close();
  }
}
