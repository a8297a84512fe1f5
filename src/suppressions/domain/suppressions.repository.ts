import type { WorkspaceId } from '../../platform/ids';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';
import type { Suppression, SuppressionChannel, SuppressionReason, SuppressionSource } from './suppression';

export interface SuppressionFilter {
  /** Normalized; also other forms of the same number are found. */
  address?: string;
  domain?: string;
  channel?: SuppressionChannel;
  reason?: SuppressionReason;
  source?: SuppressionSource;
  createdSince?: Date;
  /** With a cursor: in the order of the last change, as far as no running call can get in front of it. */
  updatedSince?: Date;
  /** With `updatedSince` and a cursor: suppressions that were lifted since are told of too. */
  lifted?: boolean;
}

/** What is told of a suppression that was lifted. */
export interface LiftedSuppression extends Pick<Suppression, 'id' | 'address' | 'domain' | 'channel'> {
  liftedAt: Date;
}

/** How a suppression came to its end. */
export interface Lifting {
  /**
   * `word`: the person opted in again. `decided`: a review ended as an ordinary reply. `merged`: the person
   * was erased again, and another stands for the address.
   */
  how: 'api' | 'word' | 'decided' | 'merged';
  /** The key or user that asked for it, or `null` for the product itself. */
  by: string | null;
}

/**
 * Keeps suppressions, at most one for each address or domain, channel and reason of a workspace. They are
 * kept as long as the workspace.
 */
export abstract class Suppressions {
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Suppression | null>;
  abstract list(
    workspaceId: WorkspaceId,
    filter: SuppressionFilter,
    pageRequest: PageRequest,
  ): Promise<PageOfChanges<Suppression, LiftedSuppression>>;
  /** Up to `limit` with ids after `after` and up to `upTo`, in their order. */
  abstract between(
    workspaceId: WorkspaceId,
    ids: { after: string | null; upTo: string },
    limit: number,
    transaction: Transaction,
  ): Promise<Suppression[]>;
  /** Those of any of the addresses, in whatever form, and of the domains of these. By one index. */
  abstract among(workspaceId: WorkspaceId, addresses: readonly string[], transaction?: Transaction): Promise<Suppression[]>;
  /**
   * Adds those that are not there, and makes one that was only derived a suppression of its own.
   * @returns the ids of those that are new, or are their own from now on
   * @throws SuppressionWritten when another call adds the same at the same moment
   */
  abstract add(suppressions: readonly Suppression[], transaction: Transaction): Promise<string[]>;
  /** The one that is kept of the same address or domain, channel and reason. */
  abstract same(suppression: Suppression, transaction: Transaction): Promise<Suppression | null>;
  /** What was derived from one of them. */
  abstract derivedFrom(workspaceId: WorkspaceId, ids: readonly string[], transaction: Transaction): Promise<Suppression[]>;
  /** Reviews are about another reply from now on, and so is what was only derived from them. */
  abstract goOn(
    reviews: readonly Suppression[],
    about: Pick<Suppression, 'text' | 'replyId' | 'leadIds' | 'reviewUntil'>,
    transaction: Transaction,
  ): Promise<void>;
  /**
   * Ends suppressions, with those derived from nothing else, and writes down who ended what. Those derived
   * from something else besides stay.
   */
  abstract lift(suppressions: readonly Suppression[], lifting: Lifting, transaction: Transaction): Promise<void>;
  /** Reviews whose time is over, of any workspace, the oldest first. */
  abstract overdueReviews(now: Date, limit: number): Promise<Suppression[]>;
  /** When the next review is over, of any workspace; `null` where there is none. */
  abstract nextReviewEnd(): Promise<Date | null>;
}
