import type { ChannelAccount, FieldSpec } from './account-fields';
import type { CallFailure, FailureScope } from './call-failure';
import type { ChannelCode } from './channel-code';
import type { ReactionGesture } from './gestures';
import type { InboundAnswer, InboundCallRequest, InboundContent, InboundType } from './inbound';
import type { InboundMedia, MediaLimits, MediaOutcome } from './inbound-media';
import type { LineLimits } from './limits';
import type { ContentCapabilities, Outgoing } from './outgoing';
import type { OverallPace, RatePace } from './pace';
import type { TextMeasure } from './text-measure';
import type { ChannelWarning } from './warnings';

export type { CallFailure, FailureScope } from './call-failure';

/** What a channel is called in the API. Each adapter brings its own. */
export type ChannelName = string;

export type AddressKind = 'phone' | 'email';

/** What an adapter needs to know of a line. Holds secrets in the clear: never log it. */
export interface ChannelLine {
  id: string;
  phone: string | null;
  email: string | null;
  bridgeUrl: string | null;
  bridgePassword: string | null;
  /** Who its messages are from, by name, where that is known. */
  senderName?: string | null;
  /** The one that the line is on; for a line without one, what the line itself says, under the line's id. */
  account: ChannelAccount;
}

/** What a line has, as far as an adapter may ask for it. */
export type LineFields = Omit<ChannelLine, 'id' | 'senderName' | 'account'>;

/**
 * What became of a hand-over. Only the adapter can tell, and `unknown` is the honest answer whenever it is
 * not proven that the provider did or did not take the message.
 */
export type SendOutcome =
  | {
      kind: 'accepted';
      externalId: string | null;
      at: Date | null;
      /** What the provider calls the conversation: the next message to the address goes there. */
      conversation?: string | null;
      /** How many segments the provider has counted, where it says so. */
      segments?: number;
    }
  | { kind: 'not-on-channel'; code: string; message: string; externalId?: string }
  | {
      /** Proven that nothing was sent, and the message is to blame. */
      kind: 'refused';
      code: string;
      message: string;
      /** Under which the provider keeps it all the same. */
      externalId?: string;
      /** The provider would say the same again: the message is not tried once more. */
      final?: boolean;
      /** The conversation is not there (any more); opening it may help, at once. */
      opensChat?: boolean;
    }
  /** The person opted out at the provider, or the address is bad for good. */
  | { kind: 'blocked'; why: 'opted_out' | 'bad_address'; code: string; message: string }
  /**
   * Proven that nothing was sent, and the line, its account or device, or what stands before it is to blame.
   */
  | ({ kind: 'not-to-blame'; code: string } & CallFailure)
  /** As `not-to-blame`: too fast. The line, or all on its device, may go on after that many milliseconds. */
  | { kind: 'throttled'; code: string; message: string; scope: FailureScope; retryAfterMs: number }
  | {
      kind: 'unknown';
      message: string;
      /** What the answer says of the line or its device, beside the message. */
      failure?: CallFailure;
    }
  /** `startWithinMs` was over before the provider had begun to take the message: nothing was sent. */
  | { kind: 'not-started' };

/** What a provider calls its conversation with an address, or that it has none. */
export type ConversationOutcome =
  | { kind: 'found'; conversation: string }
  /** The adapter opens one, as part of the send. */
  | { kind: 'none' }
  | { kind: 'not-on-channel'; code: string; message: string }
  /** It could not be asked, since it was not reached at all. */
  | ({ kind: 'failed' } & CallFailure);

export type AvailabilityOutcome = { kind: 'available' } | { kind: 'unavailable' } | ({ kind: 'failed' } & CallFailure);

/** An attempt whose outcome is looked for at the provider. */
export interface SoughtMessage {
  to: string;
  text: string;
  /** The name of the file that was handed over in place of a text. */
  attachment: string | null;
  startedAt: Date;
}

/** A message in the provider's book that can be the one that is sought. */
export interface SentMessage {
  externalId: string;
  at: Date;
  /** What the provider says against it; `null`: it was sent. */
  error: DeliveryError | null;
}

