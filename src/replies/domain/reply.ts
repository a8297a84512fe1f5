import type { WorkspaceId } from '../../platform/ids';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';
import type { ReplyFile } from './reply-file';

/** An inbound message. */
export interface Reply {
  id: string;
  workspaceId: WorkspaceId;
  lineId: string;
  channel: string;
  /** Who wrote: E.164 or an e-mail address. */
  address: string;
  text: string;
  /** The provider's id of it. */
  externalId: string;
  /** The leads it counts for. */
  leadIds: string[];
  /** What it says about being written to. */
  kind: ReplyKind;
  /** The lead whose message was answered, where that is known. */
  personId: string | null;
  /** The message that was answered: the one that it says, else the last before it; and its campaign. */
  answeredId: string | null;
  campaignId: string | null;
  /** Of kind `review`: what was decided; `null` while nobody has. */
  reviewedAs: 'opt_out' | 'reply' | null;
  /** The files that came with it. */
  files: ReplyFile[];
  receivedAt: Date;
  /** When anything of it was written last. */
  updatedAt: Date;
}

export const REPLY_KINDS = ['reply', 'opt_out', 'opt_in', 'help', 'review'] as const;
export type ReplyKind = (typeof REPLY_KINDS)[number];

export interface ReplyFilter {
  leadIds?: readonly string[];
  address?: string;
  campaignId?: string;
  /** Where it came in. */
  lineId?: string;
  /** The message that was answered. */
  messageId?: string;
  kind?: ReplyKind;
  /** Of kind `review`, and undecided. */
  needsReview?: boolean;
  /** With a cursor: in the order of the last change, as far as no running call can get in front of it. */
  updatedSince?: Date;
}

export abstract class Replies {
  /** @returns whether it is new; a provider may say a thing twice, to several lines on one account */
  abstract insert(reply: Reply, transaction: Transaction): Promise<boolean>;
  /** Which of the provider's ids are kept already. */
  abstract known(workspaceId: WorkspaceId, channel: string, externalIds: readonly string[]): Promise<Set<string>>;
  /** Has anything come from one of the addresses since then? */
  abstract hasComeSince(workspaceId: WorkspaceId, addresses: readonly string[], since: Date): Promise<boolean>;
  /** Did one of the addresses opt out or in at a later time than this? */
  abstract hasLaterWord(
    workspaceId: WorkspaceId,
    addresses: readonly string[],
    after: Date,
    transaction: Transaction,
  ): Promise<boolean>;
  /**
   * The latest reply from one of the addresses that is under review, if one is. Whoever decides on it at the
   * same moment does so before or after, since it is written to.
   */
  abstract takeUpReview(workspaceId: WorkspaceId, addresses: readonly string[], transaction: Transaction): Promise<Reply | null>;
  /** Writes down what was decided on a review. @returns false when somebody had decided before */
  abstract decide(reply: Reply, as: 'opt_out' | 'reply', transaction: Transaction): Promise<boolean>;
  abstract find(workspaceId: WorkspaceId, id: string): Promise<Reply | null>;
  /** The reply and what came from its address before it, the latest first; at most `limit`. */
  abstract upTo(reply: Reply, limit: number): Promise<Reply[]>;
  /**
   * What counts for the leads or came from the addresses, until then; the latest first, at most `limit`.
   */
  abstract ofPerson(
    workspaceId: WorkspaceId,
    person: { leadIds: readonly string[]; addresses: readonly string[] },
    until: Date,
    limit: number,
  ): Promise<Reply[]>;
  abstract list(workspaceId: WorkspaceId, filter: ReplyFilter, pageRequest: PageRequest): Promise<PageOfChanges<Reply>>;
}

/** Somebody answered. Published in the transaction that saves the reply. */
export class ReplyReceived {
  constructor(
    readonly workspaceId: WorkspaceId,
    /**
     * Every lead that holds the address, had a message handed over to it or is answered by it; and the
     * address in all forms that people write it in.
     */
    readonly who: { leadIds: readonly string[]; addresses: readonly string[] },
    /** `at`: when it was written. `countsAt`: it answers whatever was begun or sent before then. */
    readonly when: { at: Date; countsAt: Date },
    readonly kind: ReplyKind = 'reply',
  ) {}
}

/** What somebody wrote was saved. Published in the transaction that saves it, after all that it stops. */
export class ReplySaved {
  constructor(readonly reply: Reply) {}
}
