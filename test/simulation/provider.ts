import type {
  CallFailure,
  Channel,
  ChannelLine,
  ConversationOutcome,
  InboundContent,
  InboundEvent,
  Outgoing,
  Reading,
  ReplyEvent,
  SendOutcome,
  SentMessage,
  SoughtMessage,
} from '../../src/channels';
import { AccountBooks } from './account-books';
import type { Arrival } from './arrival';
import { INTERESTED, WORDS } from './consent';
import type { Readings } from './judge';
import { AWAY, DURING, type Outage, OUTAGES, Outages, scopeOf } from './outages';
import type { Random } from './random';
import type { VirtualTime } from './virtual-time';

/** How often the provider gives trouble. */
export interface Troubles {
  refuse: number;
  hangAfterSending: number;
  hangBeforeSending: number;
  lateError: number;
  receipt: number;
  reply: number;
  lostReply: number;
  /** Replies that are about being written to. */
  words: number;
}

const SECOND = 1_000;
const TIMEOUT = 200 * SECOND;
const LONGEST_CONNECT = 3 * SECOND;
const MINUTE = 60 * SECOND;
/** What has to do with late errors is over by then; then a chat need not be remembered as it was. */
const CHAT_KEPT_MS = 3 * 24 * 60 * MINUTE;
/** What a Mac calls its chats, before and after it has become macOS 26. */
const CHAT_NAMES = ['iMessage', 'any'] as const;

/**
 * A provider that keeps its own book in virtual time. It knows nothing of the product but what it is handed.
 */
export class Provider implements Channel {
  readonly name = 'imessage';
  readonly provider = 'simulated';
  readonly reaches = ['phone', 'email'] as const;
  /** Told of every request at the moment in which it is received. */
  onArrival: (arrival: Arrival) => void = () => undefined;
  /** An event that the line's webhook gets. */
  onEvent: (lineId: string, event: InboundEvent, afterMs: number) => void = () => undefined;
  /** What it sent, as it said first, and then had not. */
  readonly undone = new Set<string>();
  onUndone: (arrival: Arrival) => void = () => undefined;
  /** Called when a reply exists that no webhook tells of. */
  onSilentReply: (to: Arrival) => void = () => undefined;
  readonly counts = {
    accepted: 0,
    refused: 0,
    notOnChannel: 0,
    hungAfter: 0,
    hungBefore: 0,
    away: 0,
    stale: 0,
    lateErrors: 0,
    replies: 0,
    untold: 0,
  };
  /** Addresses that nobody has on this channel. */
  readonly absent = new Set<string>();
  private readonly outages: Outages;
  /** The device of each line, by the line's id. */
  readonly deviceOf: Map<string, string>;
  private readonly books: AccountBooks;
  /** Devices. */
  private readonly upgraded = new Set<string>();
  private readonly opened = new Set<string>();
  private readonly chats = new Map<string, { externalId: string; text: string; at: Date; arrival: Arrival }[]>();
  private serial = 0;

  constructor(
    private readonly time: VirtualTime,
    private readonly random: Random,
    public troubles: Troubles,
  ) {
    this.outages = new Outages(time);
    this.deviceOf = this.outages.deviceOf;
    this.books = new AccountBooks(time, this.deviceOf);
  }

  /** For a while the line's device cannot be reached, or not by this line, whose password is wrong. */
  goAway(lineId: string, untilMs: number, kind: Outage = this.random.pick(OUTAGES)): void {
    this.outages.begin(lineId, untilMs, kind);
  }

  /** For a while the device's server tells of nothing: its events are lost, all that come in this time. */
  goDeaf(lineId: string, untilMs: number): void {
    this.books.goDeaf(lineId, untilMs);
  }

  /** The Mac becomes macOS 26: its chats are the same, and have other names. */
  upgrade(lineId: string): void {
    this.upgraded.add(this.deviceOf.get(lineId)!);
  }

  /** How the accounts of lines could be read. */
  get readings(): Readings {
    return {
      lastReadBy: (lineId, at) => this.books.lastReadBy(lineId, at),
      unreadableSince: (lineId) => this.outages.unreadableSince(lineId),
      unreadableUntil: (lineId) => this.outages.unreadableUntil(lineId),
    };
  }

