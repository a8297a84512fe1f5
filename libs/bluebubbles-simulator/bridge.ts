import { type Controls, healthyControls } from './controls';
import { type Fault, strikes } from './faults';
import type { LedgerEntry, Via } from './ledger-entries';
import { ChatDb } from './mac/chat-db';
import { FILE_SIGN, PLAIN_ROW } from './mac/rows';
import type { ProxyPage } from './proxy';
import type { Times } from './times';

export interface Webhook {
  id: number;
  url: string;
  /** Names of events, or `*`. */
  events: string[];
}

/**
 * One Mac with its chats. Everything but the controls can be had again from the
 * ledger.
 */
export class Bridge {
  controls: Controls;
  /** What a reset goes back to. */
  readonly initial: Readonly<Controls>;
  readonly db: ChatDb;
  /** When the database was last changed, in ms by our clock. */
  changedAt: number;
  readonly webhooks = new Map<number, Webhook>();
  /** (address, text) pairs that have failed the one time that they do. */
  private readonly failedOnce = new Set<string>();

  constructor(
    readonly number: number,
    readonly password: string,
    readonly times: Times,
    { controls = {}, now }: { controls?: Partial<Controls>; now: number },
  ) {
    this.initial = { ...healthyControls(times), ...controls };
    this.controls = structuredClone(this.initial);
    this.db = new ChatDb(this.controls.macos);
    this.changedAt = now;
  }

  /** True the first time for each address and text. */
  failsNow(address: string, text: string): boolean {
    return !this.failedOnce.has(onceKey(address, text));
  }

  /** The fault that strikes a send, which is used up where it strikes once. */
  takeFault(via: Via, address: string): Fault | undefined {
    const { faults } = this.controls;
    const fault = faults.find((each) => strikes(each, via) && (each.address === undefined || each.address === address));
    if (!fault || fault.times === null) return fault;
    const left = (fault.times ?? 1) - 1;
    this.controls.faults = faults.flatMap((each) => (each !== fault ? [each] : left > 0 ? [{ ...each, times: left }] : []));
    return fault;
  }

  /** What a proxy answers a call with instead of the server, before or after it has worked. */
  takeProxy(path: string): { page: ProxyPage; isAfter: boolean } | null {
    const { proxy } = this.controls;
    if (!proxy || !path.startsWith(proxy.path ?? '')) return null;
    const left = proxy.times == null ? null : proxy.times - 1;
    this.controls.proxy = left === 0 ? null : { ...proxy, times: left };
    return { page: proxy.page, isAfter: proxy.after ?? false };
  }

  /**
   * Takes over what a ledger entry says, new or read from the file; tells whether the database has changed.
   */
  apply(entry: LedgerEntry): boolean {
    const isChange = this.follow(entry);
    if (isChange) this.changedAt = entry.at;
    return isChange;
  }

  private follow(entry: LedgerEntry): boolean {
    switch (entry.kind) {
      case 'send': {
        if (entry.guid === null) return false;
        const { outcome, address, text, error, attachment } = entry;
        if (outcome === 'refused') this.failedOnce.add(onceKey(address, text));
        this.addOwn(entry, { text: attachment ? FILE_SIGN : text, error, files: attachment ? [attachment] : [] });
        return true;
      }
      case 'reaction': {
        if (entry.guid === null) return false;
        const extras = { associatedMessageGuid: `p:0/${entry.target}`, associatedMessageType: entry.reaction };
        this.addOwn(entry, { text: entry.text, error: 0, files: [], extras });
        return true;
      }
      case 'reply':
      case 'row': {
        const { address, service, group, guid, date, attachments, extras } = entry;
        const isFromMe = entry.kind === 'row' && entry.isFromMe;
        const name = { service, isGroup: group !== null, identifier: group?.identifier ?? address };
        this.db.add({
          ...PLAIN_ROW,
          ...extras,
          guid,
          text: entry.text,
          chat: this.db.open(name, group?.participants),
          address: group && isFromMe ? null : address,
          isFromMe,
          attachments,
          ...UNTOUCHED,
          isSent: isFromMe,
          date,
        });
        return true;
      }
      case 'chat': {
        const { service, isGroup, address, participants } = entry;
        this.db.open({ service, isGroup, identifier: address }, participants);
        return true;
      }
      case 'update': {
        const { guid, dateDelivered, dateRead, isDelivered, error } = entry;
        this.db.update(guid, { dateDelivered, dateRead, isDelivered, error, isSent: error === 0 });
        return true;
      }
      case 'webhook':
        if (entry.url === null) this.webhooks.delete(entry.id);
        else this.webhooks.set(entry.id, { id: entry.id, url: entry.url, events: entry.events });
        return false;
      default:
        return false;
    }
  }

  private addOwn(entry: OwnEntry, row: OwnRow): void {
    const { address, guid, date, at, chatGuid } = entry;
    const isGroup = chatGuid?.includes(';+;') ?? false;
    const service = entry.service ?? chatGuid?.split(';')[0] ?? 'iMessage';
    const recipients = entry.recipients ?? [address];
    this.db.add({
      ...PLAIN_ROW,
      ...row.extras,
      guid: guid!,
      text: row.text,
      chat: this.db.open({ service, isGroup, identifier: address }, recipients),
      address: isGroup ? null : address,
      isFromMe: true,
      attachments: row.files,
      ...UNTOUCHED,
      error: row.error,
      isSent: row.error === 0 && row.files.length === 0,
      date: date ?? at,
    });
  }
}

interface OwnEntry {
  address: string;
  guid: string | null;
  date: number | null;
  at: number;
  chatGuid: string | null;
  service?: string;
  recipients?: string[];
}

interface OwnRow {
  text: string;
  error: number;
  files: { guid: string; name: string; bytes: number; mimeType: string }[];
  extras?: { associatedMessageGuid: string; associatedMessageType: string };
}

const UNTOUCHED = { error: 0, dateDelivered: null, dateRead: null, isDelivered: false } as const;

const onceKey = (address: string, text: string): string => JSON.stringify([address.toLowerCase(), text]);
