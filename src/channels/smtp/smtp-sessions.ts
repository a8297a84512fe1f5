import { createHash } from 'node:crypto';
import type { GuardedSocket } from '../infrastructure/guarded-socket';
import type { MailAccount } from './account';
import { SmtpFailure } from './smtp-failure';
import { type Envelope, type Patience, SmtpSession, type Taken } from './smtp-session';

/** A connection that nobody uses is closed after this, in milliseconds; servers wait for minutes. */
const IDLE_MS = 5_000;
/** Servers let so many mails through on one connection, and more often than not more. */
const MAX_USES = 50;
/** Of an account: more than its lines have in flight at the same time, mostly. */
const MAX_IDLE = 12;

/** A mail on its way. */
interface Mail {
  envelope: Envelope;
  raw: Buffer;
}

/** The server had not asked for the mail by the time by which it had to begin to go. */
export class NotStartedInTime extends Error {}

type Delivery = (session: SmtpSession) => Promise<Taken>;

interface Idle {
  session: SmtpSession;
  timer: NodeJS.Timeout;
}

/** Connections to mail servers, each used for several mails one after the other. */
export class SmtpSessions {
  private readonly idle = new Map<string, Idle[]>();

  constructor(private readonly guardedSocket: GuardedSocket) {}

  /** Hands one mail over. @throws NotStartedInTime, NeverConnected, SmtpFailure */
  async deliver(account: MailAccount, { envelope, raw }: Mail, { within, startWithin }: Patience): Promise<Taken> {
    const now = Date.now();
    const [endsAt, startsBy] = [now + within, now + startWithin];
    const left = (until: number) => Math.max(1, until - Date.now());
    const patience = (): Patience => ({ within: left(endsAt), startWithin: left(startsBy) });
    const deliver: Delivery = (session) => session.deliver(envelope, raw, patience());
    try {
      const kept = this.takeKept(account);
      if (kept) {
        try {
          return await this.by(kept, account, deliver);
        } catch (error) {
          // The server had closed it, or does so after so many mails: another one is no second attempt.
          if (!isOver(error) || Date.now() >= startsBy) throw error;
        }
      }
      return await this.by(await SmtpSession.open(account.smtp, this.guardedSocket, patience()), account, deliver);
    } catch (error) {
      throw isUnanswered(error) && Date.now() >= startsBy ? new NotStartedInTime() : error;
    }
  }

  /** Is somebody there who lets the account in? @throws NeverConnected, SmtpFailure */
  async check(account: MailAccount, within: number): Promise<void> {
    (await SmtpSession.open(account.smtp, this.guardedSocket, { within, startWithin: within })).close();
  }

  close(): void {
    for (const { session, timer } of [...this.idle.values()].flat()) {
      clearTimeout(timer);
      session.close();
    }
    this.idle.clear();
  }

  /** The connection is kept for the next mail. */
  private async by(session: SmtpSession, account: MailAccount, deliver: Delivery): Promise<Taken> {
    const taken = await deliver(session);
    this.keep(account, session);
    return taken;
  }

  private takeKept(account: MailAccount): SmtpSession | null {
    const all = this.idle.get(keyOf(account)) ?? [];
    for (let one = all.pop(); one; one = all.pop()) {
      clearTimeout(one.timer);
      if (one.session.isOpen) return one.session;
    }
    return null;
  }

  private keep(account: MailAccount, session: SmtpSession): void {
    const key = keyOf(account);
    const all = this.idle.get(key) ?? [];
    if (!session.isOpen || session.uses >= MAX_USES || all.length >= MAX_IDLE) return session.close();
    const timer = setTimeout(() => {
      const left = (this.idle.get(key) ?? []).filter((one) => one.session !== session);
      if (left.length > 0) this.idle.set(key, left);
      else this.idle.delete(key);
      session.close();
    }, IDLE_MS).unref();
    this.idle.set(key, [...all, { session, timer }]);
  }
}

/** Of the account as it is now: with another password or host, nothing of before is used. */
const keyOf = ({ id, smtp }: MailAccount): string =>
  createHash('sha256')
    .update(JSON.stringify([id, smtp]))
    .digest('base64');

/** Nothing of the mail has gone, since the connection was over before. */
const isOver = (error: unknown): boolean =>
  error instanceof SmtpFailure && error.stage !== 'message' && (error.reply === null || error.reply.startsWith('421'));

/** Nothing of the mail has gone, and the server has said nothing about it. */
const isUnanswered = (error: unknown): boolean =>
  error instanceof SmtpFailure && error.stage !== 'message' && error.reply === null;
