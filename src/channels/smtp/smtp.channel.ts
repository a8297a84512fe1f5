import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { readMail } from '#libs/mail-reading';
import { Config } from '../../platform/config';
import type {
  CallFailure,
  Channel,
  ChannelLine,
  InboundEvent,
  LineFields,
  LineProblem,
  Reading,
  SendOutcome,
  WatchEnd,
} from '../domain/channel';
import { NeverConnected } from '../domain/downloads';
import type { MediaLimits, MediaOutcome } from '../domain/inbound-media';
import type { Outgoing } from '../domain/outgoing';
import type { ChannelWarning } from '../domain/warnings';
import { GuardedSocket } from '../infrastructure/guarded-socket';
import { TxtRecords } from '../infrastructure/txt-records';
import { ACCOUNT_SCHEMA, accountOf, LINE_SCHEMA, type MailAccount, publishedKeyOf } from './account';
import { CODES } from './codes';
import { bareRecipient, compose, type ComposedMail } from './compose';
import { warningsOf } from './domain-records';
import { eventsOf } from './events';
import { checkMailbox, MailboxClosed, readMailbox } from './mailbox';
import { fetchMedia } from './media';
import { failureOf, ofAccount, ofLine, outcomeOfFailure } from './outcomes';
import { placeOf } from './place';
import { Rests } from './rests';
import { NotStartedInTime, SmtpSessions } from './smtp-sessions';
import { watchMailbox } from './watch';

/** A question that changes nothing is given up after this, or earlier where a send would be. */
const ANSWER_WITHIN_MS = 20_000;
/** A mailbox is read for so long at most. */
const READ_WITHIN_MS = 60_000;
/** A server that says nothing while it is waited for is asked this often whether it is still there. */
const CHECK_WATCH_EVERY_MS = 4 * 60_000;
/** Larger mails are refused nearly everywhere. */
const MAX_MAIL_BYTES = 25 * 1024 * 1024;

/** The records of so many domains of an account are looked at. */
const MOST_DOMAINS = 20;

/** E-mail through a relay by SMTP, with what comes in by IMAP. */
@Injectable()
export class SmtpChannel implements Channel, OnApplicationShutdown {
  readonly name = 'email';
  readonly provider = 'smtp';
  readonly reaches = ['email'] as const;
  readonly content = { subject: 250, html: true, filesWithText: true };
  readonly takesAttachments = true;
  readonly pace = { perSecond: 14, burst: 14, inFlight: 3 };
  /** What a relay takes from a new customer, most often: the rate that Amazon SES begins with. */
  readonly overallPace = { perSecond: 14, burst: 14 };
  /** How much may go is the relay's to say; who is new to the mailbox providers begins slowly. */
  readonly limits = {
    dailyNewConversationsLimit: null,
    hourlyNewConversationsLimit: null,
    dailyTotalMessagesLimit: null,
    ramp: { start: 50, perDay: 25, ceiling: null },
  };
  readonly codes = CODES;
  readonly accountSchema = ACCOUNT_SCHEMA;
  readonly lineSchema = LINE_SCHEMA;
  private readonly sessions: SmtpSessions;
  private readonly rests = new Rests();
  private readonly sendWithin: number;
  private readonly answerWithin: number;
  private readonly mayTalkOpenly: boolean;

  constructor(
    private readonly guardedSocket: GuardedSocket,
    private readonly txtRecords: TxtRecords,
    config: Config,
  ) {
    this.sendWithin = config.PROVIDER_TIMEOUT_SECONDS * 1_000;
    this.answerWithin = Math.min(ANSWER_WITHIN_MS, this.sendWithin);
    this.mayTalkOpenly = config.NODE_ENV !== 'production' || config.ALLOW_PRIVATE_TARGETS;
    this.sessions = new SmtpSessions(guardedSocket);
  }

  lineProblems({ email }: LineFields): LineProblem[] {
    if (!email) return [{ field: 'email', message: 'an email line needs its e-mail address' }];
    return bareRecipient(email) ? [] : [{ field: 'email', message: 'must be one plain e-mail address' }];
  }

