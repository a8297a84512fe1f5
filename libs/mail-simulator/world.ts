import { simpleParser } from 'mailparser';
import { type AccountOptions, ownerOf } from './accounts';
import { Faults } from './faults';
import { complaint, deliveryReport, letter, outOfOffice, replyTo, type SentMail } from './letters';
import { magicOf } from './magic';
import { Mailbox } from './mailbox';

/** A mail that was taken, oldest first. */
export interface MailEntry {
  id: number;
  at: number;
  /** Who was logged in; `null` where nobody was. */
  user: string | null;
  envelope: { from: string; to: string };
  messageId: string;
  subject: string;
  text: string;
  html: string | null;
  attachments: string[];
  /** By lower-case name, as they came over the wire, unfolded. */
  headers: Record<string, string>;
  raw: string;
}

/** What somebody does about the last mail that they got. */
export interface Order {
  /** Whose: a recipient of ours. */
  from: string;
  kind: 'reply' | 'out-of-office' | 'unsubscribe' | 'complaint' | 'bounce' | 'delay';
  text?: string;
  subject?: string;
  /** Of a bounce; 5.1.1 where it is not said. */
  status?: string;
  /** The answer comes from this address. */
  as?: string;
}

/** All that the simulator knows. */
export class World {
  readonly faults = new Faults();
  private readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly ledger: MailEntry[] = [];
  latencyMs = 0;

  constructor(
    readonly accounts: readonly AccountOptions[],
    private readonly now: () => number,
  ) {
    this.mailboxes = new Map(accounts.map(({ user }) => [user, new Mailbox()]));
  }

  login(user: string, password: string): AccountOptions | null {
    return this.accounts.find((one) => one.user === user && one.password === password) ?? null;
  }

  /** @throws Error where nobody has that name */
  mailbox(user: string): Mailbox {
    const mailbox = this.mailboxes.get(user);
    if (!mailbox) throw new Error(`The simulator has no user ${user}`);
    return mailbox;
  }

  /** A mail was taken: it is written down, and what its recipient's address asks for happens. */
  async take(raw: Buffer, envelope: MailEntry['envelope'], user: string | null): Promise<void> {
    const entry = await entryOf(raw, envelope, { id: this.ledger.length + 1, at: this.now(), user });
    this.ledger.push(entry);
    this.faults.passed();
    const owner = ownerOf(this.accounts, envelope.to);
    if (owner) return void this.deliver(owner, raw);
    const magic = magicOf(envelope.to);
    const [mail, at] = [sentOf(entry), new Date(this.now())];
    if (magic.kind === 'bounce') this.put(envelope.from, deliveryReport(mail, magic.status, 'failed', at));
    if (magic.kind === 'delay') this.put(envelope.from, deliveryReport(mail, '4.4.1', 'delayed', at));
    if (magic.kind === 'complain') this.put(senderOf(entry), complaint(mail, senderOf(entry), at));
    if (magic.kind === 'away') this.put(senderOf(entry), await outOfOffice(mail, senderOf(entry), at));
  }

  /** Somebody does something about the last mail that they got. @throws Error where they got none */
  async order({ from, kind, text = 'Yes, please.', subject, status = '5.1.1', as }: Order): Promise<void> {
    const entry = [...this.ledger].reverse().find(({ envelope }) => envelope.to === from);
    const at = new Date(this.now());
    if (!entry) throw new Error(`Nothing was sent to ${from}`);
    const [mail, to] = [sentOf(entry), senderOf(entry)];
    switch (kind) {
      case 'reply':
        return this.put(to, await replyTo(mail, to, { text, ...(subject !== undefined && { subject }), from: as ?? from, at }));
      case 'out-of-office':
        return this.put(to, await outOfOffice(mail, to, at));
      case 'complaint':
        return this.put(to, complaint(mail, to, at));
      case 'bounce':
        return this.put(entry.envelope.from, deliveryReport(mail, status, 'failed', at));
      case 'delay':
        return this.put(entry.envelope.from, deliveryReport(mail, '4.4.1', 'delayed', at));
      case 'unsubscribe':
        return this.unsubscribe(entry, from, at);
    }
  }

  /** By the `mailto:` of the header, as programs do it. */
  private async unsubscribe(entry: MailEntry, from: string, at: Date): Promise<void> {
    const mailto = /<(mailto:[^<>]+)>/.exec(entry.headers['list-unsubscribe'] ?? '')?.[1];
    if (!mailto) throw new Error('The mail has no mailto in List-Unsubscribe');
    const url = new URL(mailto);
    const subject = url.searchParams.get('subject') ?? 'unsubscribe';
    const to = decodeURIComponent(url.pathname);
    this.put(to, await letter(from, to, { subject, text: 'This message was automatically generated.', at }));
  }

  /** Puts a mail into the mailbox of whoever has the address. @throws Error where nobody has it */
  put(address: string, raw: Buffer): void {
    const owner = ownerOf(this.accounts, address);
    if (!owner) throw new Error(`Nobody of the simulator has the address ${address}`);
    this.deliver(owner, raw);
  }

  private deliver({ user }: AccountOptions, raw: Buffer): void {
    this.mailbox(user).add(raw, new Date(this.now()));
  }
}

const senderOf = ({ headers, envelope }: MailEntry): string =>
  /<([^<>]+)>/.exec(headers.from ?? '')?.[1] ?? headers.from ?? envelope.from;

function sentOf({ envelope, messageId, subject, headers, raw }: MailEntry): SentMail {
  const references = [...(headers.references ?? '').matchAll(/<[^<>]+>/g)].map(([id]) => id);
  return { envelope, messageId, subject, references, header: raw.slice(0, raw.indexOf('\r\n\r\n') + 2) };
}

async function entryOf(
  raw: Buffer,
  envelope: MailEntry['envelope'],
  about: Pick<MailEntry, 'id' | 'at' | 'user'>,
): Promise<MailEntry> {
  const parsed = await simpleParser(raw);
  const headers: Record<string, string> = {};
  for (const { key, line } of parsed.headerLines) {
    headers[key] = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim();
  }
  return {
    ...about,
    envelope,
    messageId: parsed.messageId ?? '',
    subject: parsed.subject ?? '',
    text: (parsed.text ?? '').replace(/\n$/, ''),
    html: parsed.html || null,
    attachments: parsed.attachments.map(({ filename }) => filename ?? ''),
    headers,
    raw: raw.toString('latin1'),
  };
}
