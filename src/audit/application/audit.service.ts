import { Injectable } from '@nestjs/common';
import { AuditedAct, callOrigin } from '../../platform/audit';
import { Clock } from '../../platform/clock';
import { Config } from '../../platform/config';
import { DomainEvents } from '../../platform/events';
import { Ids, type WorkspaceId } from '../../platform/ids';
import { Transactions } from '../../platform/mongo';
import type { Page, PageRequest } from '../../platform/paging';
import type { Transaction } from '../../platform/transaction';
import { type AuditEntry, type AuditFilter, AuditLog } from '../domain/audit-entry';

const DAY_MS = 86_400_000;
const SYSTEM = 'system';

/** Keeps who did what, on what, when and from where, and shows it. */
@Injectable()
export class AuditService {
  constructor(
    private readonly auditLog: AuditLog,
    private readonly transactions: Transactions,
    private readonly ids: Ids,
    private readonly clock: Clock,
    private readonly config: Config,
    domainEvents: DomainEvents,
  ) {
    domainEvents.on(AuditedAct, (act, transaction) => this.keep(act, transaction));
  }

  /** For an act that had no transaction. */
  async record(act: AuditedAct): Promise<void> {
    await this.transactions.once((transaction) => this.keep(act, transaction));
  }

  /** Newest first. */
  list(workspaceId: WorkspaceId, filter: AuditFilter, pageRequest: PageRequest): Promise<Page<AuditEntry>> {
    return this.auditLog.list(workspaceId, filter, pageRequest);
  }

  private async keep({ workspaceId, action, subject, change }: AuditedAct, transaction: Transaction): Promise<void> {
    const origin = callOrigin.getStore();
    const at = this.clock.now();
    const entry: AuditEntry = {
      id: this.ids.next(),
      workspaceId,
      at,
      actor: origin?.actor ?? SYSTEM,
      address: origin?.address ?? null,
      correlationId: origin?.correlationId ?? null,
      action,
      subject,
      ...change,
    };
    await this.auditLog.add(entry, new Date(at.getTime() + this.config.RETENTION_DAYS_AUDIT * DAY_MS), transaction);
  }
}
