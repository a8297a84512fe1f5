import { DomainError } from '../../platform/errors';

/** What a channel is called in the API. Each adapter brings its own. */
export type ChannelName = string;

export type AddressKind = 'phone' | 'email';

/** Channels that the product speaks of; lines for them can be made before they have an adapter. */
const BUILT_IN_CHANNELS: Readonly<Record<ChannelName, readonly AddressKind[]>> = {
  imessage: ['phone', 'email'],
  sms: ['phone'],
  email: ['email'],
};

/** What an adapter needs to know of a line. Holds secrets in the clear: never log it. */
export interface ChannelLine {
  id: string;
  phone: string | null;
  email: string | null;
  bridgeUrl: string | null;
  bridgePassword: string | null;
}

/** What a line has, as far as an adapter may ask for it. */
export type LineFields = Omit<ChannelLine, 'id'>;

/** A file on its way, in memory. */
export interface OutgoingAttachment {
  name: string;
  /** Its media type, such as `image/png`. */
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * One string, or one file, to one address: what a provider takes in one call, so that each call has one
 * outcome.
 */
export interface Outgoing {
  /** E.164 or an e-mail address. */
  to: string;
  text: string;
  /** The product's id of this attempt, unique for ever. */
  providerId: string;
  /** The provider said that it knows no conversation with the address; the adapter has to open one. */
  opensChat: boolean;
  /** The file, in place of the text. Only for channels that say `takesAttachments`. */
  attachment?: OutgoingAttachment;
}

/**
 * Who is to blame for a failed call: the `device`, which all lines on it share (it does not answer, or
 * answers 5xx), or the `line` alone (its password is refused).
 */
export type FailureScope = 'device' | 'line';

/** What went wrong with a call, for people to read, and who is to blame for it. */
export interface CallFailure {
  message: string;
  scope: FailureScope;
}

/**
 * What became of a hand-over. Only the adapter can tell, and `unknown` is the honest answer whenever it is
 * not proven that the provider did or did not take the message.
 */
export type SendOutcome =
  | { kind: 'accepted'; externalId: string | null; at: Date | null }
  | { kind: 'not-on-channel'; code: string; message: string }
  | {
      kind: 'refused';
      code: string;
      message: string;
      /** Who is to blame, when it is not the message. */
      scope?: FailureScope;
      /** Trying again at once, opening the conversation, may help. */
      opensChat?: boolean;
    }
  | { kind: 'unknown'; message: string };

export type AvailabilityOutcome = { kind: 'available' } | { kind: 'unavailable' } | ({ kind: 'failed' } & CallFailure);

/** A message that the provider knows it sent. */
export interface SentMessage {
  externalId: string;
  text: string;
  /** The names of the files that it carries. */
  attachments: string[];
  at: Date;
}

/** What a provider's callback says, in the product's terms. */
export type InboundEvent =
  | { kind: 'reply'; externalId: string; address: string; text: string; at: Date }
  | { kind: 'delivered'; externalId: string; at: Date }
  | { kind: 'read'; externalId: string; at: Date }
  | { kind: 'send-error'; externalId: string | null; providerId: string | null; notOnChannel: boolean; code: string };

export interface LineProblem {
  field: string;
  message: string;
}

/**
 * A way to reach people. An adapter lives in a folder of its own and passes the channel contract kit; see
 * docs/adding-a-channel.md. No method throws for what a provider does: a failure is an outcome.
 */
export interface Channel {
  readonly name: ChannelName;
  /** Who is behind it, as it appears in the URLs that it calls: `/api/inbound/<provider>/<secret>`. */
  readonly provider: string;
  /** The kinds of address it reaches; a lead's are tried in this order. */
  readonly reaches: readonly AddressKind[];
  /** Does `send` take files? */
  readonly takesAttachments?: boolean;
  /** What a line lacks to be used; empty when it could be. */
  lineProblems(line: LineFields): LineProblem[];
  send(line: ChannelLine, message: Outgoing): Promise<SendOutcome>;
  checkAvailability?(line: ChannelLine, address: string): Promise<AvailabilityOutcome>;
  /** Messages that the provider sent to the address since then; `null` when it could not be asked. */
  findSent?(line: ChannelLine, to: string, since: Date): Promise<SentMessage[] | null>;
  /** Replies of the address since then; `null` when it could not be asked. */
  findReplies?(line: ChannelLine, from: string, since: Date): Promise<Extract<InboundEvent, { kind: 'reply' }>[] | null>;
  /** `null` when the line works, else why it does not. */
  health(line: ChannelLine): Promise<CallFailure | null>;
  /** What a callback's body means; empty for anything that is of no interest or cannot be read. */
  parseInbound?(body: unknown): InboundEvent[];
}

/** A campaign or message on a channel that has no adapter. */
class ChannelNotConfigured extends DomainError {
  readonly kind = 'invalid';
  readonly code = 'CHANNEL_NOT_CONFIGURED';
  constructor(name: string) {
    super(`The channel "${name}" is not configured`);
  }
}

/** The channels: those that have an adapter, and those that the product speaks of. */
export class Channels {
  private readonly byName: ReadonlyMap<ChannelName, Channel>;

  constructor(channels: readonly Channel[]) {
    this.byName = new Map(channels.map((channel) => [channel.name, channel]));
    if (this.byName.size < channels.length) throw new Error('Two channels have the same name');
  }

  has(name: ChannelName): boolean {
    return this.byName.has(name);
  }

  /** Is it a channel at all, with an adapter or without? */
  isKnown(name: ChannelName): boolean {
    return this.names.includes(name);
  }

  get names(): readonly ChannelName[] {
    return [...new Set([...Object.keys(BUILT_IN_CHANNELS), ...this.byName.keys()])];
  }

  /** @throws ChannelNotConfigured */
  of(name: ChannelName): Channel {
    const channel = this.byName.get(name);
    if (!channel) throw new ChannelNotConfigured(name);
    return channel;
  }

  /** The channel that a provider's callbacks belong to. */
  ofProvider(provider: string): Channel | null {
    return [...this.byName.values()].find((channel) => channel.provider === provider) ?? null;
  }

  /**
   * The kinds of address that the channel reaches, in the order in which they are tried; none for an unknown
   * channel.
   */
  reachOf(name: ChannelName): readonly AddressKind[] {
    return this.byName.get(name)?.reaches ?? (this.isKnown(name) ? BUILT_IN_CHANNELS[name]! : []);
  }

  /** What the line lacks to be used on the channel. */
  lineProblems(name: ChannelName, line: LineFields): LineProblem[] {
    const channel = this.byName.get(name);
    if (channel) return channel.lineProblems(line);
    return this.reachOf(name).some((kind) => line[kind] !== null)
      ? []
      : [{ field: this.reachOf(name)[0] ?? 'channel', message: `is needed by a line of the channel ${name}` }];
  }
}
