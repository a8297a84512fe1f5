import { randomUUID } from 'node:crypto';
import type { Bridge } from './bridge';
import { controlChanges, type Controls } from './controls';
import { FILE_SIGN, type Row, shownText } from './mac/rows';
import type { ChatOrder, Chosen, EventOrder, InboundRow, ReceiptOrder, ReplyOrder, RestartOrder, SendErrorOrder } from './orders';
import { badRequest } from './server/envelope';
import { REACTION_WORDS } from './server/person-routes';
import { type BridgeMessage, messageOf } from './server/serialize';
import type { Delivery } from './webhooks';
import type { CallRecord, World } from './world';

/** What came of something that happened on a Mac: the message, and the posts of its event. */
export interface Happened {
  message: BridgeMessage;
  webhooks: Delivery[];
}

/** Lets people and tests decide what happens: these are no calls of BlueBubbles. */
export class Director {
  constructor(private readonly world: World) {}

  controls(): { bridge: number; controls: Controls }[] {
    return this.world.bridges.map(({ number, controls }) => ({ bridge: number, controls: structuredClone(controls) }));
  }

  /**
   * Changes the controls of one bridge (`password` or `bridge`) or of all; `reset` goes back to those of the
   * start first.
   */
  control({ password, bridge, reset, ...changes }: Record<string, unknown>): { bridge: number; controls: Controls }[] {
    const checked = controlChanges(changes);
    if (reset !== undefined && typeof reset !== 'boolean') throw badRequest('reset must be true or false');
    for (const each of this.chosen({ password, bridge } as Chosen)) {
      const base = structuredClone(reset ? each.initial : each.controls);
      this.world.changeControls(each, { ...base, ...structuredClone(checked) });
    }
    return this.controls();
  }

  /** The calls that came in, the last 20,000. */
  calls({ since = -Infinity, path }: { since?: number; path?: string } = {}): CallRecord[] {
    return this.world.calls.filter((call) => call.at >= since && (path === undefined || call.path === path));
  }

  /** Somebody answers: the message is stored in the chat and posted to the bridge's webhooks. */
  async reply({ password, bridge, ...row }: ReplyOrder): Promise<Happened> {
    const [happened] = await this.inbound([row], { password, bridge });
    return happened!;
  }

  /**
   * Rows of any kind appear in the database, all before the server looks. Chats that are not there are
   * opened.
   */
  async inbound(rows: InboundRow[], chosen: Chosen = {}): Promise<Happened[]> {
    const written = rows.map((row) => {
      const named = chosen.password !== undefined || chosen.bridge !== undefined;
      const bridge = named ? this.chosen(chosen)[0]! : this.world.bridgeOfAddress(row.address);
      const guid = randomUUID().toUpperCase();
      if (row.deliveries !== undefined) this.world.serverOf(bridge)?.looks.deliver(guid, row.deliveries);
      this.write(bridge, guid, row);
      return { bridge, guid };
    });
    return Promise.all(written.map(({ bridge, guid }) => this.happened(bridge, guid)));
  }

  /** A message was delivered or read. */
  async receipt({ guid, delivered, read, undated, late }: ReceiptOrder): Promise<Happened> {
    const bridge = this.world.bridgeOfRow(guid);
    const now = this.world.macNow(bridge);
    if (late) this.world.serverOf(bridge)?.looks.forget(guid);
    const isDelivered = delivered || undated ? { isDelivered: true } : {};
    const dates = { ...(delivered && !undated ? { dateDelivered: now } : {}), ...(read ? { dateRead: now } : {}) };
    this.world.update(bridge, guid, { ...isDelivered, ...dates });
    return this.happened(bridge, guid);
  }

  /** A message that was accepted turns out not to have been sent; usually nothing tells of it. */
  async sendError({ guid, error = 22, event = 'none' }: SendErrorOrder): Promise<Happened> {
    const bridge = this.world.bridgeOfRow(guid);
    if (event === 'new-message') this.world.serverOf(bridge)?.looks.forget(guid);
    this.world.update(bridge, guid, { error });
    if (event !== 'message-send-error') return this.happened(bridge, guid);
    const data = messageOf(bridge.db.row(guid)!, { chats: 'all', attachments: true, isEvent: true });
    return { message: this.shown(bridge, guid), webhooks: await this.world.postEvent(bridge, event, data) };
  }