/** Why a message that a provider took was not sent after all. */
export interface DeliveryError {
  notOnChannel: boolean;
  code: string;
  /** The person opted out at the provider, or the address is bad for good. */
  blocked?: 'opted_out' | 'bad_address';
  /** The provider says that it did not arrive, for a reason that may pass: it goes once more, later. */
  mayPass?: boolean;
}

/** What a message that was not sent after all comes to. */
export const outcomeOfError = (
  { notOnChannel, code }: DeliveryError,
  message: string,
  externalId?: string,
): Extract<SendOutcome, { kind: 'not-on-channel' | 'refused' }> =>
  notOnChannel ? { kind: 'not-on-channel', code, message, externalId } : { kind: 'refused', code, message, externalId };

/** Somebody wrote to a line. */
export interface ReplyEvent {
  kind: 'reply';
  externalId: string;
  /** As the provider gives it. */
  from: string;
  /** The line's address that it was written to, where the provider says so; `null`: the line of the URL. */
  to: string | null;
  /** The account may have addresses that are none of ours: where `to` is no line's, it is passed over. */
  isForLinesAlone?: boolean;
  text: string;
  /** The provider's time. */
  at: Date;
  /** The provider's id of the message that it answers, where it says so. */
  inReplyTo: string | null;
  /** The ids of further messages that it goes back to, the latest first. */
  refersTo?: readonly string[];
  /** The attempt that it answers, where the provider names it in place of the message. */
  providerId?: string;
  /** The text is a reaction written out, such as `Liked “…”`: what it quotes. It is one if that is ours. */
  quotes: string | null;
  /** The files that came with it. */
  media?: readonly InboundMedia[];
  /** What the provider itself has made of the text, where it acts on such words by itself. */
  keyword?: 'opt_out' | 'opt_in' | 'help';
}

/** A message of ours, as the provider has it. Not the proof of one attempt: two may be alike. */
interface OwnMessageEvent {
  kind: 'own-message';
  externalId: string;
  to: string;
}

/** What a provider says, by a callback or when its account is read, in the product's terms. */
export type InboundEvent =
  | ReplyEvent
  | OwnMessageEvent
  /** Proves that the provider took the attempt `providerId`, whatever became of the call. */
  | { kind: 'accepted'; externalId: string; providerId: string }
  /** `providerId`: the attempt that arrived, where the provider names it too. */
  | { kind: 'delivered' | 'read'; externalId: string; providerId?: string; at: Date }
  | ({
      kind: 'send-error';
      externalId: string | null;
      providerId: string | null;
      /** Who did not get it, where the provider says so: one of many behind an address is not the address. */
      address?: string;
    } & DeliveryError)
  /** A person wants no more of it, or complained about it, at the provider or by a program of theirs. */
  | {
      kind: 'opted-out';
      why: 'unsubscribed' | 'complained';
      externalId: string | null;
      providerId: string | null;
      /** Who, where the message is not named. */
      address: string | null;
    }
  /** The provider's server has started: what came while it was away was never told. */
  | { kind: 'started' };

/** One reading of an account. */
export interface Reading {
  events: InboundEvent[];
  /** Where the next reading goes on. Only the adapter understands it; it is kept as JSON. */
  cursor: object;
  /** There is more to be read at once. */
  more: boolean;
}

/**
 * Why a watch is over: its connection is `lost`, or could not be had; or the provider offers nothing to wait
 * with, as far as it can be told.
 */
