import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';

/** The leads that a batch names one by one, kept apart from its job so that progress stays small. */
export abstract class BatchTargets {
  /** @param leadIds sorted */
  abstract save(workspaceId: WorkspaceId, batch: string, leadIds: readonly string[], transaction: Transaction): Promise<void>;
  /** The next up to `limit` ids after `after`. */
  abstract next(workspaceId: WorkspaceId, batch: string, after: string | null, limit: number): Promise<string[]>;
  abstract forget(workspaceId: WorkspaceId, batch: string): Promise<void>;
  /**
   * A stretch of the batch's leads: that one, if it is still there, else the first. For batches that are
   * added to while they are worked off.
   */
  abstract stretch(workspaceId: WorkspaceId, batch: string, id: string | null): Promise<{ id: string; leadIds: string[] } | null>;
  abstract drop(workspaceId: WorkspaceId, id: string): Promise<void>;
  /** Workspaces that have leads under that name, up to `limit` stretches far. */
  abstract workspacesWith(batch: string, limit: number): Promise<WorkspaceId[]>;
}
