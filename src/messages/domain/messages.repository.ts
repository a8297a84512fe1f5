import type { WorkspaceId } from '../../platform/ids';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';
import type { Attempt } from './attempt';
import type { CancelReason, Claim, Message, MessageStatus } from './message';
import type { requeueChange, StillUnknown } from './message-changes';
import type { MessageReceipt, ReceiptKind } from './message-receipt';

export interface MessageFilter {
  /** Any of them. */
  statuses?: readonly MessageStatus[];
  /** Of any of these leads. */
  leadIds?: readonly string[];
  campaignId?: string;
  lineId?: string;
  batchId?: string;
  /** Why it failed, or what is to be said of it. */
  code?: string;
  /** With a cursor: in the order of the last change, as far as no running call can get in front of it. */
  updatedSince?: Date;
}

/** Only messages on these channels, and only so many of them; left out: all. */
interface OnChannels {
  channels?: readonly string[];
  atMost?: number;
  /** Answers of the product's own go out all the same. */
  spares?: 'answers';
}

/** Which waiting messages a stop is about. */
export type StopScope =
  | { messageId: string }
  | { enrollmentIds: readonly string[] }
  | ({ leadIds: readonly string[] } & OnChannels)
  /** Direct sends for which one of the addresses was named. */
  | ({ recipients: readonly string[] } & OnChannels)
  | { campaignId: string; atMost: number }
  /** What workers have claimed of it. */
  | { claimedOf: string };

/** What a transition made of a message that was claimed under the token. */
export interface Settlement {
  message: Message;
  was: Message;
  token: string;
}

/** What a send job says of its message: jobs of earlier versions do not say the workspace. */
export interface ClaimedJob {
  id: string;
  workspaceId: WorkspaceId | null;
  revision: number;
}

/**
 * Keeps messages. Every change of status is a transition (message-transitions.ts) written by a
 * compare-and-set, and counts itself in the same transaction or before it shows. What is written gets its
 * `changedAt` here.
 */
