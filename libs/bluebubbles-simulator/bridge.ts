import { type Controls, HEALTHY } from './controls';
import type { LedgerEntry } from './ledger';

/** A message as BlueBubbles shows it, with the fields that matter. Times are ms since 1970. */
export interface BridgeMessage {
  guid: string;
  tempGuid?: string;
  text: string;
  handle: { address: string; service: string } | null;
  chats: { guid: string }[];
  attachments: { guid: string; transferName: string; mimeType: string; totalBytes: number }[];
  error: number;
  dateCreated: number;
  dateDelivered: number | null;
  dateRead: number | null;
  isFromMe: boolean;
  isDelivered: boolean;
  associatedMessageGuid: string | null;
}

export interface Webhook {
  id: number;
  url: string;
  /** Names of events, or `*`. */
  events: string[];
}

export interface ChatAddress {
  service: string;
  address: string;
}

/** `iMessage;-;+12025551234` taken apart; null when it is no direct chat. `any` stands for iMessage. */
export function chatAddressOf(guid: string): ChatAddress | null {
  const [service, kind, address, ...rest] = guid.split(';');
  if (!service || kind !== '-' || !address || rest.length > 0) return null;
  return { service: service === 'any' ? 'iMessage' : service, address };
}

export const chatGuidOf = ({ service, address }: ChatAddress): string => `${service};-;${address}`;

/**
 * One Mac with its chats. Everything but the controls and what is in flight can be had again from the ledger.
 */
export class Bridge {
  controls: Controls;
  /** What a reset goes back to. */
  readonly initial: Readonly<Controls>;
  readonly inFlight = new Set<string>();
  readonly webhooks = new Map<number, Webhook>();
  private readonly chats = new Map<string, BridgeMessage[]>();
  private readonly messages = new Map<string, BridgeMessage>();
  /** (address, text) pairs that have failed the one time that they do. */
  private readonly failedOnce = new Set<string>();

  constructor(
    readonly number: number,
    readonly password: string,
    controls: Partial<Controls> = {},
  ) {
    this.initial = { ...HEALTHY, ...controls };
    this.controls = { ...this.initial };
  }

  /** The messages of a chat in the order of their creation; undefined when the chat does not exist. */
  chat(address: ChatAddress): BridgeMessage[] | undefined {
    return this.chats.get(keyOf(address));
  }

  message(guid: string): BridgeMessage | undefined {
    return this.messages.get(guid);
  }

  /** True the first time for each address and text. */
  failsNow(address: string, text: string): boolean {
    return !this.failedOnce.has(onceKey(address, text));
  }

  /** Takes over what a ledger entry says, new or read from the file. */
  apply(entry: LedgerEntry): void {
    switch (entry.kind) {
      case 'send':
        if (entry.guid === null) return;
        if (entry.outcome === 'refused') this.failedOnce.add(onceKey(entry.address, entry.text));
        return this.add(entry, true);
      case 'reply':
        return this.add(entry, false);
      case 'update': {
        const message = this.messages.get(entry.guid);
        if (!message) return;
        message.dateDelivered = entry.dateDelivered;
        message.dateRead = entry.dateRead;
        message.isDelivered = entry.dateDelivered !== null;
        message.error = entry.error;
        return;
      }
      case 'webhook':
        if (entry.url === null) this.webhooks.delete(entry.id);
        else this.webhooks.set(entry.id, { id: entry.id, url: entry.url, events: entry.events });
    }
  }

  private add(entry: Extract<LedgerEntry, { kind: 'send' | 'reply' }>, isFromMe: boolean): void {
    const sent = entry.kind === 'send' ? entry : null;
    const message: BridgeMessage = {
      guid: entry.guid!,
      text: entry.text,
      handle: isFromMe ? null : { address: entry.address, service: entry.service },
      chats: [{ guid: chatGuidOf(entry) }],
      attachments: sent?.attachment
        ? [
            {
              guid: sent.attachment.guid,
              transferName: sent.attachment.name,
              mimeType: sent.attachment.mimeType,
              totalBytes: sent.attachment.bytes,
            },
          ]
        : [],
      error: sent?.error ?? 0,
      dateCreated: entry.at,
      dateDelivered: null,
      dateRead: null,
      isFromMe,
      isDelivered: false,
      associatedMessageGuid: null,
    };
    this.messages.set(message.guid, message);
    const chat = this.chats.get(keyOf(entry)) ?? [];
    chat.push(message);
    this.chats.set(keyOf(entry), chat);
  }
}

const keyOf = (chat: ChatAddress): string => chatGuidOf(chat).toLowerCase();
const onceKey = (address: string, text: string): string => JSON.stringify([address.toLowerCase(), text]);
