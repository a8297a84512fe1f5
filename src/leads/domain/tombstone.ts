import type { WorkspaceId } from '../../platform/ids';

/** What readers of changes learn of a lead that was deleted, for 30 days. */
export interface Tombstone {
  /** The lead's. */
  id: string;
  /** `null` also where the person was erased. */
  externalId: string | null;
  deletedAt: Date;
}

/** Keeps tombstones for 30 days; deleting leads makes them. */
export abstract class LeadTombstones {
  abstract has(workspaceId: WorkspaceId, leadId: string): Promise<boolean>;
  /** It names nothing but the id of the lead any more. */
  abstract erase(workspaceId: WorkspaceId, leadId: string): Promise<void>;
}