  /**
   * Opens a chat without a message, as if somebody had written long ago; at every bridge where none is named.
   */
  openChat({ addresses, service = 'iMessage', ...chosen }: ChatOrder): { guid: string } {
    const isGroup = addresses.length > 1;
    const at = this.world.now();
    const identifier = isGroup ? `chat${at}${this.world.ledger.entries.length}` : addresses[0]!;
    const bridges = this.chosen(chosen);
    const entry = { kind: 'chat', at, address: identifier, service, isGroup, participants: addresses } as const;
    for (const bridge of bridges) this.world.record(bridge, { ...entry, bridge: bridge.number });
    return { guid: bridges[0]!.db.named({ service, isGroup, identifier })!.guid };
  }

  /** The server goes and comes again: what it remembers is lost, and so are the rows of the time between. */
  async restart({ soft = false, downMs = 0, repeat = 0, ...chosen }: RestartOrder = {}): Promise<void> {
    const bridges = this.chosen(chosen);
    for (const bridge of bridges) this.world.stopServer(bridge);
    if (downMs > 0) await this.world.sleep(downMs);
    const starting = bridges.map((bridge) => {
      bridge.controls.down = false;
      return this.world.startServer(bridge, { isSoft: soft, repeat });
    });
    await Promise.all(starting);
    // Nothing is looked at before something changes.
    if (repeat > 0) await Promise.all(bridges.map(async (bridge) => this.world.serverOf(bridge)?.looks.changed()));
  }

  /** Posts any event, as it is. */
  async event({ type, data = null, ...chosen }: EventOrder): Promise<Delivery[]> {
    return (await Promise.all(this.chosen(chosen).map((bridge) => this.world.postEvent(bridge, type, data)))).flat();
  }

  private write(bridge: Bridge, guid: string, row: InboundRow): void {
    const { address, text = null, service = 'iMessage', group, participants, isFromMe = false } = row;
    const { tapback, attachments = [], dateOffsetMs = 0, deliveries: _deliveries, ...rest } = row;
    const { address: _a, text: _t, service: _s, group: _g, participants: _p, isFromMe: _f, ...extras } = rest;
    const target = tapback && bridge.db.row(tapback.of);
    const files = attachments.map(({ name, mimeType = 'application/octet-stream', bytes = 1 }) => ({
      guid: randomUUID().toUpperCase(),
      name,
      mimeType,
      bytes,
    }));
    const now = this.world.now();
    const entry = {
      at: now,
      bridge: bridge.number,
      address,
      service,
      group: group === undefined ? null : { identifier: group, participants: participants ?? [address] },
      text: tapback ? tapbackText(tapback.reaction, target) : (text ?? (files.length > 0 ? FILE_SIGN : null)),
      guid,
      date: this.world.macNow(bridge) + dateOffsetMs,
      attachments: files,
      extras: {
        ...extras,
        ...(tapback && tapback.as !== 'text'
          ? {
              associatedMessageGuid: `p:0/${tapback.of}`,
              associatedMessageType: tapback.reaction in REACTION_WORDS ? tapback.reaction : '2006',
            }
          : {}),
      },
    };
    const isReply = !isFromMe && !tapback && !extras.itemType && !extras.associatedMessageGuid;
    this.world.record(bridge, isReply ? { kind: 'reply', ...entry } : { kind: 'row', ...entry, isFromMe });
  }

  private async happened(bridge: Bridge, guid: string): Promise<Happened> {
    const webhooks = await this.world.postedOf(bridge, guid);
    return { message: this.shown(bridge, guid), webhooks };
  }

  private shown(bridge: Bridge, guid: string): BridgeMessage {
    return messageOf(bridge.db.row(guid)!, { chats: 'all', attachments: true, isEvent: true });
  }

  /** All bridges where none is named. */
  private chosen({ password, bridge }: Chosen): Bridge[] {
    const { bridges } = this.world;
    if (password === undefined && bridge === undefined) return [...bridges];
    const found = bridges.find((each) => each.password === password || each.number === bridge);
    if (!found) throw badRequest('There is no such bridge');
    return [found];
  }
}

/** As SMS and RCS write it: the words, or an emoji, around the text that it is for. */
function tapbackText(reaction: string, target: Row | undefined): string {
  const quoted = `“${(target && shownText(target)) ?? ''}”`;
  return REACTION_WORDS[reaction] ? `${REACTION_WORDS[reaction]} ${quoted}` : `Reacted ${reaction} to ${quoted}`;
}
