import { type MailSimulator, type MailSimulatorOptions, startMailSimulator } from '@tuco/mail-simulator';
import type { ChannelLine, Outgoing } from '../../src/channels';
import { GuardedSocket } from '../../src/channels/infrastructure/guarded-socket';
import { TxtRecords } from '../../src/channels/infrastructure/txt-records';
import { SmtpChannel } from '../../src/channels/smtp/smtp.channel';
import { testConfig } from './bluebubbles-rig';

export const USER = 'sales';
export const PASSWORD = 'mail-secret-0815';
export const SENDER = 'sam@acme.example';

/** The adapter with a simulated mail server behind it. */
export class SmtpRig {
  readonly line: ChannelLine;
  private serial = 0;

  private constructor(
    readonly simulator: MailSimulator,
    readonly channel: SmtpChannel,
  ) {
    this.line = this.lineWith({});
  }

  static async start(options: Partial<MailSimulatorOptions> = {}, settings: Record<string, string> = {}): Promise<SmtpRig> {
    const accounts = [{ user: USER, password: PASSWORD, addresses: [SENDER] }];
    const simulator = await startMailSimulator({ accounts, ...options });
    const config = testConfig(settings);
    return new SmtpRig(simulator, new SmtpChannel(new GuardedSocket(config), new TxtRecords(), config));
  }

  /** The line with other settings or secrets of its account. */
  lineWith(settings: object, secrets: object = {}, more: Partial<ChannelLine> = {}): ChannelLine {
    const { host, smtpPort, imapPort } = this.simulator;
    const account = {
      id: 'account',
      settings: {
        smtpHost: host,
        smtpPort,
        smtpSecurity: 'none',
        smtpUser: USER,
        imapHost: host,
        imapPort,
        imapSecurity: 'none',
        ...settings,
      },
      secrets: { smtpPassword: PASSWORD, ...secrets },
    };
    const own = { id: 'line', phone: null, email: SENDER, senderName: 'Sam Okafor', bridgeUrl: null, bridgePassword: null };
    return { ...own, account, ...more };
  }

  outgoing(to: string, more: Partial<Outgoing> = {}): Outgoing {
    this.serial += 1;
    const opening = { conversation: null, opensChat: false, callbackUrl: null };
    return { to, text: 'Hello', providerId: `tuco-${this.serial}`, ...opening, ...more };
  }

  send(to: string, more: Partial<Outgoing> = {}, line = this.line) {
    return this.channel.send(line, this.outgoing(to, more));
  }

  /** Everything since the cursor. */
  async read(cursor: object | null = null, since = new Date(0), line = this.line) {
    const reading = await this.channel.poll(line, cursor, since);
    if (!reading) throw new Error('The mailbox could not be read');
    return reading;
  }

  async close(): Promise<void> {
    this.channel.onApplicationShutdown();
    await this.simulator.stop();
  }
}
