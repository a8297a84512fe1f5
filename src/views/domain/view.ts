import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';

/** The tables of which views are kept. */
export const TABLES = ['leads', 'messages', 'campaigns'] as const;

export type Table = (typeof TABLES)[number];

/** Views that somebody may keep for themselves. */
export const MAX_OWN_VIEWS = 50;
/** Views that a workspace may share. */
export const MAX_SHARED_VIEWS = 100;

/** What a view shows of its table. */
export interface ViewContents {
  name: string;
  /** Is it everybody's in the workspace, or its owner's alone? */
  shared: boolean;
  /** The filters by their names, as they stand in the address of the dashboard. */
  filters: Record<string, string>;
  /** The columns that are shown, in their order; `null`: those that a table shows by itself. */
  columns: string[] | null;
}

/** A way to look at a table that somebody has saved under a name. */
export interface View extends ViewContents {
  id: string;
  workspaceId: WorkspaceId;
  table: Table;
  /** Who saved it: `user:<id>` or `key:<id>`. */
  owner: string;
  createdAt: Date;
  updatedAt: Date;
}

export abstract class Views {
  /** The owner's own and the shared ones of the tables, oldest first. */
  abstract list(workspaceId: WorkspaceId, owner: string, tables: readonly Table[]): Promise<View[]>;
  /** One that the owner may see. */
  abstract find(workspaceId: WorkspaceId, owner: string, id: string, transaction: Transaction): Promise<View | null>;
  /** How many the owner keeps for themselves. */
  abstract countOwn(workspaceId: WorkspaceId, owner: string, transaction: Transaction): Promise<number>;
  abstract countShared(workspaceId: WorkspaceId, transaction: Transaction): Promise<number>;
  abstract insert(view: View, transaction: Transaction): Promise<void>;
  abstract update(view: View, transaction: Transaction): Promise<void>;
  abstract remove(workspaceId: WorkspaceId, id: string, transaction: Transaction): Promise<void>;
  /**
   * Removes what an owner who is gone kept for themselves until then. What they shared stays.
   * @param workspaceId `null`: in all workspaces
   */
  abstract removeOwn(workspaceId: WorkspaceId | null, owner: string, until: Date, transaction: Transaction): Promise<void>;
}