export abstract class Messages {
  abstract insertMany(messages: readonly Message[], transaction: Transaction): Promise<void>;
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Message | null>;
  /** For jobs, whose ids are ours, and of which those of earlier versions do not say the workspace. */
  abstract findForJob(id: string, workspaceId?: WorkspaceId): Promise<Message | null>;
  abstract list(workspaceId: WorkspaceId, filter: MessageFilter, pageRequest: PageRequest): Promise<PageOfChanges<Message>>;
  abstract ofEnrollments(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Message[]>;
  /** How many messages of the enrollments wait for their time. */
  abstract countScheduled(workspaceId: WorkspaceId, enrollmentIds: readonly string[]): Promise<number>;
  /** How many failed for this reason; counting ends at `atMost`. */
  abstract countFailed(workspaceId: WorkspaceId, code: string, atMost: number): Promise<number>;
  abstract findByExternalId(workspaceId: WorkspaceId, externalId: string, transaction?: Transaction): Promise<Message | null>;
  abstract findByExternalIds(workspaceId: WorkspaceId, externalIds: readonly string[]): Promise<Message[]>;
  abstract findByProviderId(workspaceId: WorkspaceId, providerId: string): Promise<Message | null>;
  /** The leads that had a message handed over to one of the addresses. */
  abstract leadsWrittenTo(workspaceId: WorkspaceId, addresses: readonly string[], transaction: Transaction): Promise<string[]>;
  /** What a line wrote last to one of the addresses. */
  abstract lastTo(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<Message | null>;
  /** What was sent to one of the addresses until then, the latest first; at most `limit`. */
  abstract sentTo(workspaceId: WorkspaceId, addresses: readonly string[], until: Date, limit: number): Promise<Message[]>;
  /** Was the text, or one that it is the beginning of, handed over to one of the addresses? */
  abstract wasSaid(workspaceId: WorkspaceId, addresses: readonly string[], text: string): Promise<boolean>;
  /** Messages to the addresses of which nobody knows, or knew for a time, what became of them. */
  abstract ofUnknownOutcome(workspaceId: WorkspaceId, addresses: readonly string[]): Promise<Message[]>;

  /** Messages bound to the line, unless it was asked for, may use any again. */
  abstract unbind(workspaceId: WorkspaceId, lineId: string, campaignId?: string): Promise<void>;
  /** Messages that asked for a line which is gone for good. */
  abstract waitingOnLine(workspaceId: WorkspaceId, lineId: string, limit: number): Promise<Message[]>;

  /** `claim`. @returns `null` when the job is late: requeued, stopped, or claimed by another */
  abstract claim(of: ClaimedJob, by: Claim, now: Date): Promise<Message | null>;
  /** `requeue`, under the token. @returns false when the message was stopped, or its claim ran out */
  abstract requeue(message: Message, ...how: Parameters<typeof requeueChange>): Promise<boolean>;
  /** `startAttempt`, under the token. @returns false when the message was stopped, or its claim ran out */
  abstract startSending(message: Message, attempt: Attempt, by: Claim): Promise<boolean>;
  /**
   * Writes what a transition made of the message, if it is still what it `was`, under the token where it has
   * one.
   * @returns whether it was still so
   * @throws ExternalIdTaken
   */
  abstract settle(message: Message, was: Message, token: string | null, transaction: Transaction): Promise<boolean>;
  /**
   * The same for several at once.
   * @returns false where any of them was not as it was: then the transaction has to be undone
   * @throws ExternalIdTaken
   */
  abstract settleAll(changes: readonly Settlement[], transaction: Transaction): Promise<boolean>;
  /** Messages claimed by workers that died: still pending after their lease, or sending after their time. */
  abstract overdue(status: 'pending' | 'sending', now: Date, limit: number): Promise<Message[]>;
  /** When the next message is overdue, of those that are claimed; `null` where none is. */
  abstract nextOverdueAt(): Promise<Date | null>;

  /** `askLater`: an attempt of unknown outcome is asked about again. */
  abstract askLater(message: Message, still: StillUnknown): Promise<void>;
  /** `forgive`, unless a line has taken the message meanwhile. */
  abstract forgive(message: Message, troubles: number): Promise<void>;

  /** Cancels what waits. @returns what was cancelled, as it was before but for `changedAt` */
  abstract cancelWaiting(
    workspaceId: WorkspaceId,
    stop: { scope: StopScope; reason: CancelReason },
    now: Date,
    transaction: Transaction,
  ): Promise<Message[]>;
  /** Messages of the leads that were put aside for a review may go again. */
  abstract endReview(workspaceId: WorkspaceId, leadIds: readonly string[], transaction: Transaction): Promise<void>;
  /** Writes waiting messages anew (their due times, lines, status back to scheduled). */
  abstract reschedule(
    messages: readonly Message[],
    before: readonly Message[],
    now: Date,
    transaction: Transaction,
  ): Promise<void>;
  /** Messages whose steps have another place in their campaign now, whatever their status. */
  abstract renumber(
    workspaceId: WorkspaceId,
    moved: readonly Pick<Message, 'id' | 'stepIndex'>[],
    transaction: Transaction,
  ): Promise<void>;
  /**
   * When a step's messages were sent first and last, of those that are sent or delivered; `null` while none
   * is.
   */
  abstract sentBetween(workspaceId: WorkspaceId, campaignId: string, stepId: string): Promise<{ first: Date; last: Date } | null>;
  /** Up to `limit` due messages of a campaign: those that go next, and those that were put aside. */
  abstract dueOf(workspaceId: WorkspaceId, campaignId: string, limit: number): Promise<Message[]>;
  /** Is the provider's message bound to one of ours already? */
  abstract isBound(workspaceId: WorkspaceId, address: string, externalIds: readonly string[]): Promise<Set<string>>;
  /** `delivered` or `read`. @returns what is new by it; `null` when nothing is */
  abstract receipt(message: Message, kind: ReceiptKind, at: Date, transaction: Transaction): Promise<MessageReceipt | null>;
}
