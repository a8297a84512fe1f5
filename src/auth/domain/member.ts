import type { Page } from '../../platform/paging';
import type { Workspace } from './workspace';

/** Somebody who works with a workspace. */
export interface Member {
  userId: string;
  /** `null` where nobody has said it. */
  name: string | null;
  email: string | null;
  /** Such as `admin`, `member` or `viewer`. */
  role: string;
  joinedAt: Date | null;
  /** When they were last seen; `null` where nobody knows. */
  lastActiveAt: Date | null;
}

/** The part of the members that is wanted. */
export interface MemberRange {
  offset: number;
  limit: number;
}

export type MemberPage = Required<Pick<Page<Member>, 'items' | 'totalCount'>>;

/** Where the members of workspaces are kept. */
export abstract class Members {
  /** Where people add, change and remove them; `null` where they are not managed. */
  abstract readonly managedAt: string | null;
  /**
   * Those who joined first come first.
   * @throws MembersNotConfigured, MembersUnavailable
   */
  abstract list(workspace: Workspace, range: MemberRange): Promise<MemberPage>;
}