  async send(line: ChannelLine, message: Outgoing): Promise<SendOutcome> {
    // Without an end, the whole exchange ends before.
    const startsBy = Date.now() + (message.startWithinMs ?? 2 * this.sendWithin);
    const account = accountOf(line, this.mayTalkOpenly);
    if (typeof account === 'string') return notSetUp(account);
    if (!line.email) return notSetUp('the line has no e-mail address');
    const to = bareRecipient(message.to);
    if (!to) return { kind: 'not-on-channel', code: 'SMTP_NO_ADDRESS', message: 'that is not one plain e-mail address' };
    let mail: ComposedMail;
    try {
      mail = await compose(account, { email: line.email, name: line.senderName ?? null }, to, message);
    } catch {
      return notSetUp('the mail cannot be signed: the private key of DKIM cannot be used');
    }
    if (mail.raw.length > MAX_MAIL_BYTES) {
      return { kind: 'refused', code: 'TOO_LARGE', message: 'the mail is larger than 25 MB', final: true };
    }
    return this.handOver(account, mail, startsBy);
  }

  /** Without a mailbox there is nothing to be read, and nothing to be waited for. */
  async poll(line: ChannelLine, cursor: object | null, since: Date): Promise<Reading | null> {
    const account = accountOf(line, this.mayTalkOpenly);
    if (typeof account === 'string') return null;
    if (!account.imap) return { events: [], cursor: cursor ?? {}, more: false };
    const events: InboundEvent[] = [];
    const access = { server: account.imap, guardedSocket: this.guardedSocket, within: READ_WITHIN_MS };
    try {
      const { place, more } = await readMailbox(access, placeOf(cursor), since, async ({ source, at, uid, validity }) => {
        const received = { mail: await readMail(source), source, at: new Date(at), place: { uid, validity } };
        events.push(...eventsOf(received, line.email));
      });
      return { events, cursor: place, more };
    } catch {
      return null;
    }
  }

  async watch(line: ChannelLine, onNews: () => void, signal: AbortSignal): Promise<WatchEnd> {
    const account = accountOf(line, this.mayTalkOpenly);
    if (typeof account === 'string' || !account.imap) return 'unavailable';
    const access = { server: account.imap, guardedSocket: this.guardedSocket, within: this.answerWithin };
    return watchMailbox({ ...access, checkEvery: CHECK_WATCH_EVERY_MS }, onNews, signal);
  }

  async fetchMedia(line: ChannelLine, ref: string, limits: MediaLimits): Promise<MediaOutcome> {
    const account = accountOf(line, this.mayTalkOpenly);
    if (typeof account === 'string') return { kind: 'failed', message: account, forGood: false };
    if (!account.imap) return { kind: 'failed', message: 'the account has no mailbox', forGood: false };
    return fetchMedia({ server: account.imap, guardedSocket: this.guardedSocket }, ref, limits);
  }

  /** Greets, logs in and leaves, at both servers. */
  async health(line: ChannelLine): Promise<CallFailure | null> {
    const account = accountOf(line, this.mayTalkOpenly);
    if (typeof account === 'string') return ofLine(account);
    try {
      await this.sessions.check(account, this.answerWithin);
    } catch (error) {
      return failureOf(error);
    }
    try {
      if (account.imap) await checkMailbox(account.imap, this.guardedSocket, this.answerWithin);
      return null;
    } catch (error) {
      if (error instanceof MailboxClosed) return error.isRefused ? ofLine(error.message) : ofAccount(error.message);
      return ofAccount(error instanceof NeverConnected ? `of the mailbox: ${error.message}` : 'the mailbox cannot be read');
    }
  }

  /** Of the domains that mails are from, and of the key that signs them. */
  async warnings({ email, account }: ChannelLine, addresses: readonly string[]): Promise<ChannelWarning[]> {
    const from = [...(email ? [email] : []), ...addresses];
    const domains = [...new Set(from.map((address) => address.slice(address.lastIndexOf('@') + 1)))];
    return warningsOf(domains.slice(0, MOST_DOMAINS), publishedKeyOf(account), this.txtRecords.at);
  }

  onApplicationShutdown(): void {
    this.sessions.close();
  }

  private async handOver(account: MailAccount, mail: ComposedMail, startsBy: number): Promise<SendOutcome> {
    const patience = { within: this.sendWithin, startWithin: startsBy - Date.now() };
    if (patience.startWithin <= 0) return { kind: 'not-started' };
    try {
      const { serverMessageId } = await this.sessions.deliver(account, mail, patience);
      this.rests.over(account.id);
      // What the person sees is what they answer, and what later mails refer to.
      return { kind: 'accepted', externalId: serverMessageId ?? mail.messageId, at: new Date() };
    } catch (error) {
      if (error instanceof NotStartedInTime) return { kind: 'not-started' };
      return outcomeOfFailure(error, () => this.rests.next(account.id));
    }
  }
}

const notSetUp = (words: string): SendOutcome => ({ kind: 'not-to-blame', code: 'SMTP_NOT_SET_UP', ...ofLine(words) });
