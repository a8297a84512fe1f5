import type { WorkspaceId } from '../../platform/ids';
import type { Transaction } from '../../platform/transaction';

/** What a workspace decides for itself. */
export interface WorkspaceSettings {
  /** Whether new leads are checked for iMessage without being asked. */
  autoCheckAvailability: boolean;
}

/** The tenant. */
export interface Workspace extends WorkspaceSettings {
  id: WorkspaceId;
  name: string;
  /** Why nothing may be written and nothing is sent (such as `past_due`); `null` in normal life. */
  readOnlyReason: string | null;
  createdAt: Date;
}

export abstract class Workspaces {
  abstract find(id: WorkspaceId): Promise<Workspace | null>;
  /** The workspace, made on its first use. */
  abstract findOrCreate(id: WorkspaceId, name: string, now: Date): Promise<Workspace>;
  /** Changes the settings that are given. */
  abstract change(id: WorkspaceId, settings: Partial<WorkspaceSettings>, transaction: Transaction): Promise<void>;
  abstract setReadOnly(id: WorkspaceId, reason: string | null): Promise<void>;
}

/** Published, in the same transaction, when a workspace's settings were changed. */
export class WorkspaceChanged {
  constructor(readonly workspaceId: WorkspaceId) {}
}
