import type { SimulatedMessage } from './messages';

interface Entry {
  /** From 1. */
  seq: number;
  /** In ms since 1970. */
  at: number;
  account: string;
}

/** A message that was taken, whatever the answer was. */
export interface MessageEntry extends Entry {
  kind: 'message';
  sid: string;
  to: string;
  from: string | null;
  body: string;
  media: string[];
  segments: number;
  callback: string | null;
}

/** A message that was not taken. */
export interface RefusedEntry extends Entry {
  kind: 'refused';
  to: string | null;
  from: string | null;
  code: number;
}

/** Somebody wrote to one of the numbers. */
export interface InboundEntry extends Entry {
  kind: 'inbound';
  sid: string;
  from: string;
  to: string;
  body: string;
}

/** We were called. */
export interface CallbackEntry extends Entry {
  kind: 'callback';
  sid: string;
  /** Of the message; `received` for one that came in. */
  status: string;
  url: string;
  /** The HTTP status of the answer; `null`: there was none. */
  answered: number | null;
  /** What Twilio's debugger would show: a wrong content type is 12300, an empty answer 11200. */
  warning: number | null;
}

export type LedgerEntry = MessageEntry | RefusedEntry | InboundEntry | CallbackEntry;
type Draft<T> = T extends Entry ? Omit<T, 'seq'> : never;

export interface LedgerFilter {
  kind?: LedgerEntry['kind'];
  to?: string;
  from?: string;
}

/** What truly happened, oldest first, whatever was answered. */
export class Ledger {
  private readonly entries: LedgerEntry[] = [];

  append(entry: Draft<LedgerEntry>): void {
    this.entries.push({ seq: this.entries.length + 1, ...entry });
  }

  find({ kind, to, from }: LedgerFilter = {}): LedgerEntry[] {
    return this.entries.filter(
      (entry) =>
        (kind === undefined || entry.kind === kind) &&
        (to === undefined || ('to' in entry && entry.to === to)) &&
        (from === undefined || ('from' in entry && entry.from === from)),
    );
  }
}

export const messageEntryOf = (message: SimulatedMessage, at: number): Draft<MessageEntry> => {
  const { sid, to, from, body, media, segments, callback, account } = message;
  return { kind: 'message', at, account, sid, to, from, body, media, segments, callback };
};