  isAway(lineId: string): boolean {
    return this.outages.of(lineId) !== null;
  }

  async send(line: ChannelLine, message: Outgoing): Promise<SendOutcome> {
    const { random, time, troubles, counts } = this;
    await time.point(false);
    const outage = this.outages.of(line.id);
    if (outage) {
      await time.sleep(outage === 'off' ? LONGEST_CONNECT : 100);
      counts.away += 1;
      return DURING[outage];
    }
    const key = `${line.id} ${message.to}`;
    const isKnown = message.conversation === this.chatName(line.id, message.to) && this.opened.has(key);
    if (!isKnown && !message.opensChat) {
      counts.stale += 1;
      await time.sleep(100);
      return { kind: 'refused', code: 'NO_CONVERSATION', message: 'Chat does not exist', opensChat: true };
    }
    if (random.chance(troubles.hangBeforeSending)) {
      counts.hungBefore += 1;
      await time.sleep(TIMEOUT);
      return { kind: 'unknown', message: 'No answer', failure: { message: 'No answer', scope: 'device' } };
    }
    await time.sleep(random.between(1, LONGEST_CONNECT - 100));
    const outcome = this.absent.has(message.to) ? 'not-on-channel' : random.chance(troubles.refuse) ? 'refused' : 'accepted';
    const arrival = this.received(line, message, outcome);
    await time.point();
    if (outcome !== 'accepted') {
      await time.sleep(random.between(50, 2 * SECOND));
      if (outcome === 'not-on-channel') return { kind: outcome, code: '22', message: 'The recipient is not registered' };
      return { kind: 'refused', code: '500', message: 'The message could not be sent' };
    }
    if (random.chance(troubles.hangAfterSending)) {
      counts.hungAfter += 1;
      await time.sleep(TIMEOUT);
      return { kind: 'unknown', message: 'No answer', failure: { message: 'No answer', scope: 'device' } };
    }
    this.aftermath(arrival);
    await time.sleep(random.between(50, 3 * SECOND));
    const conversation = this.chatName(line.id, message.to);
    return { kind: 'accepted', externalId: arrival.externalId, at: new Date(arrival.at), conversation };
  }

  findConversation(line: ChannelLine, address: string): Promise<ConversationOutcome> {
    if (!this.outages.isReadable(line.id))
      return Promise.resolve({ kind: 'failed', message: AWAY, scope: scopeOf(this.outages.of(line.id)) });
    if (!this.opened.has(`${line.id} ${address}`)) return Promise.resolve({ kind: 'none' });
    return Promise.resolve({ kind: 'found', conversation: this.chatName(line.id, address) });
  }

  private chatName(lineId: string, address: string): string {
    return `${CHAT_NAMES[this.upgraded.has(this.deviceOf.get(lineId)!) ? 1 : 0]};-;${address}`;
  }

  findSent(line: ChannelLine, { to, text, startedAt }: SoughtMessage): Promise<SentMessage[] | null> {
    if (!this.outages.isReadable(line.id)) return Promise.resolve(null);
    const chat = this.chats.get(`${line.id} ${to}`) ?? [];
    return Promise.resolve(
      chat
        .filter((one) => one.at >= startedAt && one.text === text)
        .map(({ externalId, at, arrival }) => ({
          externalId,
          at,
          error: arrival.undone ? { notOnChannel: arrival.undoneAs === 'not-on-channel', code: '22' } : null,
        })),
    );
  }

  poll(line: ChannelLine, cursor: object | null): Promise<Reading | null> {
    return Promise.resolve(this.outages.isReadable(line.id) ? this.books.read(line.id, cursor) : null);
  }

  lineProblems(): [] {
    return [];
  }

  health(line: ChannelLine): Promise<CallFailure | null> {
    const outage = this.outages.of(line.id);
    // Too fast is no illness.
    if (!outage || outage === 'throttled') return Promise.resolve(null);
    return Promise.resolve({ message: AWAY, scope: scopeOf(outage) });
  }

  parseInbound({ json }: InboundContent): InboundEvent[] {
    const event = json as InboundEvent & { at?: string | Date };
    return [event.at ? { ...event, at: new Date(event.at) } : event] as InboundEvent[];
  }

