import type { Workspace } from '../../../auth';
import type { ChannelLine, ChannelName, OutgoingAttachment, RatePace, SendOutcome, Thread } from '../../../channels';
import type { Lead } from '../../../leads';
import type { DeviceTurn, Line, Reservation } from '../../../lines';
import type { Attempt, Message, Rendered } from '../../../messages';
import type { Judge, Verdict } from '../../../suppressions';
import type { RecipientClaim } from '../../domain/recipient-claims';
import type { SendPolicy } from '../../domain/send-context';
import { ReleaseStack } from './release-stack';

/** All that a hand-over says, and what it goes on with. */
export interface Said extends Rendered {
  thread: Thread | null;
}

/** How a provider is told whom a message is for. */
export interface Opening {
  conversation: string | null;
  opensChat: boolean;
  /** The provider has no way to this address: nothing is handed over. */
  notOnChannel?: Extract<SendOutcome, { kind: 'not-on-channel' }>;
}

/** What the gates find out and acquire, each for those behind it. */
export interface SendFacts {
  lead: Lead;
  workspace: Workspace | null;
  /** `null`: the line is gone. */
  plannedLine: Line | null;
  policy: SendPolicy;
  /** Who must not be written to; `null`: it is not asked about an answer of the product's own. */
  judging: Promise<Judge> | null;
  /** Why an address must not be written to on a channel; `null` where it may be. */
  verdictOn: (channel: string, address: string) => Verdict | null;
  /** The addresses that this was judged by. */
  judgedBy: readonly string[];
  channel: ChannelName;
  address: string;
  line: Line;
  /** `null`: the next part is the text. */
  file: OutgoingAttachment | null;
  /** Those that go with the text, in one call. */
  files: readonly OutgoingAttachment[];
  recipient: RecipientClaim;
  /** Something of its enrollment was, or may have been, handed over before. */
  isFollowUp: boolean;
  /** Somebody may have answered on a line that could not be read any more. */
  repliesUnread: boolean;
  firstTouch: boolean;
  reservation: Reservation;
  /** What the message counts of its line's limits and pace. */
  units: number;
  /** `null`: the line has gaps. */
  pace: RatePace | null;
  /** `null`: the line has a rate, and no device that others share. */
  device: DeviceTurn | null;
  /** The hand-over must have been started by then: the process may have been asleep. */
  startBy: Date;
  /** The provider must have begun to take it by then: after that its window, or its hour, is over. */
  allowedUntil: Date;
  said: Said;
  /** Where the recipient ends what they get, on channels that tell it beside the text. */
  unsubscribeUrl: string | null;
  /** With secrets in the clear. Never log it. */
  channelLine: ChannelLine;
  /** Where the provider reports about the message. Holds the line's secret. */
  callbackUrl: string | null;
  opening: Opening;
  attempt: Attempt;
}

/** One claimed message on its way through the gates. */
export class Send {
  readonly releases = new ReleaseStack();
  private readonly facts: Partial<SendFacts> = {};

  constructor(
    readonly message: Message,
    /** The line whose turn it is. */
    readonly lineId: string,
    /** Of the claim: whatever is acquired carries it. */
    readonly token: string,
  ) {}

  learn(facts: Partial<SendFacts>): void {
    Object.assign(this.facts, facts);
  }

  /** @throws Error when no gate before has found it out: the order of the gates is wrong */
  readonly know = <K extends keyof SendFacts>(fact: K): SendFacts[K] => {
    const value = this.facts[fact];
    if (value === undefined) throw new Error(`No gate has found out the ${fact} yet`);
    return value;
  };
}
