import type { AuditedChange, AuditSubject } from '../../platform/audit/audited-act';
import type { WorkspaceId } from '../../platform/ids';
import type { Page, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';

/** One act, as it was done. Nobody changes it; after its time it goes. */
export interface AuditEntry extends AuditedChange {
  id: string;
  workspaceId: WorkspaceId;
  at: Date;
  /**
   * `key:<id>`, `user:<id>`, `operator` for who runs the installation, or `system` for what the product did
   * by itself.
   */
  actor: string;
  /** From where; `null` for the product itself. */
  address: string | null;
  correlationId: string | null;
  action: string;
  subject: AuditSubject;
}

export interface AuditFilter {
  action?: string;
  actor?: string;
  /** At this moment or later. */
  since?: Date;
}

/** The audit log: it is added to, and read. */
export abstract class AuditLog {
  abstract add(entry: AuditEntry, expiresAt: Date, transaction: Transaction): Promise<void>;
  /** Newest first. */
  abstract list(workspaceId: WorkspaceId, filter: AuditFilter, pageRequest: PageRequest): Promise<Page<AuditEntry>>;
}
