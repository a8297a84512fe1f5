import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';

/** What leads belong to; duplicates are found inside one list. */
export interface LeadList {
  id: string;
  workspaceId: WorkspaceId;
  name: string;
  description: string | null;
  createdAt: Date;
  updatedAt: Date;
}

/** The list that takes leads which name none. */
export const QUICK_SENDS = 'Quick Sends';

export abstract class LeadLists {
  abstract find(workspaceId: WorkspaceId, id: string, transaction?: Transaction): Promise<LeadList | null>;
  abstract findMany(workspaceId: WorkspaceId, ids: readonly string[]): Promise<LeadList[]>;
  abstract list(workspaceId: WorkspaceId, pageRequest: PageRequest): Promise<Page<LeadList>>;
  abstract insert(list: LeadList, transaction: Transaction): Promise<void>;
  /** How many lists there are, those that are being emptied among them, counted up to `most`. */
  abstract count(workspaceId: WorkspaceId, most: number, transaction: Transaction): Promise<number>;
  abstract update(list: LeadList): Promise<boolean>;
  /**
   * The workspace's list "Quick Sends", made on first use.
   * @throws QuickSendsMade when another call makes it at the same moment
   */
  abstract quickSends(workspaceId: WorkspaceId, now: Date, transaction: Transaction): Promise<LeadList>;
  /** Hides the list from everything. @returns whether it was there */
  abstract hide(workspaceId: WorkspaceId, id: string, now: Date, transaction: Transaction): Promise<boolean>;
  abstract remove(workspaceId: WorkspaceId, id: string): Promise<void>;
}

/** Asked before a list goes: what uses it? Outer modules register what they know. */
export class ListUse {
  private readonly users: ((workspaceId: WorkspaceId, listId: string) => Promise<string | null>)[] = [];

  /** @param user gives the name of something that uses the list, or `null` */
  register(user: (workspaceId: WorkspaceId, listId: string) => Promise<string | null>): void {
    this.users.push(user);
  }

  async usedBy(workspaceId: WorkspaceId, listId: string): Promise<string | null> {
    for (const user of this.users) {
      const name = await user(workspaceId, listId);
      if (name !== null) return name;
    }
    return null;
  }
}