export type WatchEnd = 'lost' | 'unavailable';

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
  /** What it can carry beside a text; nothing where this is not there. */
  readonly content?: ContentCapabilities;
  /** Does `send` take files? */
  readonly takesAttachments?: boolean;
  /** Does the provider itself answer HELP and an opt-out? Then the product does not. */
  readonly answersOptOuts?: boolean;
  /**
   * What an account needs. Without it, an account has `bridgeUrl` and `bridgePassword`, and needs neither. An
   * adapter with a schema that has no `bridgeUrl` has lines on accounts alone.
   */
  readonly accountSchema?: readonly FieldSpec[];
  /**
   * What the channel asks of a line's own `phone`, `email`, `firstName` and `lastName`: the API validates by
   * it, and forms are made of it. None is a secret.
   */
  readonly lineSchema?: readonly FieldSpec[];
  /** Every code that its outcomes and events carry: `GET /channels` explains them by it. */
  readonly codes?: readonly ChannelCode[];
  /** The pace of lines that have none of their own. Without it, lines send one by one, with gaps. */
  readonly pace?: RatePace;
  /** The pace of all lines of an account together that has none of its own. Without it, there is none. */
  readonly overallPace?: OverallPace;
  /** What lines may send unless they say otherwise; the caps of the installation where this is not there. */
  readonly limits?: LineLimits;
  /** What a text counts against pace and limits of its line, as segments do; 1 where this is not there. */
  unitsOf?(text: string): number;
  /** How a text is counted, for a preview; left out where texts are not counted. */
  measure?(text: string): TextMeasure;
  /** What a line lacks to be used; empty when it could be. */
  lineProblems(line: LineFields): LineProblem[];
  /** What the provider calls the conversation with the address. Asked before the attempt is written down. */
  findConversation?(line: ChannelLine, to: string): Promise<ConversationOutcome>;
  /** It may throw only before the first byte has gone to the provider. */
  send(line: ChannelLine, message: Outgoing): Promise<SendOutcome>;
  /** Reacts to a message in the conversation. @returns `null` when it was done, else why not */
  react?(line: ChannelLine, gesture: ReactionGesture): Promise<CallFailure | null>;
  /** Shows in the conversation that somebody types. @returns `null` when it was done, else why not */
  showTyping?(line: ChannelLine, conversation: string): Promise<CallFailure | null>;
  /** Why the provider cannot be asked about the address; `null`: it can. */
  whyNotAskable?(address: string): string | null;
  checkAvailability?(line: ChannelLine, address: string): Promise<AvailabilityOutcome>;
  /**
   * Messages to the address, from the attempt's start on (less what the provider's clock may be off), whose
   * content is the same as the provider keeps it; `null` when it could not be asked.
   */
  findSent?(line: ChannelLine, sought: SoughtMessage): Promise<SentMessage[] | null>;
  /**
   * Everything since the cursor: replies, errors and receipts of our own messages. Errors of the last two
   * days are among it each time, also those from before the cursor: one that comes while its message is being
   * recorded finds nothing yet, and is told by no event.
   * @param cursor `null`: the account is read for the first time, from `since` on
   * @returns `null` when it could not be read
   */
  poll?(line: ChannelLine, cursor: object | null, since: Date): Promise<Reading | null>;
  /**
   * Waits for news of the account on a connection of its own, which it checks by itself. It calls `onNews`
   * once when it has begun to wait, and each time something has come: `poll` finds out what.
   * @param signal ends it
   */
  watch?(line: ChannelLine, onNews: () => void, signal: AbortSignal): Promise<WatchEnd>;
  /** `null` when the line works, else why it does not. It never costs a person anything. */
  health(line: ChannelLine): Promise<CallFailure | null>;
  /** What had better be put right, and keeps nothing from being sent. @param addresses an account's lines' */
  warnings?(line: ChannelLine, addresses: readonly string[]): Promise<ChannelWarning[]>;
  /** The forms in which the provider calls; `json` where this is not there. Others are answered with 415. */
  readonly inboundTypes?: readonly InboundType[];
  /**
   * Whether the call is somebody else's, by its signature. Asked before the call is kept, and answered with
   * 403. Without it, the secret in the path is all that says who calls.
   */
  isForged?(call: InboundCallRequest, line: ChannelLine): boolean;
  /**
   * What a call means; empty for anything that is of no interest or cannot be read.
   * @param receivedAt when it came, which may be long ago: the time of what has none of its own
   */
  parseInbound?(call: InboundContent, receivedAt: Date): InboundEvent[];
  /** Fetches a file that came in, by its `ref`. Without it, files are named and not kept. */
  fetchMedia?(line: ChannelLine, ref: string, limits: MediaLimits): Promise<MediaOutcome>;
  /** What the provider wants to be answered; 200 with JSON of our own where this is not there. */
  answerInbound?(call: InboundContent): InboundAnswer;
  /** What to do where callbacks have stopped coming although messages came in. For the operator. */
  readonly deafCure?: string;
}
