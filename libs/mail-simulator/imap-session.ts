import type { Socket } from 'node:net';
import { fetched, itemsOf } from './imap-fetch';
import { dayOf, inSet, type Word, wordsOf } from './imap-words';
import type { Mailbox } from './mailbox';
import type { World } from './world';

const CAPABILITIES = 'IMAP4rev1 UNSELECT';
/** Longer commands are somebody's mistake. */
const MAX_COMMAND = 65_536;

/** One connection to the IMAP side: as much of RFC 3501 as a reader of an INBOX needs. */
export class ImapSession {
  private input = Buffer.alloc(0);
  /** A command that goes on in a literal, so far. */
  private begun = '';
  private literal: number | null = null;
  private mailbox: Mailbox | null = null;
  private isSelected = false;
  private readonly capabilities: string;
  private idle: { tag: string; stop: () => void } | null = null;

  constructor(
    private readonly socket: Socket,
    private readonly world: World,
    private readonly hasIdle: boolean,
  ) {
    this.capabilities = hasIdle ? `${CAPABILITIES} IDLE` : CAPABILITIES;
    socket.on('data', (chunk) => this.read(chunk));
    socket.on('close', () => this.idle?.stop());
    this.line(`* OK [CAPABILITY ${this.capabilities}] The simulator is ready`);
  }

  private line(text: string): void {
    this.socket.write(`${text}\r\n`);
  }

  private read(chunk: Buffer): void {
    this.input = Buffer.concat([this.input, chunk]);
    while (this.next()) if (this.input.length > MAX_COMMAND) return void this.socket.destroy();
  }

  /** Takes one line, or a literal. @returns whether there may be more */
  private next(): boolean {
    if (this.literal !== null) {
      if (this.input.length < this.literal) return false;
      const text = this.input.subarray(0, this.literal).toString('utf8');
      this.begun += `"${text.replace(/["\\]/g, '\\$&')}"`;
      this.input = this.input.subarray(this.literal);
      this.literal = null;
      return true;
    }
    const end = this.input.indexOf('\r\n');
    if (end < 0) return false;
    const line = this.input.subarray(0, end).toString('utf8');
    this.input = this.input.subarray(end + 2);
    const [, text = line, length, isNow] = /^(.*)\{(\d+)(\+?)\}$/s.exec(line) ?? [];
    this.begun += text;
    if (length !== undefined) {
      this.literal = Number(length);
      if (!isNow) this.line('+ go on');
      return true;
    }
    const command = this.begun;
    this.begun = '';
    this.command(command);
    return true;
  }

  private command(text: string): void {
    if (this.idle) return this.endIdle();
    const [, tag = '*', name = '', rest = ''] = /^(\S+) (\S+) ?(.*)$/s.exec(text) ?? [];
    const words = wordsOf(rest);
    const known = name.toUpperCase();
    if (known === 'UID') return this.byUid(tag, String(words[0]).toUpperCase(), words.slice(1));
    switch (known) {
      case 'CAPABILITY':
        this.line(`* CAPABILITY ${this.capabilities}`);
        return this.ok(tag);
      case 'LOGIN':
        return this.login(tag, String(words[0]), String(words[1]));
      case 'LOGOUT':
        this.line('* BYE');
        this.ok(tag);
        return void this.socket.end();
      case 'LIST':
        this.line('* LIST (\\HasNoChildren) "/" INBOX');
        return this.ok(tag);
      case 'NOOP':
        this.exists();
        return this.ok(tag);
      case 'SELECT':
      case 'EXAMINE':
        return this.select(tag, String(words[0]));
      case 'CLOSE':
      case 'UNSELECT':
        this.isSelected = false;
        return this.ok(tag);
      case 'IDLE':
        return this.hasIdle ? this.beginIdle(tag) : this.line(`${tag} BAD The simulator has no IDLE`);
      case 'SEARCH':
        return this.search(tag, words, false);
      case 'FETCH':
        return this.fetch(tag, words, false);
      default:
        return this.line(`${tag} BAD The simulator knows no ${known}`);
    }
  }

  private byUid(tag: string, name: string, words: Word[]): void {
    if (name === 'SEARCH') return this.search(tag, words, true);
    if (name === 'FETCH') return this.fetch(tag, words, true);
    this.line(`${tag} BAD The simulator knows no UID ${name}`);
  }

  private ok(tag: string, text = 'Done'): void {
    this.line(`${tag} OK ${text}`);
  }

  private login(tag: string, user: string, password: string): void {
    const account = this.world.login(user, password);
    if (!account) return this.line(`${tag} NO [AUTHENTICATIONFAILED] Authentication failed.`);
    this.mailbox = this.world.mailbox(account.user);
    this.ok(tag, `[CAPABILITY ${this.capabilities}] Logged in`);
  }

  private select(tag: string, name: string): void {
    if (!this.mailbox) return this.line(`${tag} NO Log in first`);
    if (name.toUpperCase() !== 'INBOX') return this.line(`${tag} NO [NONEXISTENT] There is INBOX alone`);
    this.isSelected = true;
    this.line('* FLAGS (\\Seen)');
    this.exists();
    this.line('* 0 RECENT');
    this.line(`* OK [UIDVALIDITY ${this.mailbox.validity}] UIDs valid`);
    this.line(`* OK [UIDNEXT ${this.mailbox.uidNext}] Predicted next UID`);
    this.ok(tag, '[READ-ONLY] Selected');
  }

  private exists(): void {
    if (this.mailbox && this.isSelected) this.line(`* ${this.mailbox.all.length} EXISTS`);
  }

  private search(tag: string, words: Word[], byUid: boolean): void {
    const { all = [] } = this.mailbox ?? {};
    const lastUid = all.at(-1)?.uid ?? 0;
    let found = all.map((mail, index) => ({ mail, sequence: index + 1 }));
    for (let at = 0; at < words.length; at += 1) {
      const word = String(words[at]).toUpperCase();
      if (word === 'UID') {
        const isIn = inSet(String(words[(at += 1)]), lastUid);
        found = found.filter(({ mail }) => isIn(mail.uid));
      } else if (word === 'SINCE') {
        const since = dayOf(String(words[(at += 1)]));
        found = found.filter(({ mail }) => mail.at.getTime() >= since);
      } else if (word !== 'ALL') return this.line(`${tag} BAD The simulator cannot search by ${word}`);
    }
    this.line(`* SEARCH${found.map(({ mail, sequence }) => ` ${byUid ? mail.uid : sequence}`).join('')}`);
    this.ok(tag);
  }

  private fetch(tag: string, [set, ...rest]: Word[], byUid: boolean): void {
    const { all = [] } = this.mailbox ?? {};
    const isIn = inSet(String(set), byUid ? (all.at(-1)?.uid ?? 0) : all.length);
    const items = itemsOf(rest);
    for (const [index, mail] of all.entries()) {
      if (isIn(byUid ? mail.uid : index + 1)) this.socket.write(fetched(mail, index + 1, items, byUid));
    }
    this.ok(tag);
  }

  private beginIdle(tag: string): void {
    const stop = this.mailbox?.watch(() => this.exists()) ?? (() => undefined);
    this.idle = { tag, stop };
    this.line('+ idling');
    this.exists();
  }

  private endIdle(): void {
    const { tag, stop } = this.idle!;
    stop();
    this.idle = null;
    this.ok(tag);
  }
}
