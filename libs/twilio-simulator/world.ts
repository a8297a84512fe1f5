import { randomBytes } from 'node:crypto';
import { type Account, type Service } from './accounts';
import { Callbacks, reported, statusFields } from './callbacks';
import type { Controls, Times } from './controls';
import { type ApiError, magicOf, QUEUE_FULL, UNSUBSCRIBED } from './errors';
import { Faults } from './faults';
import { Ledger, messageEntryOf } from './ledger';
import type { SimulatedMessage, Status } from './messages';
import { keywordOf, OptOuts, serviceOf } from './opt-outs';
import { segmentsOf } from './segments';

const QUEUE_OVERFLOW = 30001;

/** A message that somebody asks for, its fields checked. */
export interface Asked {
  to: string;
  from: string | null;
  service: Service | null;
  body: string;
  media: string[];
  callback: string | null;
}

/** Somebody asked for a page of the list of messages. */
export interface Listed {
  account: string;
  /** In ms since 1970. */
  at: number;
  /** What was asked for, as it stood in the URL. */
  query: string;
}

/** A text that somebody writes to a number. */
export interface InboundOrder {
  from: string;
  to: string;
  body?: string;
  media?: string[];
}

/** Everything that there is: messages, who has opted out, who is called. */
export class World {
  readonly ledger = new Ledger();
  readonly faults = new Faults();
  readonly messages: SimulatedMessage[] = [];
  /** Every list of messages that was asked for. */
  readonly listed: Listed[] = [];
  readonly callbacks: Callbacks;
  private readonly optOuts = new OptOuts();
  /** Until when each sender is busy. */
  private readonly busyUntil = new Map<string, number>();

  constructor(
    readonly accounts: readonly Account[],
    readonly times: Times,
    readonly controls: Controls,
    readonly now: () => number,
  ) {
    this.callbacks = new Callbacks(this.ledger, now);
  }

  /** Takes a message. @returns why not */
  create(account: Account, asked: Asked): SimulatedMessage | ApiError {
    const refused = this.refusalOf(account, asked);
    if (refused) {
      const { to, from } = asked;
      this.ledger.append({ kind: 'refused', at: this.now(), account: account.accountSid, to, from, code: refused.code });
      return refused;
    }
    const now = this.now();
    const message: SimulatedMessage = {
      sid: sidOf(asked.media.length > 0 ? 'MM' : 'SM'),
      account: account.accountSid,
      direction: 'outbound-api',
      to: asked.to,
      from: asked.from,
      service: asked.service?.sid ?? null,
      body: asked.body,
      media: asked.media,
      segments: segmentsOf(asked.body),
      status: asked.service ? 'accepted' : 'queued',
      error: null,
      createdAt: now,
      sentAt: null,
      updatedAt: now,
      callback: asked.callback,
    };
    this.messages.push(message);
    this.ledger.append(messageEntryOf(message, now));
    const answered = { ...message };
    this.live(account, message, asked.service);
    return answered;
  }

  /** A sender that was named is looked at before anything is taken; one that a service chooses, later. */
  private refusalOf(account: Account, { to, from }: Asked): ApiError | null {
    const magic = magicOf(to);
    if (magic?.kind === 'refused') return magic.error;
    if (from === null) return null;
    if (this.optOuts.isBlocked(account, to, from)) return UNSUBSCRIBED;
    return this.waitOf(from) > this.times.queueMs ? QUEUE_FULL : null;
  }

  private waitOf(sender: string): number {
    return Math.max(0, (this.busyUntil.get(sender) ?? 0) - this.now());
  }

