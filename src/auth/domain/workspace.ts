import type { WorkspaceId } from '../../platform/ids';

/** The tenant. */
export interface Workspace {
  id: WorkspaceId;
  name: string;
  /** Why nothing may be written and nothing is sent (such as `past_due`); `null` in normal life. */
  readOnlyReason: string | null;
  /** Whether new leads are checked for iMessage by themselves. */
  autoCheckAvailability: boolean;
  createdAt: Date;
}

export abstract class Workspaces {
  abstract find(id: WorkspaceId): Promise<Workspace | null>;
  /** The workspace, made on its first use. */
  abstract findOrCreate(id: WorkspaceId, name: string, now: Date): Promise<Workspace>;
  abstract setReadOnly(id: WorkspaceId, reason: string | null): Promise<void>;
}
