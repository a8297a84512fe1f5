import type { IncomingMessage } from 'node:http';
import { optionalText, readJson, textField } from './body';
import type { Bridge } from './bridge';
import { controlChanges, type Controls } from './controls';
import { BadRequest, Missing } from './envelope';
import type { LedgerEntry } from './ledger';
import type { World } from './world';

export interface LedgerFilter {
  /** Only entries whose request came in at this instant (ms) or later. */
  since?: number;
  /** Only entries after the one of this number. */
  after?: number;
  kind?: string;
  address?: string;
}

export interface ReplyOrder {
  address: string;
  text: string;
  /** `iMessage`, the default, or `SMS`. */
  service?: string;
  /**
   * The bridge by its password or number; by default the last one that sent to the address, else the first.
   */
  password?: string;
  bridge?: number;
  /**
   * How many times the event is posted: 1 by default; 0 loses it, the message being in the chat all the same.
   */
  deliveries?: number;
}

export interface ReceiptOrder {
  guid: string;
  delivered?: boolean;
  read?: boolean;
}

/** Told what to do by people and tests, over HTTP or in process: these are no calls of BlueBubbles. */
export class ControlApi {
  constructor(private readonly world: World) {}

  /** @throws Missing, BadRequest */
  async answer(path: string, request: IncomingMessage, query: URLSearchParams): Promise<unknown> {
    const { method } = request;
    if (method === 'GET' && path === 'ledger') return this.ledger(filterOf(query));
    if (method === 'GET' && path === 'control') return this.controls();
    if (method !== 'POST' || !['control', 'reply', 'receipt', 'send-error'].includes(path)) {
      throw new Missing(`There is no ${method} /${path}`);
    }
    const body = await readJson(request);
    if (path === 'control') return this.control(body);
    if (path === 'reply') return this.reply(replyOf(body));
    const guid = textField(body, 'guid');
    if (path === 'receipt') return this.receipt({ guid, delivered: flag(body, 'delivered'), read: flag(body, 'read') });
    return this.sendError(guid, number(body, 'error', 1, 10_000) ?? 22);
  }

  ledger({ since = -Infinity, after = 0, kind, address }: LedgerFilter = {}): LedgerEntry[] {
    return this.world.ledger.entries.filter(
      (entry) =>
        entry.at >= since &&
        entry.seq > after &&
        (kind === undefined || entry.kind === kind) &&
        (address === undefined || ('address' in entry && entry.address === address)),
    );
  }

  controls(): { bridge: number; controls: Controls }[] {
    return this.world.bridges.map(({ number, controls }) => ({ bridge: number, controls: { ...controls } }));
  }

  /**
   * Changes the controls of one bridge (`password` or `bridge`) or of all; `reset` goes back to those of the
   * start first.
   */
  control({ password, bridge, reset, ...changes }: Record<string, unknown>): { bridge: number; controls: Controls }[] {
    const checked = controlChanges(changes);
    if (reset !== undefined && typeof reset !== 'boolean') throw new BadRequest('reset must be true or false');
    const one = this.chosen({ password, bridge });
    for (const each of one ? [one] : this.world.bridges) {
      each.controls = { ...(reset ? each.initial : each.controls), ...checked };
    }
    return this.controls();
  }

  /** Somebody answers: the message is stored in the chat and posted to the bridge's webhooks. */
  async reply({ address, text, service = 'iMessage', password, bridge, deliveries = 1 }: ReplyOrder) {
    const chat = { service, address };
    return this.world.reply(this.chosen({ password, bridge }) ?? this.world.bridgeOfAddress(chat), chat, text, deliveries);
  }

  /** A message was delivered or read. */
  async receipt({ guid, delivered, read }: ReceiptOrder) {
    const bridge = this.world.bridgeOfMessage(guid);
    const now = this.world.now();
    const change = { ...(delivered ? { dateDelivered: now } : {}), ...(read ? { dateRead: now } : {}) };
    return this.world.update(bridge, guid, change, 'updated-message');
  }

  /** A message that was accepted turns out not to have been sent. */
  async sendError(guid: string, error: number) {
    return this.world.update(this.world.bridgeOfMessage(guid), guid, { error }, 'message-send-error');
  }

  private chosen({ password, bridge }: { password?: unknown; bridge?: unknown }): Bridge | undefined {
    if (password === undefined && bridge === undefined) return undefined;
    const found = this.world.bridges.find((each) => each.password === password || each.number === bridge);
    if (!found) throw new BadRequest('There is no such bridge');
    return found;
  }
}

function filterOf(query: URLSearchParams): LedgerFilter {
  const numberOf = (name: string): number | undefined => {
    const text = query.get(name);
    if (text === null) return undefined;
    if (!/^\d{1,15}$/.test(text)) throw new BadRequest(`${name} must be a number`);
    return Number(text);
  };
  const textOf = (name: string) => query.get(name) ?? undefined;
  return { since: numberOf('since'), after: numberOf('after'), kind: textOf('kind'), address: textOf('address') };
}

function replyOf(body: Record<string, unknown>): ReplyOrder {
  return {
    address: textField(body, 'address'),
    text: textField(body, 'text'),
    service: optionalText(body, 'service') ?? undefined,
    password: optionalText(body, 'password') ?? undefined,
    bridge: number(body, 'bridge', 0, 1_000),
    deliveries: number(body, 'deliveries', 0, 10),
  };
}

function flag(body: Record<string, unknown>, name: string): boolean | undefined {
  const value = body[name];
  if (value !== undefined && typeof value !== 'boolean') throw new BadRequest(`${name} must be true or false`);
  return value;
}

function number(body: Record<string, unknown>, name: string, least: number, most: number): number | undefined {
  const value = body[name];
  if (value === undefined) return undefined;
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw new BadRequest(`${name} must be a whole number from ${least} to ${most}`);
  }
  return value as number;
}
