import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

interface Entry {
  /** 1, 2, 3 … over restarts. */
  seq: number;
  /** The instant, in ms since 1970, at which the request came in. */
  at: number;
  /** The number of the bridge, from 0, in the order in which they were given. */
  bridge: number;
}

/** How a send was answered: `ok`, `error` (an error envelope), or one of the ways to misbehave. */
export type SendAnswer = 'ok' | 'error' | 'already-queued' | 'hang' | '200-with-error' | 'garbage' | 'drop';

export interface SendEntry extends Entry {
  kind: 'send';
  address: string;
  service: string;
  text: string;
  tempGuid: string | null;
  guid: string | null;
  /** `sent`: it reached the recipient, whatever the answer was; `refused`: it never left. */
  outcome: 'sent' | 'refused';
  answer: SendAnswer;
  /** The message's error number, 0 when it has none. */
  error: number;
  attachment: { guid: string; name: string; bytes: number; mimeType: string } | null;
}

export interface AvailabilityEntry extends Entry {
  kind: 'availability';
  address: string;
  outcome: 'available' | 'unavailable' | 'error';
}

/** Somebody answered. */
export interface ReplyEntry extends Entry {
  kind: 'reply';
  address: string;
  service: string;
  text: string;
  guid: string;
}

/** A message was delivered, read, or failed late. */
export interface UpdateEntry extends Entry {
  kind: 'update';
  guid: string;
  dateDelivered: number | null;
  dateRead: number | null;
  error: number;
}

export interface WebhookEntry extends Entry {
  kind: 'webhook';
  id: number;
  /** null when it was removed. */
  url: string | null;
  events: string[];
}

export type LedgerEntry = SendEntry | AvailabilityEntry | ReplyEntry | UpdateEntry | WebhookEntry;
type Draft<E> = E extends LedgerEntry ? Omit<E, 'seq'> : never;

/**
 * Every send and every question that came in: a file of one JSON object a line, only ever appended to, read
 * again at the start.
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
  append<E extends Draft<LedgerEntry>>(draft: E): void {
    const entry = { seq: (this.entries.at(-1)?.seq ?? 0) + 1, ...draft };
    if (this.file !== null) writeSync(this.file, `${JSON.stringify(entry)}\n`);
    this.entries.push(entry);
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
    for (const line of whole.split('\n')) if (line !== '') this.entries.push(JSON.parse(line) as LedgerEntry);
    if (whole.length < text.length) ftruncateSync(file, Buffer.byteLength(whole));
    return file;
  }
}
