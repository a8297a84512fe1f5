import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { GuardedSocket } from '../infrastructure/guarded-socket';
import type { MailServer } from './account';
import { SmtpFailure, type SmtpStage } from './smtp-failure';

/** A server that has not greeted by then is not there. */
const GREETING_MS = 30_000;

/** One mail to one person. */
export interface Envelope {
  from: string;
  to: string;
}

/** What a server said that took a mail. */
export interface Taken {
  response: string;
  /** What it calls the mail on the wire, where it replaces the Message-ID and says so. */
  serverMessageId: string | null;
}

/** For how long a mail may take, in milliseconds. */
export interface Patience {
  /** The whole exchange. */
  within: number;
  /** Until the mail itself begins to go. */
  startWithin: number;
}

type SmtpError = Error & { code?: string; command?: string; response?: string };

/** A connection to a server, over TLS and logged in as the account says. */
export class SmtpSession {
  /** Mails that it has been used for. */
  uses = 0;
  private isClosed = false;

  private constructor(private readonly connection: SMTPConnection) {
    const closed = () => void (this.isClosed = true);
    connection.on('error', closed).on('end', closed);
  }

  /** @throws NeverConnected, SmtpFailure */
  static async open(server: MailServer, guardedSocket: GuardedSocket, patience: Patience): Promise<SmtpSession> {
    const { host, port, security, login } = server;
    const within = Math.min(patience.within, patience.startWithin);
    const connection = new SMTPConnection({
      host,
      port,
      connection: await guardedSocket.connect(server),
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: guardedSocket.tlsOf(host),
      greetingTimeout: Math.min(GREETING_MS, within),
      connectionTimeout: within,
      // A mail that has gone is waited for beyond that.
      socketTimeout: patience.within,
    });
    const session = new SmtpSession(connection);
    try {
      await session.until(within, 'connect', (done) => connection.connect((error) => done(error)));
      if (!login) return session;
      // Without this check the mail would go out without a login, or be refused for another reason.
      if (!connection.allowsAuth) throw new SmtpFailure('login', 'the server offers no login');
      const credentials = { user: login.user, pass: login.password };
      await session.until(within, 'login', (done) => connection.login({ credentials }, (error) => done(error)));
      return session;
    } catch (error) {
      session.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return !this.isClosed;
  }

  /**
   * Hands one mail over. Nothing of it has gone where it fails before the stage `message`, as it does when
   * the server has not asked for it in time.
   * @throws SmtpFailure
   */
  async deliver(envelope: Envelope, raw: Buffer, { within, startWithin }: Patience): Promise<Taken> {
    this.uses += 1;
    let stage: SmtpStage = 'sender';
    const startBy = Date.now() + startWithin;
    // It is read as soon as the server has asked for it, and not before.
    const mail = new Readable({
      read: () => {
        // The timer below may be late itself.
        if (Date.now() >= startBy) return this.connection.close();
        stage = 'message';
        mail.push(raw);
        mail.push(null);
      },
    });
    const size = raw.length;
    const use8BitMime = raw.some((byte) => byte > 127);
    const edge = setTimeout(() => stage !== 'message' && this.connection.close(), startWithin);
    try {
      const info = await this.until<Parameters<Parameters<SMTPConnection['send']>[2]>[1]>(
        within,
        () => stage,
        (done) =>
          this.connection.send({ from: envelope.from, to: [envelope.to], size, use8BitMime }, mail, (error, result) =>
            done(error, result ?? undefined),
          ),
      );
      const { response = '', rejected = [], serverMessageId } = info ?? {};
      if (rejected.length > 0) throw new SmtpFailure('recipient', 'the server refused the recipient', response);
      return { response, serverMessageId: serverMessageId?.replace(/^<|>$/g, '') ?? null };
    } catch (error) {
      // Whatever was refused, the next mail begins anew.
      this.close();
      throw error;
    } finally {
      clearTimeout(edge);
    }
  }

  /** Says good-bye, where there is somebody. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.connection.quit();
    setTimeout(() => this.connection.close(), 1_000).unref();
  }

  /** Waits for one step of the exchange. @throws SmtpFailure */
  private until<T = void>(
    within: number,
    stage: SmtpStage | (() => SmtpStage),
    step: (done: (error?: SmtpError | null, result?: T) => void) => void,
  ): Promise<T | undefined> {
    const reached = () => (typeof stage === 'string' ? stage : stage());
    return new Promise<T | undefined>((resolve, reject) => {
      const end = (failure: SmtpFailure | null, result?: T) => {
        clearTimeout(timer);
        this.connection.off('error', failed);
        this.connection.off('end', gone);
        if (failure) reject(failure);
        else resolve(result);
      };
      const failed = (error: SmtpError) => end(failureOf(error, reached()));
      // A server that closes may have said why: that is told right after.
      const gone = () => void setImmediate(() => end(new SmtpFailure(reached(), BROKEN)));
      const timer = setTimeout(() => {
        end(new SmtpFailure(reached(), LATE));
        this.isClosed = true;
        this.connection.close();
      }, within);
      this.connection.once('error', failed);
      this.connection.once('end', gone);
      step((error, result) => (error ? failed(error) : end(null, result)));
    });
  }
}

const BROKEN = 'the connection to the mail server broke off';
const LATE = 'the mail server did not answer in time';

const STAGES: Readonly<Record<string, SmtpStage>> = { 'MAIL FROM': 'sender', 'RCPT TO': 'recipient', DATA: 'data' };

function failureOf(error: SmtpError, reached: SmtpStage): SmtpFailure {
  const { code, command = '', response } = error;
  const reply = typeof response === 'string' && /^[245]\d\d/.test(response) ? response : null;
  if (command === 'STARTTLS') return new SmtpFailure('connect', NO_TLS);
  const isEnvelope = reached === 'sender' && STAGES[command];
  const stage = isEnvelope ? STAGES[command]! : reached;
  if (code === 'EMESSAGE' && command === 'MAIL FROM' && !reply) return new SmtpFailure('sender', TOO_LARGE, '552 5.3.4');
  return new SmtpFailure(stage, wordsOf(error), reply);
}

const NO_TLS = 'the mail server offers no TLS';
const TOO_LARGE = 'the mail is larger than the server takes';

/** The certificate is what people can do something about. */
function wordsOf({ code, message, response }: SmtpError): string {
  if (code === 'ETIMEDOUT') return LATE;
  if (response) return 'the answer of the mail server cannot be understood';
  if (/certificate|altnames|self-signed|CERT_/i.test(message)) return "the mail server's certificate is not valid";
  if (code === 'ETLS') return NO_TLS;
  return BROKEN;
}
