import type { WorkspaceId } from '../../platform/ids';
import type { PageOfChanges, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';
import type { Campaign } from './campaign';
import type { EnrollmentStatus, EnrollmentStep, StopReason } from './enrollment-transitions';

/** One lead going through one campaign. */
export interface Enrollment {
  id: string;
  workspaceId: WorkspaceId;
  campaignId: string;
  leadId: string;
  status: EnrollmentStatus;
  enrolledAt: Date;
  /** The first reply since then. */
  repliedAt: Date | null;
  /** The last step that was sent, or may have been, and from which line: follow-ups go out from it. */
  lastSent: { stepId: string; at: Date; lineId: string } | null;
  /** The message of unknown outcome behind which it waits. */
  heldBy: string | null;
  endedAt: Date | null;
  /** Why it was stopped; `null` unless it was, and where it was not recorded. */
  stopReason: StopReason | null;
  /** When anything of it was written last. */
  updatedAt: Date;
  /** The edition of its campaign's steps that its messages are of. */
  edition: number;
}

export interface EnrollmentFilter {
  campaignId: string;
  /** Any of them. */
  statuses?: readonly EnrollmentStatus[];
  /** Of any of these leads. */
  leadIds?: readonly string[];
  /** Whose last step went out from it. */
  lineId?: string;
  /** With a cursor: in the order of the last change, as far as no running call can get in front of it. */
  updatedSince?: Date;
}

export const newEnrollment = (
  fields: Pick<Enrollment, 'id' | 'workspaceId' | 'campaignId' | 'leadId' | 'edition'>,
  now: Date,
): Enrollment => ({
  ...fields,
  status: 'active',
  enrolledAt: now,
  repliedAt: null,
  lastSent: null,
  heldBy: null,
  endedAt: null,
  stopReason: null,
  updatedAt: now,
});

export abstract class Enrollments {
  /** @throws AlreadyEnrolled when one of the leads is in the campaign already */
  abstract insertMany(enrollments: readonly Enrollment[], transaction: Transaction): Promise<void>;
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<Enrollment | null>;
  abstract findMany(workspaceId: WorkspaceId, ids: readonly string[], transaction?: Transaction): Promise<Enrollment[]>;
  abstract findByLead(
    workspaceId: WorkspaceId,
    campaignId: string,
    leadId: string,
    transaction?: Transaction,
  ): Promise<Enrollment | null>;
  /** Which of the leads are, or were, in the campaign. */
  abstract enrolledOf(campaignId: string, leadIds: readonly string[], transaction: Transaction): Promise<Set<string>>;
  /** The same for all leads whose ids lie between the two, these included. */
  abstract enrolledBetween(campaignId: string, first: string, last: string, transaction: Transaction): Promise<Set<string>>;
  /** Enrollments of the leads in any campaign, made at or before then. */
  abstract ofLeads(
    workspaceId: WorkspaceId,
    leadIds: readonly string[],
    until: Date,
    transaction: Transaction,
  ): Promise<Enrollment[]>;
  abstract list(workspaceId: WorkspaceId, filter: EnrollmentFilter, pageRequest: PageRequest): Promise<PageOfChanges<Enrollment>>;
  /** Up to `limit` after `after`, in the order of ids. */
  abstract after(campaign: Campaign, after: string | null, limit: number, transaction: Transaction): Promise<Enrollment[]>;
  /**
   * Which enrollments of the campaigns wait behind a message of unknown outcome, by campaign; at most 10,000.
   * Campaigns without any are left out.
   */
  abstract held(campaignIds: readonly string[]): Promise<Map<string, string[]>>;
  /** Notes the edit that was applied to them, whether or not it changed anything. */
  abstract edited(enrollments: readonly Enrollment[], edition: number, transaction: Transaction): Promise<void>;
  /** It waits behind that message from now on; `null`: no longer. */
  abstract hold(enrollment: Enrollment, messageId: string | null, transaction: Transaction): Promise<void>;
  abstract replied(enrollments: readonly Enrollment[], at: Date, transaction: Transaction): Promise<void>;
  /** A transition of each of them that is in a status from which it leads. */
  abstract change(enrollments: readonly Enrollment[], step: EnrollmentStep, transaction: Transaction): Promise<void>;
  /**
   * Records the last step that was sent to each.
   * @returns the enrollments as they were before, those that there are
   */
  abstract recordLastSent(
    workspaceId: WorkspaceId,
    sent: readonly Pick<Enrollment, 'id' | 'lastSent'>[],
    transaction: Transaction,
  ): Promise<Enrollment[]>;
}
