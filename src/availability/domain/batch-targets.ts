import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/mongo';

/** The leads that a batch names one by one, kept beside its job so that progress stays small. */
export abstract class BatchTargets {
  /** @param leadIds sorted */
  abstract save(workspaceId: WorkspaceId, batch: string, leadIds: readonly string[], transaction: Transaction): Promise<void>;
  /** The next up to `limit` ids after `after`. */
  abstract next(workspaceId: WorkspaceId, batch: string, after: string | null, limit: number): Promise<string[]>;
  abstract forget(workspaceId: WorkspaceId, batch: string): Promise<void>;
}
