import { DomainError } from '../../platform/errors';

export type ChannelName = 'imessage' | 'sms' | 'email';

/** What an adapter needs to know of a line. Holds secrets in the clear: never log it. */
export interface ChannelLine {
  id: string;
  phone: string | null;
  email: string | null;
  bridgeUrl: string | null;
  bridgePassword: string | null;
}

/** One text to one address. */
export interface Outgoing {
  /** E.164 or an e-mail address. */
  to: string;
  text: string;
  /** Our id of this attempt, unique for ever. */
  providerId: string;
  /** The provider said that it knows no conversation with the address; the adapter has to open one. */
  opensChat: boolean;
}

/**
 * What became of a hand-over. Only the adapter can tell, and `unknown` is the honest answer whenever it is not proven that the provider
 * did or did not take the message.
 */
export type SendOutcome =
  | { kind: 'accepted'; externalId: string | null; at: Date | null }
  | { kind: 'not-on-channel'; code: string; words: string }
  | {
      kind: 'refused';
      code: string;
      words: string;
      /** The provider's device is to blame, not the message. */
      trouble?: boolean;
      /** Trying again at once, opening the conversation, may help. */
      opensChat?: boolean;
    }
  | { kind: 'unknown'; words: string };

export type AvailabilityOutcome =
  { kind: 'available' } | { kind: 'unavailable' } | { kind: 'trouble'; reason: string; asked: boolean };

/** A message that the provider knows it sent. */
export interface SentMessage {
  externalId: string;
  text: string;
  at: Date;
}

/** What a provider's callback says, in our words. */
export type InboundEvent =
  | { kind: 'reply'; externalId: string; address: string; text: string; at: Date }
  | { kind: 'delivered'; externalId: string; at: Date }
  | { kind: 'read'; externalId: string; at: Date }
  | { kind: 'send-error'; externalId: string | null; providerId: string | null; notOnChannel: boolean; code: string };

/**
 * A way to reach people. An adapter lives in a folder of its own and passes the channel contract kit; see docs/adding-a-channel.md.
 * No method throws for what a provider does: trouble is an outcome.
 */
export interface Channel {
  readonly name: ChannelName;
  send(line: ChannelLine, message: Outgoing): Promise<SendOutcome>;
  checkAvailability?(line: ChannelLine, address: string): Promise<AvailabilityOutcome>;
  /** Messages that the provider sent to the address since then; `null` when it could not be asked. */
  findSent?(line: ChannelLine, to: string, since: Date): Promise<SentMessage[] | null>;
  /** Replies of the address since then; `null` when it could not be asked. */
  findReplies?(line: ChannelLine, from: string, since: Date): Promise<Extract<InboundEvent, { kind: 'reply' }>[] | null>;
  /** `null` when the line works, else why not, in words. */
  health(line: ChannelLine): Promise<string | null>;
  /** What a callback's body means; empty for anything that is of no interest or cannot be read. */
  parseInbound?(body: unknown): InboundEvent[];
}

/** A campaign or message on a channel that has no adapter. */
export class ChannelNotConfigured extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'CHANNEL_NOT_CONFIGURED';
  constructor(name: string) {
    super(`The channel "${name}" is not configured`);
  }
}

/** The channels that have an adapter. */
export class Channels {
  private readonly byName: ReadonlyMap<ChannelName, Channel>;

  constructor(channels: readonly Channel[]) {
    this.byName = new Map(channels.map((channel) => [channel.name, channel]));
  }

  has(name: ChannelName): boolean {
    return this.byName.has(name);
  }

  /** @throws ChannelNotConfigured */
  of(name: ChannelName): Channel {
    const channel = this.byName.get(name);
    if (!channel) throw new ChannelNotConfigured(name);
    return channel;
  }
}