  private received(line: ChannelLine, { to, text, providerId }: Outgoing, outcome: Arrival['outcome']): Arrival {
    const { time } = this;
    this.serial += 1;
    const externalId = outcome === 'accepted' ? `x${this.serial}` : null;
    const arrival: Arrival = {
      step: time.steps,
      at: time.ms,
      lineId: line.id,
      deviceId: this.deviceOf.get(line.id)!,
      address: to,
      text,
      providerId,
      outcome,
      externalId,
      undone: false,
      undoneAs: null,
      undoneAt: null,
      task: time.current.getStore(),
    };
    this.counts[outcome === 'not-on-channel' ? 'notOnChannel' : outcome] += 1;
    if (externalId) {
      this.opened.add(`${line.id} ${to}`);
      const key = `${line.id} ${to}`;
      const kept = (this.chats.get(key) ?? []).filter(({ at }) => time.ms - at.getTime() < CHAT_KEPT_MS);
      this.chats.set(key, [...kept, { externalId, text, at: new Date(time.ms), arrival }]);
    }
    this.onArrival(arrival);
    return arrival;
  }

  /** What the provider tells of a message that it took. */
  private aftermath(arrival: Arrival): void {
    const { random, troubles } = this;
    const externalId = arrival.externalId!;
    if (random.chance(troubles.lateError)) {
      this.counts.lateErrors += 1;
      const after = random.between(5 * SECOND, MINUTE);
      const notOnChannel = random.chance(0.7);
      const event = { kind: 'send-error', externalId, providerId: null, notOnChannel, code: '22' } as const;
      // Half of them are told of by no event: only the book shows them.
      const isTold = random.chance(0.5);
      if (isTold) this.tell(arrival.lineId, event, after);
      this.time.at(this.time.ms + after - 1, () => {
        arrival.undone = true;
        arrival.undoneAt = this.time.ms;
        this.undone.add(externalId);
        this.onUndone(arrival);
        arrival.undoneAs = notOnChannel ? 'not-on-channel' : 'failed';
        this.books.write(arrival.lineId, event);
      });
      return;
    }
    const silent = random.chance(troubles.lostReply);
    if (!silent && random.chance(troubles.receipt)) {
      const at = new Date(this.time.ms + 5 * SECOND);
      this.tell(arrival.lineId, { kind: 'delivered', externalId, at }, 5 * SECOND);
    }
    if (!silent && !random.chance(troubles.reply)) return;
    this.counts.replies += 1;
    const after = random.between(MINUTE, 3 * 24 * 60 * MINUTE);
    const text = random.chance(troubles.words) ? random.pick(Object.keys(WORDS)) : INTERESTED;
    this.time.at(this.time.ms + after, () => {
      const isTold = this.writes(arrival.lineId, arrival.address, text, !silent);
      if (!isTold) this.onSilentReply(arrival);
    });
    // Whoever ends it may want it again, and nobody writes to them meanwhile.
    if (text === INTERESTED || !random.chance(0.5)) return;
    const again = after + random.between(MINUTE, 10 * 24 * 60 * MINUTE);
    this.time.at(this.time.ms + again, () => this.writes(arrival.lineId, arrival.address, 'START', random.chance(0.8)));
  }

  /** Somebody writes to a line. @returns whether an event tells of it */
  private writes(lineId: string, from: string, text: string, isTold: boolean): boolean {
    this.serial += 1;
    const about = { externalId: `r${this.serial}`, from, text, at: new Date(this.time.ms) };
    const reply: ReplyEvent = { kind: 'reply', ...about, to: null, inReplyTo: null, quotes: null };
    this.books.write(lineId, reply);
    if (!isTold || this.books.isDeaf(lineId)) return false;
    this.onEvent(lineId, reply, 0);
    return true;
  }

  /** Tells the product, unless nothing is told at that moment. */
  private tell(lineId: string, event: InboundEvent, afterMs: number): void {
    this.time.at(this.time.ms + afterMs, () => {
      if (this.books.isDeaf(lineId)) this.counts.untold += 1;
      else this.onEvent(lineId, event, 0);
    });
  }
}
