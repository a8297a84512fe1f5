import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EntryDraft, LedgerEntry } from './ledger-entries';

export interface LedgerFilter {
  /** Only entries whose request came in at this instant (ms) or later. */
  since?: number;
  /** Only entries after the one of this number. */
  after?: number;
  kind?: string;
  /** Whom it went to or came from; the people of a group count. */
  address?: string;
  outcome?: string;
}

/**
 * The bridge's book: what truly reached whom, and every question that came in, whatever was answered. A file
 * of one JSON object a line, only ever appended to, read again at the start.
 */
export class Ledger {
  readonly entries: LedgerEntry[] = [];
  private readonly file: number | null;

  /**
   * @param path null keeps it in memory only
   * @throws when the file holds a broken line anywhere but at its end, where a crash may have left one
   */
  constructor(path: string | null) {
    this.file = path === null ? null : this.load(path);
  }

  /**
   * Writes an entry to the file before it returns: the death of this process loses nothing, a power cut may.
   */
  append(draft: EntryDraft): LedgerEntry {
    const entry = { seq: (this.entries.at(-1)?.seq ?? 0) + 1, ...draft };
    if (this.file !== null) writeSync(this.file, `${JSON.stringify(entry)}\n`);
    this.entries.push(entry);
    return entry;
  }

  find({ since = -Infinity, after = 0, kind, address, outcome }: LedgerFilter = {}): LedgerEntry[] {
    return this.entries.filter(
      (entry) =>
        entry.at >= since &&
        entry.seq > after &&
        (kind === undefined || entry.kind === kind) &&
        (address === undefined || peopleOf(entry).includes(address)) &&
        (outcome === undefined || ('outcome' in entry && entry.outcome === outcome)),
    );
  }

  close(): void {
    if (this.file === null) return;
    fsyncSync(this.file);
    closeSync(this.file);
  }

  private load(path: string): number {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, 'a+');
    const text = readFileSync(file, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n')) if (line !== '') this.entries.push(completed(JSON.parse(line) as LedgerEntry));
    if (whole.length < text.length) ftruncateSync(file, Buffer.byteLength(whole));
    return file;
  }
}

function peopleOf(entry: LedgerEntry): string[] {
  if (!('address' in entry)) return [];
  return entry.kind === 'send' ? [entry.address, ...entry.recipients] : [entry.address];
}

/** A file of version 0.1 lacks some fields. */
function completed(entry: LedgerEntry): LedgerEntry {
  return { ...missingOf(entry), ...entry };
}

function missingOf(entry: LedgerEntry): object {
  switch (entry.kind) {
    case 'send': {
      const { address, at, guid } = entry;
      const asked = { via: 'text', method: 'private-api', asked: address, recipients: [address] };
      return { ...asked, chatGuid: null, words: null, lateError: null, date: guid === null ? null : at };
    }
    case 'reply':
      return { group: null, date: entry.at, attachments: [], extras: {} };
    case 'update':
      return { isDelivered: entry.dateDelivered !== null };
    default:
      return {};
  }
}
