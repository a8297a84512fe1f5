import { createHash } from 'node:crypto';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import type { Reply } from './reply';

/** What a person wrote, over all channels, as people work on it. */
export interface Conversation {
  /** That of the person's first reply. */
  id: string;
  workspaceId: WorkspaceId;
  /** What the person wrote last. */
  last: Reply;
  /** Replies that nobody has read. */
  unread: number;
  /** The user of the dashboard who looks after it. */
  assignedTo: string | null;
}

export interface ConversationFilter {
  isUnread?: boolean;
  /** A reply of the person's is under review, and nobody has decided. */
  needsReview?: boolean;
  /** `null`: of nobody. */
  assignedTo?: string | null;
  /** Of any of these leads. */
  leadIds?: readonly string[];
}

/** What waits in the inbox for a person. */
export interface InboxWork {
  /** Conversations that nobody has read. */
  unread: number;
  /** Replies that may be an opt-out, on which nobody has decided. */
  toReview: number;
  /** There may be more of either: counting has ended. */
  isLowerBound: boolean;
}

/** What people change of a conversation. */
export interface ConversationChange {
  unread?: number;
  assignedTo?: string | null;
}

/** So many of a person's names are kept: leads and addresses that they wrote as. */
export const MAX_KEYS = 20;

/**
 * By what a person's replies are known to belong together: the lead, and the address that was written from.
 * They are kept as digests, since they outlive what is erased of a person.
 */
export function conversationKeys({ workspaceId, personId, leadIds, address }: Omit<Reply, 'id'>): string[] {
  const lead = personId ?? leadIds[0];
  const names = [...(lead === undefined ? [] : [`lead ${lead}`]), ...(address === '' ? [] : [`address ${address}`])];
  return names.map((name) => createHash('sha256').update(`${workspaceId} ${name}`).digest('base64url').slice(0, 22));
}

/** Reads and keeps conversations. They are begun, and go on, with the replies. */
export abstract class InboxConversations {
  /** The ones in which the person wrote last come first. */
  abstract list(workspaceId: WorkspaceId, filter: ConversationFilter, pageRequest: PageRequest): Promise<Page<Conversation>>;
  abstract find(workspaceId: WorkspaceId, id: string): Promise<Conversation | null>;
  /**
   * @param whileLast only while this reply is the person's last
   * @returns it as it is then; `null`: there is none (any more)
   */
  abstract change(
    workspaceId: WorkspaceId,
    id: string,
    change: ConversationChange,
    whileLast?: string,
  ): Promise<Conversation | null>;
  /** Counts of each kind end at `atMost`. */
  abstract work(workspaceId: WorkspaceId, atMost: number): Promise<InboxWork>;
  /** Those of the conversations in which a reply is under review, and nobody has decided. */
  abstract underReview(workspaceId: WorkspaceId, ids: readonly string[]): Promise<Set<string>>;
}