  /** What becomes of a message that was taken, and when. */
  private live(account: Account, message: SimulatedMessage, service: Service | null): void {
    const { segmentMs, deliveredMs, callbackMs, queueMs } = this.times;
    const sender = message.from ?? service!.numbers[message.segments % service!.numbers.length]!;
    const magic = this.isOver(message) ? null : magicOf(message.to);
    const wait = this.waitOf(sender);
    const blocked = this.optOuts.isBlocked(account, message.to, sender) ? UNSUBSCRIBED.code : null;
    const error = blocked ?? (wait > queueMs ? QUEUE_OVERFLOW : magic?.kind === 'late' ? magic.code : null);
    const ending: Status = error === null ? 'delivered' : blocked === null && magic?.kind === 'late' ? magic.status : 'failed';
    const sentAfter = wait + message.segments * segmentMs;
    this.busyUntil.set(sender, this.now() + sentAfter);
    const path: [Status, number][] = [['queued', 0]];
    if (ending !== 'failed') path.push(['sent', sentAfter]);
    path.push([ending, sentAfter + deliveredMs]);
    if (ending === 'delivered' && this.controls.readReceipts) path.push(['read', sentAfter + 2 * deliveredMs]);
    let reached = -1;
    path.forEach(([status, after], index) =>
      this.callbacks.later(after, () => {
        // Timers that are late do not run in the order of their times.
        if (index > reached) this.become(message, status, { sender, error });
        reached = Math.max(reached, index);
      }),
    );
    const reports = reported(
      path.map(([status]) => status),
      this.controls.callbacks,
    );
    const whens = path.map(([, after]) => after);
    reports.forEach((status, index) => {
      const when = whens[Math.min(index, whens.length - 1)]! + callbackMs * (index + 1);
      // In another order than it happened in, everything is told at the end.
      const after = this.controls.callbacks === 'reversed' ? whens.at(-1)! + callbackMs * (index + 1) : when;
      this.callbacks.later(after, () => this.report(account, { ...message, from: sender, error }, status));
    });
  }

  /** Has what its number says been said of another message already? */
  private isOver({ sid, to }: SimulatedMessage): boolean {
    return this.controls.lateErrors === 'first' && this.messages.some((one) => one.to === to && one.sid !== sid);
  }

  private become(message: SimulatedMessage, status: Status, { sender, error }: { sender: string; error: number | null }): void {
    const now = this.now();
    Object.assign(message, { status, from: sender, updatedAt: now });
    if (status === 'sent') message.sentAt = now;
    if (status === 'undelivered' || status === 'failed') message.error = error;
  }

  private report(account: Account, message: SimulatedMessage, status: Status): void {
    if (message.callback === null) return;
    const { sid, callback } = message;
    void this.callbacks.post(account, callback, { sid, status, fields: statusFields(message, status) });
  }

  /**
   * Somebody writes to a number; what they say about being written to counts at once.
   * @returns the message's id, and the status of the answer to the call about it
   */
  async inbound(
    account: Account,
    { from, to, body = '', media = [] }: InboundOrder,
  ): Promise<{ sid: string; answered: number | null }> {
    const sid = sidOf(media.length > 0 ? 'MM' : 'SM');
    const service = serviceOf(account, to);
    const keyword = keywordOf(body, service);
    const now = this.now();
    this.optOuts.take(account, { from, to }, keyword);
    const { accountSid } = account;
    const both = { sid, account: accountSid, from, to, body, media };
    const times = { createdAt: now, sentAt: now, updatedAt: now };
    const rest = { service: service?.sid ?? null, segments: segmentsOf(body), error: null, callback: null } as const;
    this.messages.push({ ...both, ...times, ...rest, direction: 'inbound', status: 'received' });
    this.ledger.append({ kind: 'inbound', at: now, account: accountSid, sid, from, to, body });
    if (account.inboundUrl === null) return { sid, answered: null };
    const fields = {
      ToCountry: 'US',
      ToState: 'CA',
      ToCity: 'SAN FRANCISCO',
      ToZip: '94105',
      FromCountry: 'US',
      FromState: 'NY',
      FromCity: '',
      FromZip: '',
      SmsMessageSid: sid,
      NumMedia: String(media.length),
      SmsSid: sid,
      SmsStatus: 'received',
      Body: body,
      To: to,
      NumSegments: String(segmentsOf(body)),
      MessageSid: sid,
      AccountSid: accountSid,
      From: from,
      ApiVersion: '2010-04-01',
      ...(service && { MessagingServiceSid: service.sid }),
      ...(service?.advancedOptOut && keyword && { OptOutType: keyword }),
      ...Object.fromEntries(
        media.flatMap((url, index) => [
          [`MediaContentType${index}`, 'image/jpeg'],
          [`MediaUrl${index}`, url],
        ]),
      ),
    };
    const answered = await this.callbacks.post(account, account.inboundUrl, { sid, status: 'received', fields });
    return { sid, answered };
  }
}

const sidOf = (prefix: 'SM' | 'MM'): string => prefix + randomBytes(16).toString('hex');
